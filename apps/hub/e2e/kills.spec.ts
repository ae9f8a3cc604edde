// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { brokerAccounts } from '@tsunagi/messaging';
import { describeWithServices, startPrivateRabbit, waitFor, type PrivateRabbit } from '@tsunagi/testing';
import { Client } from 'pg';
import { kaigoRecord } from './town/kaigo-desk';
import { kosodateEvent } from './town/kosodate-desk';
import { pluginIds, productionTown, type ProductionControls, type Town } from './town/town';

/** `npm run test:long -- kills` takes 20; every change is tried with fewer. */
const times = Number(process.env['KILLS'] ?? '1');

jest.setTimeout(120_000 + times * 60_000);

/** What the recipient's table, the deliveries and the ledger say about everything that was sent. */
async function accounts(
  databaseUrl: string,
): Promise<{ sent: number; written: number; doubled: number; open: number; ledger: number }> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{
      sent: number;
      written: number;
      doubled: number;
      open: number;
      ledger: number;
    }>(`select
      (select count(*)::int from referral where state <> 'awaiting_authority') as sent,
      (select count(distinct hub_shokai_id)::int from legacy_konkyu.T_HUB_UKETSUKE) as written,
      (select count(*)::int - count(distinct hub_shokai_id)::int from legacy_konkyu.T_HUB_UKETSUKE) as doubled,
      (select count(*)::int from delivery where state <> 'delivered') as open,
      (select count(*)::int from disclosure d join delivery v on v.id = d.delivery where d.state = 'written' and v.kind = 'referral') as ledger`);
    const [row] = rows;
    if (!row) throw new Error('no accounts');
    return row;
  } finally {
    await client.end();
  }
}

/** Nothing lost, nothing doubled, nothing left open: every referral is in the table once, with its ledger line. */
async function settled(town: ProductionControls, expected: number): Promise<void> {
  const last = await waitFor(
    async () => {
      const now = await accounts(town.databaseUrl);
      return now.written === expected && now.open === 0 && now;
    },
    { what: `${expected} referrals to arrive`, timeoutMs: 60_000, everyMs: 200 },
  ).catch(() => accounts(town.databaseUrl));
  expect(last).toEqual({ sent: expected, written: expected, doubled: 0, open: 0, ledger: expected });
}

/** The statuses of one referral as its sender reads them: no code twice. */
const doubledStatuses = (town: Town, keys: readonly string[]) =>
  keys.filter((key) => town.kaigo.statuses(key).length !== new Set(town.kaigo.statuses(key).map((r) => r[6])).size);

const drop = (town: Town, round: number, rows: number): string[] => {
  const keys = Array.from({ length: rows }, (_, n) => `K-${round}-${n}`);
  town.kaigo.drop(keys.map((key, n) => kaigoRecord({ key, insured: String(round * 1000 + n).padStart(10, '0') })));
  return keys;
};

describeWithServices(
  ['postgres', 'rabbit-accounts'],
  `killed ${times} times, nothing is lost and nothing doubled`,
  () => {
    describe('the plugin host, between the write and its receipt', () => {
      let town: Town & ProductionControls;
      beforeAll(async () => (town = await productionTown()));
      afterAll(() => town?.close());

      it('writes each delivery once', async () => {
        const keys: string[] = [];
        for (let round = 1; round <= times; round++) {
          await town.killHost('delivery-written:1:exit');
          keys.push(...drop(town, round, 5));
          await waitFor(() => town.hostEnded(), { what: 'the host to die', timeoutMs: 40_000 });
        }
        await town.killHost();
        await settled(town, times * 5);
        expect(doubledStatuses(town, keys)).toEqual([]);
      });
    });

    describe('the plugin host, between the write of a file for 介護 or a row for 生活困窮 and its receipt', () => {
      let town: Town & ProductionControls;
      beforeAll(async () => (town = await productionTown()));
      afterAll(() => town?.close());

      it('brings each consultation in one record, and tells each state in one row', async () => {
        const sodans: string[] = [];
        for (let round = 1; round <= times; round++) {
          await town.killHost('delivery-written:1:exit');
          for (let n = 0; n < 5; n++) {
            sodans.push(`KS-${round}-${n}`);
            await town.konkyu.consult(`KS-${round}-${n}`);
          }
          await waitFor(() => town.hostEnded(), { what: 'the host to die', timeoutMs: 40_000 });
        }
        await town.killHost();
        for (const sodan of sodans) await town.konkyu.told(sodan, '10');
        expect(await Promise.all(sodans.map((sodan) => town.konkyu.results(sodan)))).toEqual(
          sodans.map((sodan_id) => [expect.objectContaining({ sodan_id, jotai_cd: '10' })]),
        );
        const brought = town.kaigo.referrals().map(({ values }) => values[2]);
        expect([brought.length, new Set(brought).size]).toEqual([sodans.length, sodans.length]);
      });
    });

    describe('the plugin host, while a 子育て system calls it, and between a call back and its receipt', () => {
      let town: Town & ProductionControls;
      beforeAll(async () => (town = await productionTown()));
      afterAll(() => town?.close());

      it('loses no event that it has acknowledged, and calls back with each thing under one key', async () => {
        const keys: string[] = [];
        const sodans: string[] = [];
        for (let round = 1; round <= times; round++) {
          await town.killHost('delivery-written:1:exit');
          const events = Array.from({ length: 5 }, (_, n) =>
            kosodateEvent({ key: `KC-${round}-${n}`, person: String(9_950_000 + round * 10 + n) }),
          );
          const answers = events.map((event) => town.kosodate.insist('events', event));
          for (let n = 0; n < 3; n++) {
            sodans.push(`KD-${round}-${n}`);
            await town.konkyu.consult(`KD-${round}-${n}`, { tsunagi_bunya: '3' });
          }
          await waitFor(() => town.hostEnded(), { what: 'the host to die', timeoutMs: 40_000 });
          await town.killHost();
          // Whoever got no answer came again: 200 where the hub had taken it before the host could say so.
          for (const { status } of await Promise.all(answers)) expect([200, 202]).toContain(status);
          keys.push(...events.map(({ eventId }) => eventId));
        }
        for (const key of keys) await town.kosodate.status(key, '10');
        for (const sodan of sodans) await town.konkyu.told(sodan, '10');
        const written = (await town.konkyu.all()).map((row) => row.hub_shokai_id);
        expect([written.length, new Set(written).size]).toEqual([keys.length, keys.length]);
        // A call whose answer died with the host comes again, under the same key and with the same content but for the moment
        // at which it is sent; the system may then say 409, for it has that already.
        const { calls } = town.kosodate;
        const under = (asked: typeof calls) => new Map(asked.toReversed().map((call) => [call.key, call]));
        for (const key of keys) expect(under(town.kosodate.statuses(key)).size).toBe(1);
        const first = under(calls);
        expect(under(town.kosodate.referrals()).size).toBe(sodans.length);
        expect([...first.values()].filter(({ status }) => status === 409)).toEqual([]);
        const brought = (call?: (typeof calls)[number]) => ({ ...call?.body, sentAt: undefined });
        for (const call of calls) expect(brought(call)).toEqual(brought(first.get(call.key)));
      });
    });

    describe('the hub, between publish and mark', () => {
      let town: Town & ProductionControls;
      beforeAll(async () => (town = await productionTown()));
      afterAll(() => town?.close());

      it('publishes again, and each delivery is written once', async () => {
        const keys: string[] = [];
        for (let round = 1; round <= times; round++) {
          await town.killHub('published:1');
          keys.push(...drop(town, round, 5));
          await waitFor(() => town.hubEnded(), { what: 'the hub to die', timeoutMs: 40_000 });
        }
        await town.killHub();
        await settled(town, times * 5);
        expect(doubledStatuses(town, keys)).toEqual([]);
      });
    });
  },
);

describeWithServices(['postgres', 'private-rabbit'], `a broker that loses its disk ${times} times under load`, () => {
  let rabbit: PrivateRabbit;
  let town: Town & ProductionControls;

  beforeAll(async () => {
    rabbit = await startPrivateRabbit();
    const amqpUrls: Record<string, string> = {};
    for (const { account, topics, ...rights } of brokerAccounts(pluginIds)) {
      const topicWrite = Object.fromEntries(topics.map((t) => [t.exchange, t.write]));
      amqpUrls[account] = await rabbit.addAccount(account, `password-of-${account}`, { ...rights, topicWrite });
    }
    town = await productionTown({ amqpUrls });
  });
  afterAll(async () => {
    await town?.close();
    await rabbit?.stop();
  });

  it('loses nothing, because the database is the record and the broker only a courier', async () => {
    for (let round = 1; round <= times; round++) {
      drop(town, round, 40);
      // Some have arrived, some are under way.
      await waitFor(async () => (await town.konkyu.all()).length > (round - 1) * 40, {
        what: 'the first to arrive',
        timeoutMs: 40_000,
      });
      await rabbit.eraseData();
      await settled(town, round * 40);
    }
  });
});
