// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { rmSync } from 'node:fs';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { SharedPGlite } from './shared-pglite';
import type { FromWorker, ToWorker } from './worker-messages';

/**
 * The process that holds PGlite. It belongs to the process that forked it and ends with it.
 * Small buffers keep it at some 200 MB; nothing of a statement or its values is ever logged.
 */
const settings = [
  'shared_buffers = 32MB',
  'min_wal_size = 32MB',
  'max_wal_size = 64MB',
  "timezone = 'UTC'",
  'log_min_messages = panic',
  'log_min_error_statement = panic',
  'log_parameter_max_length_on_error = 0',
];
const checkpointEveryMs = 60_000;
/** pg gets "too many clients" as plain text it cannot read, so the limit is far above all pools together. */
const maxConnections = 200;

let close: () => Promise<void> = () => Promise.resolve();

process.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'make':
      void run(() => make(message.dataDirectory));
      break;
    case 'serve':
      void run(() => serve(message.dataDirectory, message.socket));
      break;
    case 'close':
      void closeAndExit();
      break;
  }
});
process.on('disconnect', () => void closeAndExit());
// Ctrl+C reaches the whole group; the parent closes hub and hosts first and this process last.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

async function run(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    tell({ kind: 'ready' });
  } catch (error) {
    fail(error);
  }
}

/** Makes an empty cluster. In a process of its own, because making one leaves 500 MB behind. */
async function make(dataDirectory: string): Promise<void> {
  const database = await open(dataDirectory);
  await database.close();
}

async function serve(dataDirectory: string, path: string): Promise<void> {
  const database = await open(dataDirectory);
  const server = new PGLiteSocketServer({ db: database, path, maxConnections });
  const checkpoints = setInterval(() => void database.checkpoint().catch(fail), checkpointEveryMs);
  close = async () => {
    clearInterval(checkpoints);
    await server.stop();
    await database.close();
  };
  // What a killed worker left; the lock says that nobody listens there any more.
  rmSync(path, { force: true });
  await server.start();
}

async function open(dataDir: string): Promise<SharedPGlite> {
  const database = new SharedPGlite({ dataDir, postgresqlconf: settings }, fail);
  await database.waitReady;
  return database;
}

async function closeAndExit(): Promise<void> {
  try {
    await close();
    process.exit(0);
  } catch {
    process.exit(1);
  }
}

function fail(error: unknown): void {
  const { code } = error as { code?: unknown };
  tell({ kind: 'failed', code: typeof code === 'string' ? code : error instanceof Error ? error.name : 'UNKNOWN' });
  // The message must have left before the process ends.
  setImmediate(() => process.exit(1));
}

function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}
