// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { waitFor } from '../wait-for';
import {
  createServiceDirectory,
  endProcesses,
  freePort,
  logTail,
  markOf,
  processesOf,
  removeServiceDirectory,
  signalAll,
  startProcess,
} from './service-directory';
import { createDatabase, type TestDatabase } from './test-database';

export interface PrivatePostgres {
  /** Superuser, database `postgres`, over TCP on 127.0.0.1. */
  readonly url: string;
  readonly port: number;
  /** Directory of the Unix socket. */
  readonly socketDirectory: string;
  createDatabase(name: string): Promise<TestDatabase>;
  /**
   * SIGKILL (default), SIGSTOP and SIGCONT reach every process of the server, as a lost machine or a frozen one would;
   * other signals go to the postmaster. Returns after SIGKILL when all have gone.
   */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Stops in order if it still runs, then starts on the same port and data. */
  restart(): Promise<void>;
  /** Ends the server and deletes its data. */
  stop(): Promise<void>;
}

export interface PrivatePostgresOptions {
  /** Server settings beside the defaults, for instance `{ max_connections: '20' }`. */
  settings?: Record<string, string>;
}

/** The newest installed PostgreSQL of at least 15. */
export function findPostgres(root = '/usr/lib/postgresql'): string | undefined {
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root).map(Number);
  return versions
    .filter((version) => version >= 15)
    .sort((a, b) => b - a)
    .map((version) => join(root, String(version), 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** A PostgreSQL of one's own, in a temporary directory, on a free port, with its full durability. */
export async function startPrivatePostgres({ settings = {} }: PrivatePostgresOptions = {}): Promise<PrivatePostgres> {
  const bin = findPostgres();
  if (!bin) throw new Error('PostgreSQL 15 or newer is not installed: apt-get install postgresql');
  const directory = createServiceDirectory('postgres');
  const data = join(directory, 'data');
  const socketDirectory = join(directory, 'socket');
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(directory, 'password');
  const port = await freePort();
  const url = `postgresql://tsunagi:${password}@127.0.0.1:${port}/postgres`;
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', TZ: 'UTC', ...markOf(directory) };
  // PostgreSQL refuses to run as root.
  const user = process.getuid?.() === 0 ? userNamed('postgres') : undefined;

  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of [data, socketDirectory]) mkdirSync(path, { mode: 0o700 });
  if (user) for (const path of [data, socketDirectory, passwordFile]) chownSync(path, user.uid, user.gid);

  const made = spawnSync(
    join(bin, 'initdb'),
    [
      '--pgdata',
      data,
      '--username=tsunagi',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--locale=C.UTF-8',
      '--encoding=UTF8',
      '--no-sync',
    ],
    { cwd: directory, env, encoding: 'utf8', ...user },
  );
  rmSync(passwordFile);
  if (made.status !== 0) {
    removeServiceDirectory(directory);
    throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  }

  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: socketDirectory,
    max_connections: '200',
    ...settings,
  };
  const args = ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  let postmaster: ReturnType<typeof startProcess>;

  async function start(): Promise<void> {
    const starting = startProcess(directory, join(bin!, 'postgres'), args, { env, ...user });
    postmaster = starting;
    await waitFor(() => starting.exitCode !== null || starting.signalCode !== null || answers(url), {
      what: 'PostgreSQL to answer',
      timeoutMs: 60_000,
    });
    if (starting.exitCode !== null || starting.signalCode !== null)
      throw new Error(`PostgreSQL did not start:\n${logTail(directory)}`);
  }

  try {
    await start();
  } catch (error) {
    removeServiceDirectory(directory);
    throw error;
  }

  return {
    url,
    port,
    socketDirectory,
    createDatabase: (name) => createDatabase(url, name),
    async kill(signal = 'SIGKILL') {
      if (signal === 'SIGKILL' || signal === 'SIGSTOP' || signal === 'SIGCONT') signalAll(directory, signal);
      else postmaster.kill(signal);
      if (signal === 'SIGKILL')
        await waitFor(() => processesOf(directory).length === 0, { what: 'PostgreSQL to be gone' });
    },
    async restart() {
      // Fast shutdown: ends the connections and writes a checkpoint.
      postmaster.kill('SIGINT');
      await waitFor(() => processesOf(directory).length === 0, { what: 'PostgreSQL to stop', timeoutMs: 5_000 }).catch(
        () => endProcesses(directory),
      );
      await start();
    },
    async stop() {
      removeServiceDirectory(directory);
    },
  };
}

async function answers(url: string): Promise<true> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function userNamed(name: string): { uid: number; gid: number } {
  const id = (option: string) => Number(execFileSync('id', [option, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
