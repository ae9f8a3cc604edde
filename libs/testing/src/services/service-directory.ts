// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type SpawnOptions, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * A private service lives in one temporary directory, and every process that belongs to it carries that directory in its
 * environment or as its working directory. So all of them can be found and ended, also those that made
 * themselves independent (epmd) and those whose starter was killed.
 */

const prefix = 'tsunagi-test-';
const mark = 'TSUNAGI_TEST_SERVICE';

/** Directories of this process, ended when it exits. */
const ours = new Set<string>();

/** Makes the directory of a service; its name says which process owns it, so that a later start can recognise a leftover. */
export function createServiceDirectory(kind: string): string {
  reapLeftovers();
  const directory = mkdtempSync(join(tmpdir(), `${prefix}${kind}-${process.pid}-${startOf(process.pid) ?? 0}-`));
  // A service of root's runs as another user: it must get through, but not see.
  chmodSync(directory, 0o711);
  if (ours.size === 0) endOursOnExit();
  ours.add(directory);
  return directory;
}

export function removeServiceDirectory(directory: string): void {
  endProcesses(directory);
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  ours.delete(directory);
  recognised.delete(directory);
}

/** Ends the services of test runs that were killed before they could clean up. */
export function reapLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = /^tsunagi-test-[a-z]+-(\d+)-(\d+)-/.exec(name);
    if (!owner || startOf(Number(owner[1])) === Number(owner[2])) continue;
    const directory = join(tmpdir(), name);
    try {
      if (statSync(directory).uid === process.getuid?.()) removeServiceDirectory(directory);
    } catch (error) {
      // Another test run reaps at the same moment.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** Starts a program of the service; what it prints goes to `log` in its directory. */
export function startProcess(directory: string, program: string, args: string[], options: SpawnOptions): ChildProcess {
  const log = openSync(join(directory, 'log'), 'a');
  try {
    return spawn(program, args, {
      ...options,
      cwd: directory,
      env: { ...options.env, ...markOf(directory) },
      stdio: ['ignore', log, log],
      // Not in our process group: Ctrl-C in a terminal is ours to handle.
      detached: true,
    }).on('error', () => undefined);
  } finally {
    closeSync(log);
  }
}

/** What marks a process as one of this service. */
export const markOf = (directory: string): NodeJS.ProcessEnv => ({ [mark]: directory });

/** Processes once recognised, by directory: one that is ending forgets what it carried long before it closes its sockets. */
const recognised = new Map<string, Map<number, number>>();

/** The processes of a service that have not ended for good. */
export function processesOf(directory: string): number[] {
  const known = recognised.get(directory) ?? new Map<number, number>();
  recognised.set(directory, known);
  for (const [pid, start] of known) if (hasEnded(pid, start)) known.delete(pid);
  for (const pid of readdirSync('/proc').map(Number)) {
    const start = pid > 0 && pid !== process.pid && !known.has(pid) && startOf(pid);
    if (start && belongsTo(directory, `/proc/${pid}`)) known.set(pid, start);
  }
  return [...known.keys()];
}

function belongsTo(directory: string, proc: string): boolean {
  const found =
    attempt(() => readFileSync(`${proc}/environ`, 'latin1').split('\0').includes(`${mark}=${directory}`)) ||
    // PostgreSQL's backends overwrite their environment with their title, but work in the data directory.
    attempt(() => `${readlinkSync(`${proc}/cwd`)}/`.startsWith(`${directory}/`));
  return found ?? false;
}

/** Returns after SIGSTOP when all stand still: a thread goes on until one of its process has taken the signal. */
export function signalAll(directory: string, signal: NodeJS.Signals): void {
  const processes = processesOf(directory);
  for (const pid of processes) attempt(() => process.kill(pid, signal));
  if (signal !== 'SIGSTOP') return;
  const deadline = Date.now() + 5_000;
  while (!processes.every(standsStill)) {
    if (Date.now() > deadline) throw new Error(`Processes of ${directory} do not stop`);
    pauseNow(1);
  }
}

/** Every thread is stopped, or has ended. */
const standsStill = (pid: number): boolean =>
  (attempt(() => readdirSync(`/proc/${pid}/task`)) || []).every((thread) => {
    const stat = attempt(() => readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'));
    // The state stands behind the name, which may hold anything.
    return !stat || /[TtZX]/.test(stat.charAt(stat.lastIndexOf(')') + 2));
  });

/**
 * Ends every process of a service, and returns when none is left. Synchronous, because it also runs while the process exits.
 * SIGQUIT first: PostgreSQL then gives its shared memory back.
 */
export function endProcesses(directory: string): void {
  for (const { signal, withinMs } of [
    { signal: 'SIGQUIT', withinMs: 1_500 },
    { signal: 'SIGKILL', withinMs: 5_000 },
  ] as const) {
    if (processesOf(directory).length === 0) return;
    if (signal === 'SIGQUIT') signalAll(directory, signal);
    const deadline = Date.now() + withinMs;
    while (Date.now() < deadline) {
      if (signal === 'SIGKILL') signalAll(directory, signal);
      pauseNow(20);
      if (processesOf(directory).length === 0) return;
    }
  }
  throw new Error(`Processes of ${directory} do not end: ${processesOf(directory).join(', ')}`);
}

/** The end of the log, for a message that says why a service did not start. */
export function logTail(directory: string, lines = 20): string {
  return (
    attempt(() => readFileSync(join(directory, 'log'), 'utf8').trimEnd().split('\n').slice(-lines).join('\n')) ||
    '(no log)'
  );
}

const taken = new Set<number>([25_672]);

/**
 * A free port on 127.0.0.1, below the range from which the system takes the ports of outgoing connections (32768 and up).
 * A port from that range could be taken while its service is down, even by a client that connects to itself.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}

function endOursOnExit(): void {
  process.once('exit', () => ours.forEach(removeServiceDirectory));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      ours.forEach(removeServiceDirectory);
      process.kill(process.pid, signal);
    });
  }
}

/** Gone, or a zombie of which no thread is left: then its sockets and files are closed. */
function hasEnded(pid: number, start: number): boolean {
  if (startOf(pid) !== start) return true;
  return statOf(pid)?.[0] === 'Z' && (attempt(() => readdirSync(`/proc/${pid}/task`).length) ?? 0) <= 1;
}

/** When a process started, in clock ticks since boot: with the pid this names a process for good. */
function startOf(pid: number): number | undefined {
  const start = statOf(pid)?.[19];
  return start === undefined ? undefined : Number(start);
}

/** The fields of /proc/PID/stat from the third on: the second, the name in parentheses, may hold anything. */
function statOf(pid: number): string[] | undefined {
  return attempt(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  });
}

function pauseNow(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Processes come and go while we look at them: what cannot be read is not there. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
