// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type ConnectedPlugin, type Delivery, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { describeWithServices } from '@tsunagi/testing';
import { claim, deliveryId, referralId } from './answer-row';
import { connectKonkyu, read, runKonkyu } from './connected-konkyu';
import { aReferral, permittedItems } from './disclosed-referral';
import { LegacyOffice } from './legacy-office';
import { products } from './products';
import { writeEcho } from '../src/consultations/consultation-key';

jest.setTimeout(30_000);

const readAnswers = (plugin: ConnectedPlugin, committed?: string) => read(plugin, 'oto', { committed });
const recallId = '019a9f00-0000-7000-8000-0000000000d2';
const sent = (changes: Parameters<typeof aReferral>[0] = {}): Delivery => {
  const referral = aReferral(changes);
  return { kind: 'referral', deliveryId: referral.deliveryId, claim, referral };
};
const recalled: Delivery = {
  kind: 'recall',
  deliveryId: recallId,
  claim,
  recall: { deliveryId: recallId, claim, cancels: deliveryId, referralId },
};

for (const product of products) {
  describeWithServices([product.need], `konkyu on the office’s database (${product.name})`, () => {
    let office: LegacyOffice;
    const plugins: ConnectedPlugin[] = [];
    const connect = async () => {
      const plugin = await connectKonkyu(office.place);
      plugins.push(plugin);
      return plugin;
    };

    beforeEach(async () => {
      office = await LegacyOffice.open(product);
      await office.grant();
    });
    afterEach(async () => {
      await Promise.all(plugins.splice(0).map((plugin) => plugin.close()));
      await office.close();
    });

    describe('its check', () => {
      const failed = async (plugin: ConnectedPlugin) =>
        (await plugin.check()).flatMap(({ name, ok, code }) => (ok ? [] : [[name, code]]));

      it('passes with SELECT on the views, INSERT on the tables and a form version, and changes nothing', async () => {
        const { schema } = office.place;
        const findings = await (await connect()).check();
        expect(findings.map(({ name }) => name)).toEqual([
          `ビュー ${schema}.v_hub_sodan`,
          `ビュー ${schema}.v_hub_oto`,
          `表 ${schema}.t_hub_uketsuke`,
          `表 ${schema}.t_hub_kekka`,
          `取り込みの印 ${schema}.t_hub_uketsuke`,
          `取り込みの印 ${schema}.t_hub_kekka`,
          '同意書様式の版',
        ]);
        expect(findings.every(({ ok }) => ok)).toBe(true);
        expect(await office.received()).toEqual([]);
        expect(await office.results()).toEqual([]);
      });

      it.each([
        ['INSERT', '表', 't_hub_uketsuke'],
        ['INSERT', '表', 't_hub_kekka'],
        ['SELECT', 'ビュー', 'v_hub_sodan'],
        ['SELECT', 'ビュー', 'v_hub_oto'],
      ] as const)('says that the right to %s is missing on %s %s', async (right, kind, name) => {
        await office.server.revoke(right, name);
        expect(await failed(await connect())).toEqual([
          [`${kind} ${office.place.schema}.${name}`, product.says.noRight],
        ]);
      });

      it.each(['v_hub_sodan', 'v_hub_oto'])('says that the view %s is not there', async (view) => {
        await office.run(`DROP VIEW ${view}`);
        expect(await failed(await connect())).toEqual([
          [`ビュー ${office.place.schema}.${view}`, product.says.noTable],
        ]);
      });

      it.each([
        ['t_hub_uketsuke', 'teikyo_mask'],
        ['t_hub_kekka', 'sashimodoshi_riyu'],
      ])('says that %s lacks the column %s', async (table, column) => {
        await office.run(`ALTER TABLE ${table} DROP COLUMN ${column}`);
        expect(await failed(await connect())).toEqual([[`表 ${office.place.schema}.${table}`, product.says.noColumn]]);
      });

      it('says that no form stands behind 同意あり', async () => {
        const plugin = await connectKonkyu(office.place, { formVersion: undefined });
        plugins.push(plugin);
        expect(await failed(plugin)).toEqual([['同意書様式の版', 'FORM_VERSION_MISSING']]);
      });
    });

    describe('a referral', () => {
      it('becomes one row with what the consent lets through', async () => {
        const { sink } = await connect();
        expect(await sink.write([sent()])).toEqual([{ deliveryId, ok: true, notCarried: [] }]);
        expect(await office.received()).toEqual([
          {
            haiso_id: uuidToBase32(deliveryId),
            hub_shokai_id: uuidToBase32(referralId),
            torikeshi_kbn: '1',
            shurui_cd: '01',
            soshin_bunya: '1',
            soshin_kikan: '見本市地域包括支援センター',
            soshin_tanto: '見本　四郎',
            konkyo_cd: '01',
            shimei: '見本　花子',
            furigana: 'ミホン ハナコ',
            seibetsu: '2',
            seinen_gengo: '2',
            seinen_ymd: '150105',
            jusho: '見本県見本市見本町一丁目１番１号',
            tel: '0991234567',
            setai_ninzu: 2,
            sodan_naiyo: '0010020000000000',
            renraku_bun: null,
            kinkyu: '1',
            kigen_ymd: '20261130',
            teikyo_mask: '110101000000000000000000',
            sakusei_dt: '2026-11-20 18:00:00',
            torikomi_flg: '0',
            torikomi_dt: null,
          },
        ]);
      });

      it('arrives with characters that CP932 does not know', async () => {
        const { sink } = await connect();
        await sink.write([sent({ items: { identity: { name: '髙﨑𠮷〜' } } })]);
        expect(await office.received()).toMatchObject([{ shimei: '髙﨑𠮷〜' }]);
      });

      it('that is written again, even by a host that remembers nothing, stays one row', async () => {
        await (await connect()).sink.write([sent(), sent()]);
        const again = sent({ items: { ...permittedItems, identity: { name: '別の　名前' } } });
        expect(await (await connect()).sink.write([again])).toMatchObject([{ deliveryId, ok: true }]);
        expect(await office.received()).toMatchObject([{ shimei: '見本　花子' }]);
      });

      it('names what the table has no place for', async () => {
        const { sink } = await connect();
        const items = { ...permittedItems, care_level: { level: '22' } };
        expect(await sink.write([sent({ items })])).toMatchObject([{ ok: true, notCarried: ['care_level'] }]);
      });

      it('that is a notification is refused, and the rest of its batch is written', async () => {
        const { sink } = await connect();
        const other = '019a9f00-0000-7000-8000-0000000000d9';
        const outcomes = await sink.write([sent({ kind: 'notification' }), sent({ deliveryId: other })]);
        expect(outcomes).toContainEqual(expect.objectContaining({ deliveryId, ok: false, code: 'E-HUB-ONLY' }));
        expect(await office.received()).toMatchObject([{ haiso_id: uuidToBase32(other) }]);
      });

      it('that is corrected gets a second row, whole, under the same 紹介ID', async () => {
        const { sink } = await connect();
        const own = '019a9f00-0000-7000-8000-0000000000d5';
        const items = { ...permittedItems, contact: { address: '見本県見本市見本町二丁目２番２号' } };
        const correction: Delivery = {
          kind: 'supplement',
          deliveryId: own,
          claim,
          referral: aReferral({ deliveryId: own, items }),
        };
        expect(await sink.write([sent(), correction, correction])).toMatchObject([{ ok: true }, { ok: true }]);
        expect(await office.received()).toMatchObject([
          { haiso_id: uuidToBase32(deliveryId), torikeshi_kbn: '1', jusho: '見本県見本市見本町一丁目１番１号' },
          {
            haiso_id: uuidToBase32(own),
            torikeshi_kbn: '2',
            jusho: '見本県見本市見本町二丁目２番２号',
            torikomi_flg: '0',
          },
        ]);
        const [first, second] = await office.received();
        expect(second!['hub_shokai_id']).toBe(first!['hub_shokai_id']);
      });

      it('that is recalled gets a second row without anything of the person', async () => {
        const { sink } = await connect();
        expect(await sink.write([sent(), recalled])).toMatchObject([{ ok: true }, { ok: true }]);
        const [, cancellation] = await office.received();
        const { haiso_id, hub_shokai_id, torikeshi_kbn, sakusei_dt, torikomi_flg, ...rest } = cancellation!;
        expect(haiso_id).toBe(uuidToBase32(deliveryId));
        expect(hub_shokai_id).toBe(uuidToBase32(referralId));
        expect([torikeshi_kbn, sakusei_dt, torikomi_flg]).toEqual(['3', '2026-11-20 18:00:00', '0']);
        expect(new Set(Object.values(rest))).toEqual(new Set([null]));
      });
    });

    describe('a day', () => {
      const counted = async (plugin: ConnectedPlugin, day = '2026-11-20') => {
        const counts = [];
        for (const source of plugin.sources) counts.push(...(await source.countDay(day)));
        return [...counts, ...((await plugin.sink.countDay?.(day)) ?? [])];
      };
      const statusId = '019a9f00-0000-7000-8000-0000000000d3';
      const status = { deliveryId: statusId, claim, referralId, code: '20', at: '2026-11-20T10:00:00+09:00' } as const;
      const told: Delivery = {
        ...{ kind: 'status', deliveryId: statusId, claim },
        status: { ...status, echo: writeEcho({ sodanId: 'S-1', target: '1' }) },
      };
      const looks = async () => {
        await office.server.grant('SELECT (sakusei_dt)', 't_hub_uketsuke');
        await office.server.grant('SELECT (sakusei_dt, hub_shokai_id)', 't_hub_kekka');
      };

      it('is counted as the office’s own views and tables have it, and a row that goes away is missed', async () => {
        await looks();
        const plugin = await connect();
        await office.consults(
          { renban: '1', koshin_dt: '2026-11-20 00:00:00' },
          { renban: '2', koshin_dt: '2026-11-20 23:59:59.999999' },
          { renban: '3', koshin_dt: '2026-11-21 00:00:00' },
          { renban: '4', koshin_dt: '2026-11-20 10:00:00', tsunagi_bunya: null },
        );
        await office.answers({ renban: '1', koshin_dt: '2026-11-20 09:00:00' });
        await plugin.sink.write([sent(), recalled, told]);
        expect(await counted(plugin)).toEqual([
          { what: 'events', source: 'sodan', count: 2 },
          { what: 'answers', source: 'oto', count: 1 },
          { what: 'referrals', count: 2 },
          { what: 'statuses', count: 1 },
        ]);
        await office.run(`DELETE FROM sodan WHERE renban = 2`);
        await office.run(`DELETE FROM t_hub_uketsuke WHERE torikeshi_kbn = '3'`);
        expect((await counted(plugin)).map(({ count }) => count)).toEqual([1, 1, 1, 1]);
        expect((await counted(plugin, '2026-11-21')).map(({ count }) => count)).toEqual([1, 0, 0, 0]);
      });

      it('is not counted in tables that the account may not read', async () => {
        const plugin = await connect();
        await plugin.sink.write([sent(), told]);
        expect(await counted(plugin)).toEqual([
          { what: 'events', source: 'sodan', count: 0 },
          { what: 'answers', source: 'oto', count: 0 },
          { what: 'referrals' },
          { what: 'statuses' },
        ]);
      });

      it('takes no refusal of the office’s own rows for a state that was told', async () => {
        await looks();
        await office.run(
          `INSERT INTO t_hub_kekka (kekka_id, jotai_cd, sakusei_dt) VALUES ('R', '90', '2026-11-20 12:00:00')`,
        );
        expect(await counted(await connect())).toContainEqual({ what: 'statuses', count: 0 });
      });

      it('is asked for again when the view does not answer', async () => {
        const plugin = await connect();
        await office.run('DROP VIEW v_hub_sodan');
        await expect(counted(plugin)).rejects.toMatchObject({ code: product.says.noTable });
      });
    });

    describe('answers', () => {
      it('are read in order, with the acknowledgement of a recall among them', async () => {
        await office.answers({ renban: '1', koshin_dt: '2026-11-20 09:31:00.000001', taio_kbn: '20' });
        await office.answers({ renban: '2', koshin_dt: '2026-11-20 09:31:00.000002', taio_kbn: '60' });
        const { items } = await readAnswers(await connect());
        expect(items.map(({ type, body }) => [type, body])).toEqual([
          [
            'referral.response.v1',
            {
              response: {
                deliveryId,
                referralId,
                code: '20',
                at: '2026-11-20T09:30:00+09:00',
                worker: '見本　三郎',
                identifiers: [{ system: 'konkyu', value: 'S-2026-0001' }],
                nextContactOn: '2026-11-27',
                note: '来週、面談の予定です。',
              },
              origin: { row: 1 },
            },
          ],
          [
            'recall.acknowledged.v1',
            {
              acknowledgement: { deliveryId, at: '2026-11-20T09:30:00+09:00', worker: '見本　三郎' },
              origin: { row: 2 },
            },
          ],
        ]);
      });

      it('that cannot be read wait with code and column, and the watermark goes past them', async () => {
        const koshin_dt = (minute: number) => `2026-11-20 10:0${minute}:00`;
        await office.answers({ renban: '1', koshin_dt: koshin_dt(1), haiso_id: 'なし' });
        await office.answers({ renban: '2', koshin_dt: koshin_dt(2), taio_kbn: '99' });
        await office.answers({ renban: '3', koshin_dt: koshin_dt(3), taio_dt: product.noTime });
        await office.answers({ renban: '4', koshin_dt: koshin_dt(4), renraku_bun: '１２３４ ５６７８ ９０１８' });
        await office.answers({ renban: '5', koshin_dt: koshin_dt(5) });
        const { items, checkpoint } = await readAnswers(await connect());
        expect(items.map(({ origin, type, body }) => [origin.row, type, 'row' in body ? body.row : undefined])).toEqual(
          [
            [1, 'rows.quarantined.v1', { row: 1, code: 'E-ID', field: 3 }],
            [2, 'rows.quarantined.v1', { row: 2, code: 'E-CODE', field: 5 }],
            [3, 'rows.quarantined.v1', { row: 3, code: 'E-DATE', field: 6 }],
            [4, 'rows.quarantined.v1', { row: 4, code: 'S-MYNUMBER', field: 12 }],
            [5, 'referral.response.v1', undefined],
          ],
        );
        expect(checkpoint).toContain('2026-11-20 10:05:00');
      });

      it('are not sent twice, but a row committed late under an earlier time is', async () => {
        const plugin = await connect();
        await office.answers({ renban: '2', koshin_dt: '2026-11-20 09:40:00' });
        const first = await readAnswers(plugin);
        await office.answers({ renban: '1', koshin_dt: '2026-11-20 09:35:00' });
        const second = await readAnswers(plugin, first.checkpoint);
        expect(second.items.map(({ origin }) => origin.row)).toEqual([1]);
        expect((await readAnswers(plugin, second.checkpoint)).items).toEqual([]);
      });

      it('have the same name again after a restart, and a new one when the office changed them', async () => {
        await office.answers({ renban: '1' });
        const before = await readAnswers(await connect());
        const after = await readAnswers(await connect(), before.checkpoint);
        expect(after.items.map(({ itemId }) => itemId)).toEqual(before.items.map(({ itemId }) => itemId));
        await office.run(`UPDATE kiroku SET tantosha = '見本　五郎', koshin_dt = '2026-11-20 09:32:00'`);
        const changed = await readAnswers(await connect(), before.checkpoint);
        expect(changed.items[0]?.itemId).not.toBe(before.items[0]?.itemId);
      });
    });

    describe('in a host', () => {
      it('writes what the hub lets go, in order, and says so', async () => {
        const run = await runKonkyu(office.place);
        const ids = [1, 2, 3].map((n) => `019a9f00-0000-7000-8000-0000000001${n}0`);
        await Promise.all(
          ids.map((id) =>
            run.hub.deliver('referral.sent.v1', { deliveryId: id, claim, referral: aReferral({ deliveryId: id }) }),
          ),
        );
        await run.stop();
        expect((await office.received()).map(({ haiso_id }) => haiso_id)).toEqual(ids.map(uuidToBase32));
        expect(run.hub.receipts).toMatchObject(ids.map((id) => ({ deliveryId: id, claim, outcome: 'delivered' })));
      });

      it('never writes what was withdrawn while it waited in the queue', async () => {
        const run = await runKonkyu(office.place, { go: () => false });
        await run.hub.deliver('referral.sent.v1', { deliveryId, claim, referral: aReferral() });
        await run.stop();
        expect(await office.received()).toEqual([]);
        expect(run.hub.receipts).toMatchObject([{ deliveryId, claim, outcome: 'recalled' }]);
      });

      it('never writes what is past its notAfter, though the go-ahead was given before', async () => {
        const run = await runKonkyu(office.place);
        const notAfter = new Date(run.clock.now().getTime() + 1_000).toISOString();
        run.hub.script.go = () => {
          run.clock.advance(2_000);
          return true;
        };
        await run.hub.deliver('referral.sent.v1', { deliveryId, claim, referral: aReferral({ notAfter }) });
        await run.stop();
        expect(await office.received()).toEqual([]);
        expect(run.hub.receipts).toMatchObject([{ deliveryId, claim, outcome: 'recalled' }]);
      });

      it('names in the receipt what the table has no place for', async () => {
        const run = await runKonkyu(office.place);
        const referral = aReferral({ items: { ...permittedItems, service_use: { planKind: '1' } } });
        await run.hub.deliver('referral.sent.v1', { deliveryId, claim, referral });
        await run.stop();
        expect(run.hub.receipts).toMatchObject([{ outcome: 'delivered', notCarried: ['service_use'] }]);
      });

      it('brings the office’s answers to the hub', async () => {
        await office.answers({ renban: '1' });
        const run = await runKonkyu(office.place);
        await run.until(() => run.hub.checkpoints.length > 0);
        await run.stop();
        expect(run.hub.items).toMatchObject([
          { type: 'referral.response.v1', body: { response: { deliveryId, code: '20' } } },
        ]);
      });
    });

    it('goes on after its connections were lost', async () => {
      const plugin = await connect();
      await readAnswers(plugin);
      await office.server.dropConnections();
      await office.answers({ renban: '1' });
      // A connection that died between two passes may cost the first of them; the next has a new one.
      const items = await readAnswers(plugin).catch(() => readAnswers(plugin));
      expect(items.items).toHaveLength(1);
      expect(await plugin.sink.write([sent()])).toMatchObject([{ ok: true }]);
    });
  });
}
