// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What stands between a browser and the hub in many offices, and what it does to a line. */
export interface CuttingProxy {
  readonly baseUrl: string;
  /** How many lines were cut because nothing went over them. */
  idleCuts(): number;
  /** From now on a line over which nothing goes for so long is cut. */
  cutsIdle(afterMs: number): void;
  /** Nobody comes through any more, and all lines are cut. */
  down(): void;
  /** Lines stay, and new ones are taken, but nothing comes over them any more. */
  silence(): void;
  /** All is well again; lines that fell silent are cut. */
  up(): void;
  close(): Promise<void>;
}

export async function cuttingProxy(hub: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(hub);
  const lines = new Map<Socket, Socket>();
  const silent = new Set<Socket>();
  let state: 'up' | 'down' | 'silent' = 'up';
  let idleMs: number | undefined;
  let cuts = 0;
  const hush = (browser: Socket, onward: Socket) => {
    silent.add(browser);
    onward.unpipe(browser);
    onward.resume();
  };
  const cutWhenIdle = (browser: Socket) => {
    if (idleMs !== undefined) browser.setTimeout(idleMs);
  };
  const server = createServer((browser) => {
    if (state === 'down') return void browser.destroy();
    const onward = connect(Number(port), hostname);
    lines.set(browser, onward);
    const end = () => {
      lines.delete(browser);
      silent.delete(browser);
      browser.destroy();
      onward.destroy();
    };
    for (const socket of [browser, onward]) socket.on('error', end).on('close', end);
    browser.on('timeout', () => {
      cuts += 1;
      end();
    });
    cutWhenIdle(browser);
    browser.pipe(onward);
    onward.pipe(browser);
    if (state === 'silent') hush(browser, onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cutAll = () => {
    for (const browser of lines.keys()) browser.destroy();
  };
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    idleCuts: () => cuts,
    cutsIdle(afterMs) {
      idleMs = afterMs;
      for (const browser of lines.keys()) cutWhenIdle(browser);
    },
    down() {
      state = 'down';
      cutAll();
    },
    silence() {
      state = 'silent';
      for (const [browser, onward] of lines) hush(browser, onward);
    },
    up() {
      state = 'up';
      for (const browser of silent) browser.destroy();
    },
    async close() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
