// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// What is measured, set up as in production: private PostgreSQL and RabbitMQ with their full durability, the hub and the
// plugin host as processes of their own, one broker account per plugin, 見本市 as the municipality.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { brokerAccounts } = require('@tsunagi/messaging');
const { startSandbox } = require('@tsunagi/sandbox');
const { startTestServices, testServices } = require('@tsunagi/testing');

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const pluginIds = ['kaigo', 'konkyu', 'shogai'];
/**
 * As the image and the units start it: what lives for a message dies young, and what outlives it by a little is collected
 * before it has doubled the heap. And less is compiled into each function that is hot: of what a referral costs in the first
 * minutes of a process, a third is the compiler.
 */
const memory = ['--max-semi-space-size=32', '--heap-growing-percent=50', '--max-inlined-bytecode-size-cumulative=200'];

/** Both services, as a department would install them. */
export async function startServices() {
  const started = await startTestServices();
  const { postgres, rabbit } = testServices();
  return { postgres, rabbit, stop: () => started.stop() };
}

/** Ends a detached process and its children, at the latest with this one: Ctrl-C does not reach them. */
export function stopsGroup(child) {
  const stop = () => process.kill(-child.pid, 'SIGTERM');
  process.once('exit', stop);
  return () => {
    process.off('exit', stop);
    stop();
  };
}

/** @param nodeArgs options of the hub's and the host's process, such as `--cpu-prof`. */
export async function startTown(services, { nodeArgs = [], pollMs = 200 } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'tsunagi-bench-'));
  const secretsDir = join(dataDir, 'secrets');
  const database = await services.postgres.createDatabase('bench');
  const vhost = await services.rabbit.createVhost('bench');
  const urls = {};
  for (const { account, topics, ...rights } of brokerAccounts(pluginIds))
    urls[account] = await vhost.addAccount(account, {
      ...rights,
      topicWrite: Object.fromEntries(topics.map((t) => [t.exchange, t.write])),
    });
  const sandbox = await startSandbox({ dataDir, databaseUrl: database.url });
  mkdirSync(secretsDir, { recursive: true, mode: 0o700 });
  const secret = (name, value) => writeFileSync(join(secretsDir, name), value, { mode: 0o600 });
  secret('konkyu-database-url', await sandbox.openPluginAccount());
  for (const plugin of pluginIds) secret(`amqp-${plugin}`, new URL(urls[`plugin.${plugin}`]).password);
  const folderOf = (system) => join(dataDir, 'sandbox', system);
  const told = {
    dataDir,
    databaseUrl: database.url,
    amqpUrl: urls.hub,
    plugins: {
      kaigo: { folder: folderOf('kaigo'), functionCode: '9970100005', formVersion: 'K-2026-1', pollMs },
      shogai: {
        folder: folderOf('shogai'),
        functionCode: '9930000012',
        formVersion: 'S-2026-1',
        municipality: '990019',
        pollMs,
      },
      konkyu: {
        databaseUrl: { secretRef: 'konkyu-database-url' },
        schema: 'legacy_konkyu',
        functionCode: '9900000041',
        formVersion: 'J-2026-1',
        pollMs: 60_000,
      },
    },
  };
  const hub = fork(here('hub.cjs'), [], {
    env: { ...process.env, BENCH_TOWN: JSON.stringify(told) },
    execArgv: [...memory, ...nodeArgs].map((arg) => arg.replace('ROLE', 'hub')),
  });
  await new Promise((resolve, reject) => {
    hub.on('message', (m) => m.ready && resolve());
    hub.once('exit', (code) => reject(new Error(`the hub ended with ${code}`)));
  });
  const host = spawn(
    process.execPath,
    [...memory, ...nodeArgs.map((arg) => arg.replace('ROLE', 'host')), here('../apps/plugin-host/dist/main.js')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        AMQP_URL: urls['plugin.kaigo'],
        TSUNAGI_PLUGINS: pluginIds.join(','),
        TSUNAGI_SECRETS_DIR: secretsDir,
        TSUNAGI_STATE_DIR: join(dataDir, 'host'),
        TSUNAGI_HOST_NAME: 'bench',
        TSUNAGI_LOG_LEVEL: 'silent',
      },
    },
  );
  const access = JSON.parse(readFileSync(join(dataDir, 'demo-access.json'), 'utf8'));
  await until(async () => {
    const { rows } = await query(database.url, 'select count(*)::int as n from plugin_host where holds and running');
    return rows[0].n === pluginIds.length;
  }, 'both plugins to run');
  return {
    access,
    folderOf,
    databaseUrl: database.url,
    pids: { hub: hub.pid, host: host.pid },
    async token(client) {
      const { secret: clientSecret } = access.clients.find((c) => c.id === client);
      const response = await fetch(`${access.baseUrl}/api/v1/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ grant_type: 'client_credentials', client_id: client, client_secret: clientSecret }),
      });
      return (await response.json()).access_token;
    },
    query: (sql, parameters) => query(database.url, sql, parameters),
    /** Ends the hub and the host; what they have written stays. */
    async stop() {
      await end(host);
      await end(hub);
    },
    async close() {
      await this.stop();
      await sandbox.close();
      await database.drop();
      await vhost.deleteVhost();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const { Client } = require('pg');
export async function query(url, sql, parameters = []) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql, parameters);
  } finally {
    await client.end();
  }
}

export async function until(condition, what, timeoutMs = 120_000, everyMs = 50) {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
    const found = await condition();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** The most memory a process has ever held, MiB (VmHWM). */
export function peakRssMiB(pid) {
  const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib) / 1024);
}

/** Processor time of a process so far, seconds; 100 ticks of Linux are one. */
export function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Processor time of everything on this machine so far, seconds. */
export function busySeconds() {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / 100;
}

export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
