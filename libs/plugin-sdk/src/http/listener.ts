// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode } from '../surroundings/error-code';
import type { Log } from '../surroundings/log';
import { uuidV7 } from '../surroundings/uuid-v7';
import type { Door, DoorAnswer } from './door';
import { busy, refusalAnswer, RefusedRequestError } from './refusal';

/** A record that is larger does not fit into a message to the hub. */
export const maxBodyBytes = 128 * 1024;

export const listenerLimits = {
  /** For the headers, and for a request to arrive whole. A slow client keeps nobody else from the door. */
  headersMs: 10_000,
  requestMs: 20_000,
  /** How often the two are looked at. */
  checkMs: 1_000,
  connections: 200,
} as const;
export type ListenerLimits = { readonly [K in keyof typeof listenerLimits]: number };

/** The door of a plugin as it is now: `closed` while the plugin is not at work, undefined when there is none. */
export type DoorOf = (plugin: string) => Door | 'closed' | undefined;

export interface ListenerOptions {
  readonly doorOf: DoorOf;
  readonly log: Log;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** @default {@link listenerLimits} */
  readonly limits?: Partial<ListenerLimits> | undefined;
}

export interface Listener {
  readonly port: number;
  /** Takes nothing new; resolves when what is in hand is answered. */
  close(): Promise<void>;
}

/** The listener of a host, through which legacy systems reach the plugins' doors. TLS ends before it. */
export async function openListener({ doorOf, log, host, port, limits }: ListenerOptions): Promise<Listener> {
  const { headersMs, requestMs, checkMs, connections } = { ...listenerLimits, ...limits };
  const server = createServer(
    { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: checkMs },
    doorsListener(doorOf, log),
  );
  server.maxConnections = connections;
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

/** For a server that is already there. */
export function doorsListener(doorOf: DoorOf, log: Log): RequestListener {
  return (request, response) => {
    const requestId = uuidV7(new Date());
    void answer(request, doorOf, requestId)
      .catch((error: unknown) => {
        if (!(error instanceof RefusedRequestError))
          log.error({ requestId, code: errorCode(error, 'DOOR_FAILED') }, 'request failed');
        return refusalAnswer(error instanceof RefusedRequestError ? error : busy(), requestId);
      })
      .then((answered) => {
        const { status, body } = answered;
        const code = 'code' in body && typeof body.code === 'string' ? body.code : undefined;
        log[status >= 400 ? 'warn' : 'info']({ requestId, status, code }, 'request answered');
        say(response, answered, requestId, request.complete);
      });
  };
}

async function answer(request: IncomingMessage, doorOf: DoorOf, requestId: string): Promise<DoorAnswer> {
  const { method = '', url = '', headers } = request;
  const plugin = /^\/plugins\/([a-z][a-z0-9-]{0,30})\/[0-9a-z/]+$/.exec(url)?.[1];
  const door = plugin === undefined ? undefined : doorOf(plugin);
  if (door === undefined) throw new RefusedRequestError(404, 'E-PATH');
  if (door === 'closed') throw busy(30);
  const body = await bodyOf(request);
  return door({ method, path: url, headers, body, requestId });
}

/** @throws RefusedRequestError before more is read than may be kept */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = () => new RefusedRequestError(413, 'E-SIZE');

function say(response: ServerResponse, { status, headers, body }: DoorAnswer, requestId: string, whole: boolean): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Request-ID': requestId,
    // What is left of a body that nobody reads must not look like the next request.
    ...(!whole && { Connection: 'close' }),
    ...headers,
  });
  response.end(JSON.stringify(body));
}
