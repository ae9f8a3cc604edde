// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type ConnectedPlugin, type Delivery, uuidToBase32, uuidV7 } from '@tsunagi/plugin-sdk';
import { FakeClock } from '@tsunagi/plugin-sdk/testing';
import { describeWithServices } from '@tsunagi/testing';
import { claim, referralId } from './answer-row';
import { connectKonkyu, read, runKonkyu } from './connected-konkyu';
import { aReferral } from './disclosed-referral';
import { LegacyOffice } from './legacy-office';
import { products } from './products';
import { writeEcho } from '../src/consultations/consultation-key';

jest.setTimeout(30_000);

const start = new Date('2026-11-20T18:00:00+09:00');
const hours = (n: number) => n * 3_600_000;
const madeBefore = (ms: number) => uuidV7(new Date(start.getTime() - ms));

const referral = (deliveryId: string): Delivery => ({
  ...{ kind: 'referral', deliveryId, claim },
  referral: aReferral({ deliveryId }),
});
const status = (deliveryId: string): Delivery => ({
  ...{ kind: 'status', deliveryId, claim },
  status: {
    ...{ deliveryId, claim, referralId, code: '20', at: '2026-11-20T10:00:00+09:00' },
    echo: writeEcho({ sodanId: 'S-1', target: '1' }),
  },
});
const recall = (cancels: string): Delivery => {
  const deliveryId = madeBefore(0);
  return { kind: 'recall', deliveryId, claim, recall: { deliveryId, claim, cancels, referralId } };
};

for (const product of products) {
  describeWithServices([product.need], `what the office has taken in (${product.name})`, () => {
    let office: LegacyOffice;
    let clock: FakeClock;
    const plugins: ConnectedPlugin[] = [];
    const connect = async (more: Record<string, unknown> = {}) => {
      const plugin = await connectKonkyu(office.place, more, clock);
      plugins.push(plugin);
      return plugin;
    };
    const look = async (plugin: ConnectedPlugin, asked = false) => {
      const { items, untakenSince } = await read(plugin, 'torikomi', { asked });
      return { said: items.map(({ type, body }) => [type, body]), untakenSince };
    };
    const arrived = (deliveryId: string, at: string) => [
      'referral.response.v1',
      { response: { deliveryId, code: '10', at }, origin: { row: 0 } },
    ];

    beforeEach(async () => {
      office = await LegacyOffice.open(product);
      await office.grant();
      await office.letLook();
      clock = new FakeClock(start.toISOString());
    });
    afterEach(async () => {
      await Promise.all(plugins.splice(0).map((plugin) => plugin.close()));
      await office.close();
    });

    describe('is told to the hub as arrived', () => {
      it('once, with the office’s own time, of referrals and of states', async () => {
        const [one, two, other] = [madeBefore(hours(3)), madeBefore(hours(2)), madeBefore(hours(1))];
        const plugin = await connect();
        await plugin.sink.write([referral(one), status(two), referral(other)]);
        expect((await look(plugin)).said).toEqual([]);
        await office.takesIn(uuidToBase32(one), '2026-11-20 17:30:00.987654');
        await office.takesIn(uuidToBase32(two), '2026-11-20 17:45:00.123456');
        expect((await look(plugin)).said).toEqual([
          arrived(one, '2026-11-20T17:30:00.987+09:00'),
          arrived(two, '2026-11-20T17:45:00.123+09:00'),
        ]);
        expect((await look(plugin)).said).toEqual([]);
      });

      it('under the same name again after a restart, which the hub answers from its record', async () => {
        const id = madeBefore(hours(3));
        const before = await connect();
        await before.sink.write([referral(id)]);
        await office.takesIn(uuidToBase32(id));
        const names = async (plugin: ConnectedPlugin) =>
          (await read(plugin, 'torikomi')).items.map(({ itemId }) => itemId);
        const first = await names(before);
        expect(first).toEqual([`torikomi/${uuidToBase32(id)}`]);
        expect(await names(await connect())).toEqual(first);
      });

      it('as of now where the office says no time of it, or one that is none', async () => {
        const [one, two] = [madeBefore(hours(3)), madeBefore(hours(2))];
        const plugin = await connect();
        await plugin.sink.write([referral(one), referral(two)]);
        await office.takesIn(uuidToBase32(one), null);
        await office.takesIn(uuidToBase32(two), product.noTime);
        expect((await read(plugin, 'torikomi')).items.map(({ body }) => body)).toMatchObject([
          { response: { deliveryId: one, at: '2026-11-20T18:00:00.000+09:00' } },
          { response: { deliveryId: two, at: '2026-11-20T18:00:00.000+09:00' } },
        ]);
      });

      it('only when its cancellation is taken in as well', async () => {
        const id = madeBefore(hours(3));
        const plugin = await connect();
        await plugin.sink.write([referral(id), recall(id)]);
        const name = uuidToBase32(id);
        await office.run(`UPDATE t_hub_uketsuke SET torikomi_flg = '1' WHERE torikeshi_kbn = '1'`);
        expect((await look(plugin)).said).toEqual([]);
        await office.takesIn(name);
        expect((await look(plugin)).said).toHaveLength(1);
      });

      it('however many there are, some thousands a pass', async () => {
        const ids = Array.from({ length: 5_200 }, (_, n) => madeBefore(hours(100) - n));
        const names = ids.map(uuidToBase32);
        for (let from = 0; from < names.length; from += 1_000) {
          const some = names.slice(from, from + 1_000);
          await office.run(
            `INSERT INTO t_hub_kekka (kekka_id, torikomi_flg) VALUES ${some.map(() => `(?, '1')`).join(', ')}`,
            some,
          );
        }
        const plugin = await connect();
        const first = (await look(plugin)).said.length;
        expect(first).toBeLessThan(names.length);
        expect(first + (await look(plugin)).said.length).toBe(names.length);
        expect((await look(plugin)).said).toEqual([]);
      });
    });

    describe('and what it has not', () => {
      it('is told when it has lain for the hours of the settings, the oldest first, until it is taken in', async () => {
        const [old, newer] = [madeBefore(hours(5)), madeBefore(hours(4.5))];
        const plugin = await connect({ alertAfterHours: 5 });
        await plugin.sink.write([status(newer), referral(old)]);
        expect((await look(plugin)).untakenSince).toEqual(new Date(start.getTime() - hours(5)));
        await office.takesIn(uuidToBase32(old));
        expect((await look(plugin)).untakenSince).toBeUndefined();
        clock.advance(hours(0.5));
        expect((await look(plugin)).untakenSince).toEqual(new Date(start.getTime() - hours(4.5)));
        await office.takesIn(uuidToBase32(newer));
        expect((await look(plugin)).untakenSince).toBeUndefined();
      });

      it('is told a day after it was written where the settings say nothing', async () => {
        const plugin = await connect();
        await look(plugin);
        // Made long ago, and written only now.
        await plugin.sink.write([referral(madeBefore(hours(200)))]);
        await look(plugin);
        clock.advance(hours(24) - 1);
        expect((await look(plugin)).untakenSince).toBeUndefined();
        clock.advance(1);
        expect((await look(plugin)).untakenSince).toEqual(start);
      });

      it('is told of a cancellation, too', async () => {
        const id = madeBefore(hours(30));
        const plugin = await connect();
        await plugin.sink.write([referral(id)]);
        await office.takesIn(uuidToBase32(id));
        await look(plugin);
        await plugin.sink.write([recall(id)]);
        expect((await look(plugin)).untakenSince).toBeUndefined();
        clock.advance(hours(24));
        expect((await look(plugin)).untakenSince).toEqual(start);
      });

      it('is not told of 90, behind which no delivery lies, nor after a month', async () => {
        const insert = (name: string) => office.run('INSERT INTO t_hub_kekka (kekka_id) VALUES (?)', [name]);
        await insert('5ZZZZZZZZZZZZZZZZZZZZZZZZZ');
        await insert(uuidToBase32(madeBefore(hours(24 * 31) + 1)));
        await insert('');
        expect(await look(await connect())).toEqual({ said: [], untakenSince: undefined });
      });
    });

    describe('where the account may not look', () => {
      const marks = async (plugin: ConnectedPlugin) =>
        (await plugin.check()).filter(({ name }) => name.startsWith('取り込みの印'));

      it('is said by the check, which passes all the same, and nothing is told', async () => {
        const plugin = await connect({ alertAfterHours: 1 });
        expect((await marks(plugin)).map(({ ok, code, hint }) => [ok, code, hint])).toEqual([
          [true, undefined, undefined],
          [true, undefined, undefined],
        ]);
        const bare = await LegacyOffice.open(product);
        await bare.grant();
        const blind = await connectKonkyu(bare.place, { alertAfterHours: 1 }, clock);
        plugins.push(blind);
        await blind.sink.write([referral(madeBefore(hours(30)))]);
        expect(await marks(blind)).toEqual(
          ['t_hub_uketsuke', 't_hub_kekka'].map((table) => ({
            name: `取り込みの印 ${bare.place.schema}.${table}`,
            ok: true,
            code: 'MARKS_NOT_READ',
            hint: expect.stringContaining('未取り込みの警告も出ません'),
          })),
        );
        expect(await look(blind)).toEqual({ said: [], untakenSince: undefined });
        await Promise.all(plugins.splice(0).map((one) => one.close()));
        await bare.close();
      });

      it('the other table is looked at all the same, and this one again when a person asks or an hour later', async () => {
        const bare = await LegacyOffice.open(product);
        await bare.grant();
        await bare.server.grant('SELECT (kekka_id, torikomi_flg, torikomi_dt)', 't_hub_kekka');
        const plugin = await connectKonkyu(bare.place, {}, clock);
        const ids = [madeBefore(hours(3)), madeBefore(hours(2)), madeBefore(hours(1))];
        await plugin.sink.write([referral(ids[0]!), status(ids[1]!)]);
        for (const id of ids) await bare.takesIn(uuidToBase32(id));
        const told = async (asked = false) =>
          (await read(plugin, 'torikomi', { asked })).items.map(({ itemId }) => itemId.split('/')[1]);
        expect(await told()).toEqual([uuidToBase32(ids[1]!)]);
        await bare.server.grant('SELECT (haiso_id, torikomi_flg, torikomi_dt)', 't_hub_uketsuke');
        expect(await told()).toEqual([]);
        expect(await told(true)).toEqual([uuidToBase32(ids[0]!)]);
        await plugin.close();
        await bare.close();
      });

      it('a column that is missing is a failed check', async () => {
        await office.server.grant('SELECT', 't_hub_kekka');
        await office.run('ALTER TABLE t_hub_kekka DROP COLUMN torikomi_dt');
        expect(await marks(await connect())).toContainEqual(
          expect.objectContaining({ ok: false, code: product.says.noColumn }),
        );
      });
    });

    it('reaches the hub from a host, with the time since when something lies', async () => {
      const run = await runKonkyu(office.place);
      const now = run.clock.now().getTime();
      const [taken, lying] = [uuidV7(new Date(now - hours(30))), uuidV7(new Date(now - hours(29)))];
      for (const id of [taken, lying])
        await run.hub.deliver('referral.sent.v1', {
          ...{ deliveryId: id, claim },
          referral: aReferral({ deliveryId: id }),
        });
      await office.takesIn(uuidToBase32(taken), null);
      run.runner.poll();
      await run.until(() => run.hub.items.length > 0);
      expect(run.hub.items).toMatchObject([
        { type: 'referral.response.v1', body: { response: { deliveryId: taken, code: '10' } } },
      ]);
      expect(run.runner.untakenSince).toBeUndefined();
      run.clock.advance(hours(24));
      await run.until(() => run.runner.untakenSince);
      await run.stop();
    });
  });
}
