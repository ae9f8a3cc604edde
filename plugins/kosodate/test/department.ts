// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signatureOf } from '../src/door/signature';

export const secrets = {
  'kosodate-client': 'client-secret-of-thirty-two-bytes-or-more',
  'kosodate-signature': 'signature-secret-of-thirty-two-bytes-or-more',
  'kosodate-callback': 'callback-secret-of-thirty-two-bytes-or-more',
};

export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The department's system as the plugin calls it: it checks signatures, and answers as it is told. */
export class Department {
  readonly calls: ReceivedCall[] = [];
  /** What it says to a call; undefined: nothing at all. */
  reply: (call: ReceivedCall) => Reply | undefined = () => ({ status: 201, body: {} });

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Department> {
    const server = createServer((request, response) => {
      void department.hear(request).then((reply) => {
        if (!reply) return;
        response.writeHead(reply.status, { 'Content-Type': 'application/json', ...reply.headers });
        response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const department = new Department(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`);
    return department;
  }

  /** Nobody listens any more. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  /** The bodies that came to a path. */
  bodies(path: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.path === path).map(({ body }) => body);
  }

  private async hear(request: IncomingMessage): Promise<Reply | undefined> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url: path = '', headers } = request;
    const timestamp = String(headers['tsunagi-timestamp']);
    const expected = signatureOf(secrets['kosodate-callback'], { method, path, timestamp, body });
    if (headers['tsunagi-signature'] !== expected) return { status: 401 };
    if (method === 'HEAD') return { status: 204 };
    const call = { method, path, headers, body: JSON.parse(body.toString('utf8')) as Record<string, unknown> };
    this.calls.push(call);
    return this.reply(call);
  }
}
