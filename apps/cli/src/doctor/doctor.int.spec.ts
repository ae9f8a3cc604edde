// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { assertTopology, brokerAccounts } from '@tsunagi/messaging';
import { describeWithServices, type TestDatabase, testServices, type TestVhost } from '@tsunagi/testing';
import { loadKeys, migrate, migrationNames } from '@tsunagi/hub';
import { connect } from 'amqplib';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { checkBroker, judgeBroker } from './check-broker';
import { clockOfDatabase, clockOfHost, clockOfHub, judgeClocks } from './check-clocks';
import { checkDatabase, judgeDatabase } from './check-database';
import { checkKeys } from './check-keys';

const says = (text: string) => expect.stringContaining(text) as string;

describeWithServices(['postgres'], 'the doctor on a database', () => {
  let database: TestDatabase;
  let admin: Client;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    database = await testServices().postgres.createDatabase('doctor');
    admin = new Client({ connectionString: database.url });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const check = (url = database.url) => checkDatabase({ databaseUrl: url, amqpUrl: undefined }, migrationNames);

  it('that is not there', async () => {
    const url = new URL(database.url);
    url.port = '1';
    expect(await check(url.href)).toMatchObject({ verdict: 'failure', says: says('ECONNREFUSED') });
  });

  it('without tables, which it does not make', async () => {
    expect(await check()).toMatchObject({ verdict: 'failure', says: says('ハブの表がまだ'), remedy: says('migrate') });
    const { rows } = await admin.query("select from pg_tables where schemaname = 'public'");
    expect(rows).toHaveLength(0);
  });

  it('that forgets what it has confirmed', async () => {
    await admin.query(`alter database "${database.name}" set synchronous_commit = off`);
    expect(await check()).toMatchObject({ verdict: 'failure', says: says('synchronous_commit=off') });
    await admin.query(`alter database "${database.name}" reset synchronous_commit`);
  });

  it('of this version, of an older and of a newer one', async () => {
    await migrate({ databaseUrl: database.url, embedded: false });
    expect(await check()).toMatchObject({ verdict: 'ok' });
    const last = migrationNames.at(-1);
    await admin.query('update hub_migration set name = $2 where name = $1', [last, 'OfTomorrow9999999999999']);
    expect(await check()).toMatchObject({
      verdict: 'failure',
      says: says('知らない変更 1 個'),
      remedy: says('新しい版'),
    });
    await admin.query('delete from hub_migration where name = $1', ['OfTomorrow9999999999999']);
    expect(await check()).toMatchObject({ verdict: 'failure', says: says('まだの変更 1 個'), remedy: says('migrate') });
  });

  it('whose server is too old', () => {
    const examined = { version: '14.11', number: 140_011, forgetful: [], applied: migrationNames };
    expect(judgeDatabase(examined, migrationNames)).toMatchObject({ verdict: 'failure', remedy: says('15 以上') });
  });

  describe('and its keys', () => {
    const read = (path: string) => loadKeys(path, false);
    const keysAt = (path: string) => checkKeys({ keys: path, databaseUrl: database.url, amqpUrl: undefined }, read);
    const file = (name: string) => {
      const path = join(folder, name);
      return { path, ...loadKeys(path, true) };
    };

    it('that are not there yet, are open to others, or damaged', async () => {
      expect(await keysAt(join(folder, 'none'))).toMatchObject({ verdict: 'warning' });
      const { path } = file('open.json');
      expect(await keysAt(path)).toMatchObject({ verdict: 'ok' });
      chmodSync(path, 0o644);
      expect(await keysAt(path)).toMatchObject({ verdict: 'failure', remedy: says('chmod 600') });
      writeFileSync(join(folder, 'damaged.json'), '{', { mode: 0o600 });
      expect(await keysAt(join(folder, 'damaged.json'))).toMatchObject({ verdict: 'failure', remedy: says('控え') });
    });

    it('that are lost, or another’s, once there are records', async () => {
      const own = file('own.json');
      const { rows } = await admin.query<{ name: string }>(
        `select quote_ident(attname) as name from pg_attribute
         where attrelid = 'referral'::regclass and attnum > 0 and not attisdropped and attnotnull and attname <> 'id'`,
      );
      // What else a referral must have is beside the point.
      await admin.query(`alter table referral ${rows.map(({ name }) => `alter ${name} drop not null`).join(', ')}`);
      await admin.query('insert into referral (id, content) values (gen_random_uuid(), $1)', [
        own.sealing.seal('here', {}),
      ]);
      expect(await keysAt(own.path)).toMatchObject({ verdict: 'ok' });
      expect(await keysAt(file('other.json').path)).toMatchObject({
        verdict: 'failure',
        says: says('閉じた鍵がありません'),
      });
      expect(await keysAt(join(folder, 'none'))).toMatchObject({ verdict: 'failure', says: says('記録があるのに') });
    });
  });

  it('whose clock is another than that of this machine', async () => {
    const right = await clockOfDatabase(database.url);
    expect(judgeClocks([right!])).toMatchObject({ verdict: 'ok' });
    const late = await clockOfDatabase(database.url, () => Date.now() + 90_000);
    expect(judgeClocks([late!])).toMatchObject({
      verdict: 'failure',
      says: 'データベース の時計が 90 秒遅れています。',
    });
  });
});

describe('the doctor on clocks', () => {
  it('hears the hub’s, and those of the hosts through it', async () => {
    const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const right = await clockOfHub(url);
    const early = await clockOfHub(url, () => Date.now() - 20_000);
    server.close();
    expect(judgeClocks([right!, clockOfHost('kaigo.a', -200, right)])).toMatchObject({ verdict: 'ok' });
    expect(judgeClocks([early!])).toMatchObject({
      verdict: 'warning',
      says: expect.stringMatching(/ハブ の時計が (19|20|21) 秒進んで/),
    });
    expect(judgeClocks([right!, clockOfHost('kaigo.a', -300_000, right)])).toMatchObject({
      verdict: 'failure',
      says: expect.stringMatching(/^ホスト kaigo\.a の時計が (299|300|301) 秒遅れて/),
      remedy: says('chrony'),
    });
    expect(await clockOfHub(url)).toBeUndefined();
  });
});

describeWithServices(['rabbit-accounts'], 'the doctor on a broker', () => {
  let vhost: TestVhost;
  let hubUrl: string;
  const plugins = ['kaigo', 'konkyu'];
  /** With the rights that `tsunagi init` gives it. */
  const accountHere = (name: string) => {
    const { account, configure, write, read } = brokerAccounts(plugins).find(({ account: each }) => each === name)!;
    return vhost.addAccount(account, { configure, write, read });
  };
  beforeAll(async () => {
    vhost = await testServices().rabbit.createVhost('doctor');
    hubUrl = await accountHere('hub');
  });
  afterAll(() => vhost.deleteVhost());

  const check = (amqpUrl = hubUrl) => checkBroker({ amqpUrl, plugins });
  const onBroker = async (work: (channel: Awaited<ReturnType<typeof channelOf>>['channel']) => Promise<unknown>) => {
    const { model, channel } = await channelOf(vhost.url);
    await work(channel);
    await model.close();
  };

  it('that refuses the account', async () => {
    const url = new URL(hubUrl);
    url.password = 'another';
    expect(await check(url.href)).toMatchObject({ verdict: 'failure', says: says('ACCESS_REFUSED') });
  });

  it('without exchanges and queues, which it does not make', async () => {
    expect(await check()).toMatchObject({
      verdict: 'failure',
      says: says('hub.intake、hub.answers'),
      remedy: says('tsunagi migrate'),
    });
    expect(await vhost.listQueues()).toEqual([]);
  });

  it('with all that a hub and a plugin need', async () => {
    await assertTopology({ url: hubUrl, plugins });
    expect(await check()).toMatchObject({ verdict: 'ok', says: expect.stringMatching(/^RabbitMQ \d+\.\d+/) });
    const url = await accountHere('plugin.konkyu');
    expect(await check(url)).toMatchObject({ verdict: 'ok', says: says('plugin.konkyu') });
  });

  it('that lacks a queue, or has one of another kind', async () => {
    await onBroker((channel) => channel.deleteQueue('plugin.konkyu.answers'));
    expect(await check()).toMatchObject({ verdict: 'failure', says: says('：plugin.konkyu.answers。') });
    await onBroker((channel) => channel.assertQueue('plugin.konkyu.answers', { durable: true }));
    expect(await check()).toMatchObject({ verdict: 'failure', says: says('性質'), remedy: says('delete_queue') });
  });

  it('that has an exchange of another kind', async () => {
    await onBroker((channel) => channel.deleteQueue('plugin.konkyu.answers'));
    await assertTopology({ url: hubUrl, plugins });
    expect(await check()).toMatchObject({ verdict: 'ok' });
    await onBroker(async (channel) => {
      await channel.deleteExchange('tsunagi.dead');
      await channel.assertExchange('tsunagi.dead', 'topic', { durable: true });
    });
    expect(await check()).toMatchObject({ verdict: 'failure', says: says('：tsunagi.dead。') });
  });

  it('that is too old', () => {
    const state = { version: '3.9.27', missing: [], different: [] };
    expect(judgeBroker(state, 'hub')).toMatchObject({ verdict: 'failure', remedy: says('3.10 以上') });
  });
});

async function channelOf(url: string) {
  const model = await connect(url);
  return { model, channel: await model.createChannel() };
}
