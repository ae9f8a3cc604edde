// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../src/program';

/** A directory of one's own for each test of a file, and the command line in it. */
export function atATerminal() {
  let cwd: string;
  beforeEach(() => (cwd = mkdtempSync(join(tmpdir(), 'cli-'))));
  afterEach(() => rmSync(cwd, { recursive: true }));
  return {
    /** A path in the directory. */
    at: (path: string) => join(cwd, path),
    async tsunagi(line: string, env: Record<string, string> = {}) {
      const [out, error] = [new PassThrough(), new PassThrough()];
      const code = await run(line.split(' '), { env, cwd, out, error });
      return { code, out: String(out.read() ?? ''), error: String(error.read() ?? '') };
    },
  };
}

interface Asked {
  readonly path: string;
  readonly body: string;
  readonly authorization: string | undefined;
  readonly version: string | undefined;
  readonly cookie: string | undefined;
}

/** Somebody who answers in the place of a hub as he is told to, and remembers what was asked; for each test anew. */
export function inPlaceOfAHub() {
  let server: Server;
  const asked: Asked[] = [];
  const answers: Record<string, [number, unknown, Record<string, string>?]> = {};
  beforeEach(async () => {
    asked.length = 0;
    for (const path of Object.keys(answers)) Reflect.deleteProperty(answers, path);
    answers['POST /api/v1/oauth/token'] = [200, { access_token: 't0ken', token_type: 'Bearer', expires_in: 900 }];
    server = createServer((request, response) => {
      void textOf(request).then((body) => {
        const path = `${request.method} ${request.url}`;
        const { authorization, 'if-match': version, cookie } = request.headers;
        asked.push({ path, body, authorization, version, cookie });
        const [status, json, headers] = answers[path] ?? [404, problem('NOT_FOUND')];
        const told = typeof json === 'function' ? (json as (body: string) => unknown)(body) : json;
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(told));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));
  return {
    asked,
    /** By method and path: status, body (or what makes it of the request's), headers. */
    answers,
    leaves: () => server.close(),
    environment: () => ({
      TSUNAGI_PORT: String((server.address() as AddressInfo).port),
      TSUNAGI_CLIENT_ID: 'it',
      TSUNAGI_CLIENT_SECRET: 's3cret',
    }),
  };
}

export const problem = (code: string) => ({
  type: `urn:tsunagi:problem:${code}`,
  title: code,
  status: 404,
  detail: '断りました。',
  code,
  requestId: 'r',
  retryable: false,
});

/** A plugin as it stands in the list. */
export const kaigo = {
  id: 'kaigo',
  title: '介護保険',
  domain: 'kaigo',
  version: '0.1.0',
  enabled: true,
  laneOpen: true,
  waiting: 0,
  parked: 0,
  quarantined: 0,
  configVersion: 1,
  intake: { guard: 'off' } as object,
};

/** The same by itself. */
export const detail = {
  ...kaigo,
  sdkRange: '^0.1.0',
  configSchema: {},
  config: {},
  codeVersions: [],
  hosts: [],
  days: [],
  functions: [],
};

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
