// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CliError } from '../cli.error';
import type { FromWorker, ToWorker } from './worker-messages';

/** Started processes run what was built, from wherever this module itself is loaded. */
const workerFile = join(__dirname, '../../dist/embedded/worker.js');
/** Making a cluster takes some 6 s of one core; on a loaded machine several times as long. */
const readyWithinMs = 120_000;

/**
 * Starts a worker and hands it its task.
 * @throws CliError DATABASE_NOT_STARTED
 */
export async function startWorker(task: ToWorker): Promise<ChildProcess> {
  const worker = fork(workerFile, [], { execArgv: [], stdio: 'ignore' });
  const failed = await new Promise<string | null>((resolve) => {
    const late = setTimeout(() => resolve('TIMEOUT'), readyWithinMs);
    worker.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    worker.once('exit', (status, signal) => resolve(`EXIT-${signal ?? status}`));
    worker.once('message', (message: FromWorker) => resolve(message.kind === 'failed' ? message.code : null));
    worker.once('exit', () => clearTimeout(late));
    worker.once('message', () => clearTimeout(late));
    send(worker, task);
  });
  if (failed === null) return worker;
  worker.kill('SIGKILL');
  throw new CliError('DATABASE_NOT_STARTED', { code: failed });
}

/** Lets it write everything down; after `patienceMs` it is ended. */
export async function stopWorker(worker: ChildProcess, patienceMs = 10_000): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  const late = setTimeout(() => worker.kill('SIGKILL'), patienceMs);
  send(worker, { kind: 'close' });
  await gone;
  clearTimeout(late);
}

function send(worker: ChildProcess, message: ToWorker): void {
  // A worker that is gone says so by 'exit'.
  worker.send(message, () => undefined);
}
