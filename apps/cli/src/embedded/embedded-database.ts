// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { CliError } from '../cli.error';
import { prepareDataDirectory } from './data-directory';
import { lockDirectory } from './directory-lock';
import { ensureCluster } from './new-cluster';
import { databaseUrlOf, findSocketPlace } from './socket-place';
import { startWorker, stopWorker } from './worker-process';

export interface EmbeddedDatabase {
  readonly url: string;
  /** Of the worker that serves now. */
  readonly pid: number | undefined;
  close(): Promise<void>;
}

export interface EmbeddedDatabaseOptions {
  readonly dataDirectory: string;
  /** The worker ended by itself; another was started on the same files. Connections broke off. */
  readonly onRestart?: () => void;
  /** It keeps ending: nothing can be stored any more. */
  readonly onGivenUp?: (error: CliError) => void;
}

/** So often within a minute is no accident. */
const restartsPerMinute = 5;

/**
 * PostgreSQL in WebAssembly for trying out and training: one backend for all connections, so transactions run one after
 * another, and data is written without waiting for the disk.
 * @throws CliError DATA_DIR_IN_USE, DATA_DIR_OF_OTHERS, DIRECTORY_UNUSABLE or DATABASE_NOT_STARTED
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  prepareDataDirectory(options.dataDirectory);
  const lock = lockDirectory(options.dataDirectory);
  const place = findSocketPlace(options.dataDirectory);
  const cluster = join(options.dataDirectory, 'pgdata');
  const abandon = () => {
    place.clear();
    lock.release();
  };
  try {
    await ensureCluster(cluster);
    const worker = await superviseWorker(() => startServing(cluster, place.socket), options);
    return {
      url: databaseUrlOf(place.directory),
      get pid() {
        return worker.pid();
      },
      async close() {
        await worker.close();
        abandon();
      },
    };
  } catch (error) {
    abandon();
    throw error;
  }
}

const startServing = (dataDirectory: string, socket: string) => startWorker({ kind: 'serve', dataDirectory, socket });

async function superviseWorker(
  start: () => Promise<ChildProcess>,
  { onRestart, onGivenUp }: EmbeddedDatabaseOptions,
): Promise<{ pid(): number | undefined; close(): Promise<void> }> {
  let worker = await start();
  let closing = false;
  let restarting: Promise<void> = Promise.resolve();
  const restarts: number[] = [];

  const watch = () => {
    worker.once('exit', () => {
      restarting = restart();
    });
  };
  const restart = async () => {
    if (closing) return;
    const now = Date.now();
    restarts.push(now);
    if (restarts.filter((at) => now - at < 60_000).length > restartsPerMinute) return giveUp('EXITS');
    try {
      worker = await start();
    } catch (error) {
      return giveUp(error instanceof CliError ? (error.blanks['code'] ?? error.code) : 'UNKNOWN');
    }
    watch();
    onRestart?.();
  };
  const giveUp = (code: string) => onGivenUp?.(new CliError('DATABASE_GIVEN_UP', { code }));

  watch();
  return {
    pid: () => worker.pid,
    async close() {
      closing = true;
      await restarting;
      await stopWorker(worker);
    },
  };
}
