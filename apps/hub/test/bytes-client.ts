// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Agent, request } from 'node:http';

/** What comes over the line, as it is. */
export interface Bytes {
  readonly status: number;
  /** Without the date, which tells only when it was asked. */
  readonly headers: string;
  readonly body: string;
}

export interface BytesClient {
  ask(method: string, path: string, headers: Readonly<Record<string, string>>, body?: unknown): Promise<Bytes>;
  close(): void;
}

/** Many requests side by side over a few connections. Of an answer that goes on for ever it reads the head only. */
export function bytesClient(baseUrl: string): BytesClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 24 });
  return {
    ask: (method, path, headers, body) =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? undefined : JSON.stringify(body);
        const sent = request(
          `${baseUrl}${path}`,
          {
            method,
            agent,
            headers: {
              ...headers,
              ...(text !== undefined && {
                'content-type': 'application/json',
                'content-length': String(Buffer.byteLength(text)),
              }),
            },
          },
          (answer) => {
            const chunks: Buffer[] = [];
            const done = () =>
              resolve({
                status: answer.statusCode ?? 0,
                headers: headersOf(answer.rawHeaders),
                body: Buffer.concat(chunks).toString('utf8'),
              });
            if (answer.headers['content-type']?.startsWith('text/event-stream')) {
              done();
              answer.destroy();
              return;
            }
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('end', done);
            answer.on('error', reject);
          },
        );
        sent.on('error', reject);
        sent.end(text);
      }),
    close: () => agent.destroy(),
  };
}

function headersOf(raw: readonly string[]): string {
  const lines: string[] = [];
  for (let n = 0; n < raw.length; n += 2) if (raw[n]?.toLowerCase() !== 'date') lines.push(`${raw[n]}: ${raw[n + 1]}`);
  return lines.join('\n');
}
