// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { once } from 'node:events';
import { createServer } from 'node:net';

export interface HeldPort {
  release(): Promise<void>;
}

/**
 * Keeps an address until the application itself listens there, so that a start that finds it taken has changed nothing
 * yet. Who calls meanwhile is turned away as if nobody were there.
 * @throws what `listen` throws, EADDRINUSE above all
 */
export async function holdPort(host: string, port: number): Promise<HeldPort> {
  // Any free port cannot be taken.
  if (port === 0) return { release: async () => undefined };
  const server = createServer((socket) => socket.destroy());
  server.listen(port, host);
  await once(server, 'listening');
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}
