// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { answersQueueOf, deliveriesQueueOf, hubAccount, pluginAccount } from '@tsunagi/contracts';
import { connectRabbit, hostIdOf, type CourierRole } from '@tsunagi/messaging';
import {
  describeWithServices,
  startPrivatePostgres,
  startPrivateRabbit,
  waitFor,
  type PrivatePostgres,
  type PrivateRabbit,
} from '@tsunagi/testing';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectAmqp } from 'amqplib';
import { Client } from 'pg';
import { variablesIn } from '../../test/variables';

jest.setTimeout(120_000);

const tsunagi = join(__dirname, '../../bin/tsunagi.js');

const plugins = ['kaigo', 'konkyu', 'kosodate', 'shogai'];

/** As an administrator does it: init, the database's and the broker's files, migrate, hub, hosts. Only the units are missing. */
describeWithServices(['private-postgres', 'private-rabbit'], 'a site that `tsunagi init` has made', () => {
  let postgres: PrivatePostgres;
  let rabbit: PrivateRabbit;
  let dir: string;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'init-'));
    [postgres, rabbit] = await Promise.all([startPrivatePostgres(), startPrivateRabbit()]);
  });
  afterAll(async () => {
    await Promise.all(running.map(end));
    await Promise.all([postgres?.stop(), rabbit?.stop()]);
    rmSync(dir, { recursive: true, force: true });
  });

  const variables = (path: string) => variablesIn(readFileSync(join(dir, path), 'utf8'));
  const { DATABASE_URL: _database, AMQP_URL: _broker, ...surroundings } = process.env;
  const run = (argv: string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [tsunagi, ...argv], { cwd: dir, env: { ...surroundings, ...env }, encoding: 'utf8' });
  const amqpOf = (plugin: string) => variables(`plugins-${plugin}.env`)['AMQP_URL'] ?? '';

  it('has passwords nobody else reads, and is made once', () => {
    const places = ['--database', `127.0.0.1:${postgres.port}`, '--broker', `127.0.0.1:${rabbit.port}`];
    const made = run(['init', '--dir', dir, '--for', 'systemd', ...places]);
    expect([made.status, made.stderr]).toEqual([0, '']);
    for (const path of [
      'hub.env',
      'migrate.env',
      'plugins-kaigo.env',
      'site/keys.json',
      'site/secrets/kosodate/kosodate-callback',
    ])
      expect(statSync(join(dir, path)).mode & 0o777).toBe(0o600);
    for (const plugin of plugins) expect(made.stdout).not.toContain(new URL(amqpOf(plugin)).password);

    const before = readFileSync(join(dir, 'hub.env'), 'utf8');
    const again = run(['init', '--dir', dir, '--for', 'systemd', ...places, '--json']);
    expect([again.status, JSON.parse(again.stdout)]).toMatchObject([2, { ok: false, code: 'INIT_DONE' }]);
    expect(readFileSync(join(dir, 'hub.env'), 'utf8')).toBe(before);
  });

  it('makes database and roles with psql, accounts with rabbitmqctl', async () => {
    execFileSync('psql', ['--no-psqlrc', '--quiet', postgres.url, '--file', join(dir, 'site/database.sql')]);
    await rabbit.rabbitmqctl('import_definitions', join(dir, 'site/broker-definitions.json'));
    const users = await rabbit.rabbitmqctl('list_users', '--formatter', 'json');
    expect(JSON.parse(users).map(({ user }: { user: string }) => user)).toEqual(
      expect.arrayContaining(['hub', ...plugins.map(pluginAccount)]),
    );
  });

  it('gets its tables and queues from `tsunagi migrate`', () => {
    const { status, stdout } = run(['migrate', '--json'], variables('migrate.env'));
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { ok: true, topology: true }]);
  });

  it.each(['hub.env', 'plugins-konkyu.env'])('is sound for the doctor under the accounts of %s', (path) => {
    const { findings } = JSON.parse(run(['doctor', '--json'], variables(path)).stdout) as {
      findings: { name: string; verdict: string }[];
    };
    expect(findings.filter(({ verdict }) => verdict === 'failure')).toEqual([]);
    expect(findings.filter(({ verdict }) => verdict === 'ok').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['データベース', 'メッセージ基盤', '鍵ファイル']),
    );
  });

  it('lets each account in, and a plugin at nothing of another’s', async () => {
    const hub = variables('hub.env')['AMQP_URL'] ?? '';
    const host = (plugin: string): CourierRole => ({ plugin, hostId: hostIdOf(plugin, 'init') });
    const ofPlugins = plugins.map((plugin) => [amqpOf(plugin), pluginAccount(plugin), host(plugin)] as const);
    for (const [url, account, role] of [[hub, hubAccount, 'hub'] as const, ...ofPlugins]) {
      const courier = await connectRabbit({ url, account, role });
      expect(courier.connected).toBe(true);
      await courier.close();
    }
    await expect(readAs(amqpOf('kaigo'), answersQueueOf('kaigo'))).resolves.toBeDefined();
    const others = plugins.slice(1).flatMap((plugin) => [deliveriesQueueOf(plugin), answersQueueOf(plugin)]);
    for (const queue of [...others, 'hub.intake', 'dead'])
      await expect(readAs(amqpOf('kaigo'), queue)).rejects.toMatchObject({ code: 403 });
  });

  /** Plain AMQP, as a host would that does not keep to our library. */
  async function readAs(url: string, queue: string): Promise<unknown> {
    const model = await connectAmqp(url);
    model.on('error', () => undefined);
    try {
      const channel = await model.createChannel();
      let refusal: Error | undefined;
      channel.on('error', (error: Error) => (refusal = error));
      return await channel
        .consume(queue, () => undefined)
        .catch((error: unknown) => {
          throw refusal ?? error;
        });
    } finally {
      await model.close().catch(() => undefined);
    }
  }

  it('lets nobody in with another password', async () => {
    const url = new URL(amqpOf('kaigo'));
    url.password = new URL(amqpOf('konkyu')).password;
    const role = { plugin: 'kaigo', hostId: hostIdOf('kaigo', 'init') };
    const options = { url: url.href, account: pluginAccount('kaigo'), role, firstConnectMs: 500 };
    await expect(connectRabbit(options)).rejects.toBeDefined();
  });

  it('lets the hub work under a role that can change neither tables nor what is append-only', async () => {
    const client = new Client({ connectionString: variables('hub.env')['DATABASE_URL'] });
    await client.connect();
    for (const forbidden of [
      'create table mine (id int)',
      'alter table referral add column mine int',
      'alter table audit_entry disable trigger all',
      'update audit_entry set actor = null',
      'delete from referral_event',
      'truncate referral',
    ])
      await expect(client.query(forbidden)).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  it('runs: the hub, and a host that knows no database', async () => {
    const port = await freePort();
    // The demo brings somebody who may look.
    const hubEnv = { TSUNAGI_DATA_DIR: join(dir, 'data'), TSUNAGI_PORT: String(port), TSUNAGI_DEMO: 'on' };
    const hub = await start(['start', 'hub'], { ...variables('hub.env'), ...hubEnv });
    const hostEnv = (plugin: string) => ({ TSUNAGI_STATE_DIR: join(dir, `state-${plugin}`), TSUNAGI_HOST_PORT: '0' });
    for (const plugin of plugins)
      await start(['start', 'plugins'], { ...variables(`plugins-${plugin}.env`), ...hostEnv(plugin) });
    const listed = await waitFor(
      () => {
        const { stdout } = run(['plugin', 'list', '--json'], hubEnv);
        const known = JSON.parse(stdout) as { id: string; host?: { fresh: boolean } }[];
        return known.length === plugins.length && known;
      },
      { what: 'the plugins to be known', timeoutMs: 30_000, everyMs: 500 },
    );
    expect(listed).toMatchObject(plugins.map((id) => ({ id, host: { fresh: true } })));
    expect(existsSync(join(dir, 'data/keys.json'))).toBe(false);
    expect(await end(hub)).toBe(0);
  });

  async function start(argv: string[], env: Record<string, string>): Promise<ChildProcess> {
    const options = { cwd: dir, env: { ...surroundings, ...env }, stdio: ['ignore', 'pipe', 'inherit'] as const };
    const child = spawn(process.execPath, [tsunagi, ...argv, '--json'], { ...options, stdio: [...options.stdio] });
    running.push(child);
    let text = '';
    child.stdout?.on('data', (chunk) => (text += String(chunk)));
    await waitFor(() => text.includes('"ok"') || child.exitCode !== null, { what: argv.join(' '), timeoutMs: 60_000 });
    expect(text).toContain('"ok":true');
    return child;
  }
});

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill('SIGTERM');
  return (await exit)[0];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
