// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

export interface PrivateMariadb {
  /** An account with every right, over TCP on 127.0.0.1, without a database. */
  readonly url: string;
  readonly port: number;
  /** The server's own directory. */
  readonly directory: string;
  /** SIGKILL (default), SIGSTOP or SIGCONT. Returns after SIGKILL when it has gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Stops in order if it still runs, then starts on the same port and data. */
  restart(): Promise<void>;
  /** Ends the server and deletes its data. */
  stop(): Promise<void>;
}

const programs = {
  server: '/usr/sbin/mariadbd',
  install: '/usr/bin/mariadb-install-db',
  // The installer needs it, and Debian has it in the client's package.
  defaults: '/usr/bin/my_print_defaults',
};

export function findMariadb(): boolean {
  return Object.values(programs).every((path) => existsSync(path));
}

/**
 * A MariaDB of one's own, in a temporary directory, on a free port, with its full durability. Set as an old system may be:
 * latin1, not strict, in another time zone. Who speaks to it must not rely on better.
 */
export async function startPrivateMariadb(): Promise<PrivateMariadb> {
  if (!findMariadb())
    throw new Error('MariaDB is not installed: apt-get install mariadb-server-core mariadb-client-core');
  const directory = createServiceDirectory('mariadb');
  const data = join(directory, 'data');
  const password = randomBytes(12).toString('hex');
  const accounts = join(directory, 'accounts.sql');
  const port = await freePort();
  const url = `mariadb://tsunagi:${password}@127.0.0.1:${port}/`;
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', TZ: 'UTC', ...markOf(directory) };
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? nobody() : undefined;

  mkdirSync(data, { mode: 0o700 });
  writeFileSync(
    accounts,
    `CREATE USER IF NOT EXISTS tsunagi@'%' IDENTIFIED BY '${password}';\nGRANT ALL ON *.* TO tsunagi@'%' WITH GRANT OPTION;\n`,
    { mode: 0o600 },
  );
  if (user) for (const path of [data, accounts]) chownSync(path, user.uid, user.gid);

  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${join(data, 'socket')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    `--init-file=${accounts}`,
    '--character-set-server=latin1',
    '--sql-mode=',
    '--innodb-buffer-pool-size=32M',
    '--innodb-log-file-size=16M',
  ];
  let server: ReturnType<typeof startProcess>;

  async function start(): Promise<void> {
    const starting = startProcess(directory, programs.server, args, { env, ...user });
    server = starting;
    const ended = () => starting.exitCode !== null || starting.signalCode !== null;
    await waitFor(() => ended() || answers(url), { what: 'MariaDB to answer', timeoutMs: 60_000 });
    if (ended()) throw new Error(`MariaDB did not start:\n${logTail(directory)}`);
  }

  try {
    await promisify(execFile)(
      programs.install,
      [
        '--no-defaults',
        `--datadir=${data}`,
        // In the common one two installers that run at once take each other's tables away.
        `--tmpdir=${data}`,
        // root gets in by the socket only.
        '--auth-root-authentication-method=socket',
        '--skip-name-resolve',
        '--skip-test-db',
        '--innodb-log-file-size=16M',
      ],
      { cwd: directory, env, ...user },
    );
    await start();
  } catch (error) {
    removeServiceDirectory(directory);
    throw error;
  }

  return {
    url,
    port,
    directory,
    async kill(signal = 'SIGKILL') {
      signalAll(directory, signal);
      if (signal === 'SIGKILL')
        await waitFor(() => processesOf(directory).length === 0, { what: 'MariaDB to be gone' });
    },
    async restart() {
      server.kill('SIGTERM');
      await waitFor(() => processesOf(directory).length === 0, { what: 'MariaDB to stop', timeoutMs: 5_000 }).catch(
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
  // Here, because most of the suites that load this library need no MariaDB.
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({ uri: url, connectTimeout: 2_000 });
  connection.on('error', () => undefined);
  try {
    await connection.query('SELECT 1');
    return true;
  } finally {
    connection.destroy();
  }
}

/** Not `mysql`: that account comes with the package that starts a service. */
function nobody(): { uid: number; gid: number } {
  const id = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
