// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '../wait-for';
import { rabbitBin, RabbitControl, type RabbitAccess, type RabbitQueue, type RabbitRights } from './rabbit-control';
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

export interface PrivateRabbit {
  /** Administrator in the virtual host `/`. */
  readonly url: string;
  readonly port: number;
  /** Plain data with which another process can make virtual hosts and accounts here (`RabbitControl`). */
  readonly access: RabbitAccess;
  /** Adds an account and returns its URL. Accounts outlive `restart()` and `eraseData()`. */
  addAccount(name: string, password: string, rights: RabbitRights, vhost?: string): Promise<string>;
  /** Replaces what an account may do. */
  setPermissions(name: string, rights: RabbitRights, vhost?: string): Promise<void>;
  /** Makes a virtual host and returns the administrator's URL in it. */
  createVhost(name: string): Promise<string>;
  listQueues(vhost?: string): Promise<RabbitQueue[]>;
  /** Any other command of rabbitmqctl; returns what it prints. */
  rabbitmqctl(...args: string[]): Promise<string>;
  /**
   * SIGKILL (default), SIGSTOP and SIGCONT reach every process of the broker; other signals go to its start script, which
   * takes SIGTERM as an orderly shutdown. Returns after SIGKILL when all have gone.
   */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Stops in order if it still runs, then starts on the same port and data. */
  restart(): Promise<void>;
  /** Kills the broker, deletes all its data and starts it empty on the same port, with its virtual hosts and accounts. */
  eraseData(): Promise<void>;
  /** Ends the broker and its epmd, and deletes its data. */
  stop(): Promise<void>;
}

export const findRabbit = (): boolean => existsSync(`${rabbitBin}/rabbitmq-server`);

/** A RabbitMQ of one's own, in a temporary directory, on free ports, with an epmd of its own. Up in about five seconds. */
export async function startPrivateRabbit(): Promise<PrivateRabbit> {
  if (!findRabbit()) throw new Error('RabbitMQ is not installed: apt-get install rabbitmq-server');
  const directory = createServiceDirectory('rabbit');
  const [port, distPort, epmdPort] = [await freePort(), await freePort(), await freePort()];
  const data = join(directory, 'data');
  const definitions = join(directory, 'definitions.json');
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    ...(markOf(directory) as Record<string, string>),
    HOME: directory,
    RABBITMQ_NODENAME: 'tsunagi@localhost',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distPort),
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    RABBITMQ_MNESIA_BASE: data,
    RABBITMQ_LOG_BASE: join(directory, 'logs'),
    RABBITMQ_PID_FILE: join(directory, 'pid'),
    RABBITMQ_GENERATED_CONFIG_DIR: join(directory, 'generated'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, 'enabled_plugins'),
    RABBITMQ_CONFIG_FILE: join(directory, 'rabbitmq.conf'),
    // Else the machine's own /etc/rabbitmq/rabbitmq-env.conf would be read.
    RABBITMQ_CONF_ENV_FILE: join(directory, 'rabbitmq-env.conf'),
  };
  const access: RabbitAccess = { port, adminPassword: randomBytes(12).toString('hex'), env };

  mkdirSync(join(directory, 'logs'));
  writeFileSync(join(directory, 'enabled_plugins'), '[].\n');
  writeFileSync(join(directory, 'rabbitmq-env.conf'), '');
  writeFileSync(
    join(directory, 'rabbitmq.conf'),
    [`listeners.tcp.1 = 127.0.0.1:${port}`, `load_definitions = ${definitions}`, 'log.console = true', ''].join('\n'),
  );
  const control = new RabbitControl(access, definitions);
  let server: ReturnType<typeof startProcess>;

  async function start(): Promise<void> {
    const starting = startProcess(directory, `${rabbitBin}/rabbitmq-server`, [], { env });
    server = starting;
    await waitFor(() => starting.exitCode !== null || answers(port), {
      what: 'RabbitMQ to answer',
      timeoutMs: 60_000,
      everyMs: 50,
    });
    if (starting.exitCode !== null) throw new Error(`RabbitMQ did not start:\n${logTail(directory)}`);
  }

  const allGone = (timeoutMs: number) =>
    waitFor(() => processesOf(directory).length === 0, { what: 'RabbitMQ to be gone', timeoutMs });

  async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (signal === 'SIGKILL' || signal === 'SIGSTOP' || signal === 'SIGCONT') signalAll(directory, signal);
    else server.kill(signal);
    if (signal === 'SIGKILL') await allGone(10_000);
  }

  try {
    await start();
  } catch (error) {
    removeServiceDirectory(directory);
    throw error;
  }

  return {
    url: control.adminUrl('/'),
    port,
    access,
    addAccount: (name, password, rights, vhost = '/') => control.addAccount(vhost, name, password, rights),
    setPermissions: (name, rights, vhost = '/') => control.setPermissions(vhost, name, rights),
    async createVhost(name) {
      await control.createVhost(name);
      return control.adminUrl(name);
    },
    listQueues: (vhost = '/') => control.listQueues(vhost),
    rabbitmqctl: (...args) => control.rabbitmqctl(...args),
    kill,
    async restart() {
      server.kill('SIGTERM');
      await waitFor(() => server.exitCode !== null || server.signalCode !== null, {
        what: 'RabbitMQ to stop',
        timeoutMs: 30_000,
      });
      endProcesses(directory);
      await start();
    },
    async eraseData() {
      await kill();
      rmSync(data, { recursive: true, force: true });
      await start();
    },
    async stop() {
      removeServiceDirectory(directory);
    },
  };
}

/** The broker greets whoever sends the protocol header; before that the port is closed. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('AMQP\0\0\x09\x01', 'latin1'))
      .setTimeout(2_000, () => done(false))
      .once('data', () => done(true))
      .once('error', () => done(false))
      .once('close', () => resolve(false));
  });
}
