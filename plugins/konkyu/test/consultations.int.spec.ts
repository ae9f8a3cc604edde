// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type ConnectedPlugin, type Delivery, type ReferralStatus, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { describeWithServices } from '@tsunagi/testing';
import { claim, deliveryId, referralId } from './answer-row';
import { connectKonkyu, read, runKonkyu } from './connected-konkyu';
import { LegacyOffice } from './legacy-office';
import { ownProfile } from './own-view';
import { products } from './products';

jest.setTimeout(30_000);

const at = (minute: number) => `2026-11-20 10:${String(minute).padStart(2, '0')}:00`;

for (const product of products) {
  describeWithServices([product.need], `the office’s own consultations (${product.name})`, () => {
    let office: LegacyOffice;
    const plugins: ConnectedPlugin[] = [];
    const connect = async (more: Record<string, unknown> = {}) => {
      const plugin = await connectKonkyu(office.place, more);
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

    const submissions = (items: Awaited<ReturnType<typeof read>>['items']) =>
      items.flatMap(({ body }) => ('submission' in body ? [body.submission] : []));

    describe('that ask for another department', () => {
      it('go to the hub in the order of their change, with what each asks and how the office knows it', async () => {
        await office.consults({ renban: '102', koshin_dt: at(2), sodan_id: 'S-2', tsunagi_bunya: '2', doi_kbn: '9' });
        await office.consults({ renban: '101', koshin_dt: at(1), sodan_id: 'S-1' });
        const { items, checkpoint } = await read(await connect(), 'sodan');
        expect(items.map(({ type, origin }) => [type, origin.row])).toEqual([
          ['referral.submitted.v1', 101],
          ['referral.submitted.v1', 102],
        ]);
        expect(submissions(items)).toMatchObject([
          {
            to: { domain: 'kaigo' },
            fromCode: '9900000041',
            asserted: { code: '1', formVersion: 'J-2026-1', on: '2026-11-19' },
            source: {
              plugin: 'konkyu',
              row: 101,
              key: 'S-1/1',
              change: 'changed',
              occurredAt: '2026-11-20T10:01:00.000+09:00',
            },
            subject: { items: { identity: { name: '見本　次郎', kana: 'ミホン　ジロウ', birthDate: '1954-11-03' } } },
          },
          { to: { domain: 'shogai' }, asserted: { code: '9' }, source: { row: 102, key: 'S-2/2' } },
        ]);
        expect(checkpoint).toContain('2026-11-20 10:02:00');
      });

      it('are the only ones that are read: who asks for none stays in the office’s database', async () => {
        await office.consults({ renban: '101', tsunagi_bunya: null });
        await office.consults({ renban: '102', tsunagi_bunya: ' ' });
        await office.consults({ renban: '103', sodan_id: 'S-3' });
        const { items } = await read(await connect(), 'sodan');
        expect(submissions(items).map(({ source }) => source.key)).toEqual(['S-3/1']);
      });

      it('arrive with characters that CP932 does not know, and with a flag for those of the office’s own', async () => {
        await office.consults({ renban: '101', shimei: '髙﨑𠮷〜' });
        await office.consults({ renban: '102', koshin_dt: at(40), sodan_id: 'S-2', shimei: '\ue000橋　次郎' });
        const { items } = await read(await connect(), 'sodan');
        const [plain, gaiji] = submissions(items);
        expect(plain).toMatchObject({ subject: { items: { identity: { name: '髙﨑𠮷〜' } } } });
        expect(gaiji).toMatchObject({ source: { warnings: [{ code: 'W-GAIJI', field: 7 }] } });
        expect(gaiji?.subject.items.identity).not.toHaveProperty('name');
      });

      it('that are withdrawn say so, and nothing else', async () => {
        await office.consults({ renban: '101', sakujo_flg: '1' });
        const [withdrawn] = submissions((await read(await connect(), 'sodan')).items);
        expect(withdrawn).toMatchObject({ source: { change: 'ended' }, subject: { items: {} } });
        expect(withdrawn).not.toHaveProperty('to');
      });
    });

    describe('in a view of the office’s own, as a profile describes it', () => {
      it('go to the hub, wait and are told to be refused like those of the hub’s own view', async () => {
        await office.run(`CREATE VIEW v_case AS SELECT renban AS case_seq, koshin_dt AS updated_at, sodan_id AS case_id,
          shimei AS full_name, CASE seibetsu WHEN '1' THEN 'M' ELSE 'X' END AS sex, 'S' AS era, seinen_ymd AS born,
          shuso AS story, CASE tsunagi_bunya WHEN '1' THEN 'KAIGO' ELSE tsunagi_bunya END AS refer_to, 'Y' AS agreed
          FROM sodan`);
        await office.server.grant('SELECT', 'v_case');
        await office.consults({ renban: '101', koshin_dt: at(1), sodan_id: 'C-1' });
        await office.consults({ renban: '102', koshin_dt: at(2), sodan_id: 'C-2', seibetsu: '2' });
        await office.consults({ renban: '103', koshin_dt: at(3), sodan_id: 'C-3', tsunagi_bunya: null });
        const plugin = await connect({ profile: ownProfile });
        const { items, checkpoint } = await read(plugin, 'sodan');
        expect(submissions(items)).toMatchObject([
          {
            to: { domain: 'kaigo' },
            asserted: { code: '1', formVersion: 'CASE-2026-1' },
            source: { key: 'C-1/1', row: 101 },
            subject: { items: { identity: { birthDate: '1954-11-03', sex: 'male' } } },
          },
        ]);
        expect(items[1]?.body).toMatchObject({ row: { row: 102, code: 'E-CODE', field: 9 } });
        expect(checkpoint).toContain('2026-11-20 10:02:00');
        const told = { sodan_id: 'C-2', tsunagi_bunya: '1', jotai_cd: '90', renraku_bun: 'E-CODE（9 seibetsu）' };
        expect(await office.results()).toMatchObject([told]);
        expect((await plugin.check()).every(({ ok }) => ok)).toBe(true);
        await office.server.revoke('SELECT', 'v_case');
        expect((await plugin.check())[0]).toMatchObject({ ok: false, name: expect.stringContaining('v_case') });
      });
    });

    describe('that cannot be read', () => {
      it('wait with number, code and column; the watermark goes past them, and the others go on', async () => {
        await office.consults({ renban: '101', koshin_dt: at(1), seinen_gengo: '3', seinen_ymd: '310501' });
        await office.consults({ renban: '102', koshin_dt: at(2), shuso: '番号は１２３４ ５６７８ ９０１８です' });
        await office.consults({ renban: '103', koshin_dt: at(3), doi_kbn: '5' });
        await office.consults({ renban: '104', koshin_dt: at(4), sodan_id: null });
        await office.consults({ renban: null, koshin_dt: at(5), shimei: '見本　無番' });
        await office.consults({ renban: '106', koshin_dt: at(6), sodan_id: 'S-6' });
        const { items, checkpoint } = await read(await connect(), 'sodan');
        expect(items.map(({ body }) => ('row' in body ? body.row : body))).toMatchObject([
          { row: 101, code: 'E-ERA', field: 11 },
          { row: 102, code: 'S-MYNUMBER', field: 21 },
          { row: 103, code: 'E-CODE', field: 23 },
          { row: 104, code: 'E-REQUIRED', field: 4 },
          { row: 0, code: 'E-REQUIRED', field: 1 },
          { submission: { source: { key: 'S-6/1' } } },
        ]);
        expect(JSON.stringify(items.slice(0, 5).map(({ body }) => body))).not.toMatch(/見本|膝|１２３４|310501|S-2026/);
        expect(checkpoint).toContain('2026-11-20 10:06:00');
      });

      it('are told to the office in its own table, once, with code and column and no value', async () => {
        await office.consults({ renban: '101', koshin_dt: at(1), shuso: '１２３４５６７８９０１８' });
        await office.consults({ renban: '102', koshin_dt: at(2), sodan_id: 'S-2' });
        await read(await connect(), 'sodan');
        await read(await connect(), 'sodan');
        const results = await office.results();
        expect(results).toMatchObject([
          {
            sodan_id: 'S-2026-0101',
            tsunagi_bunya: '1',
            hub_shokai_id: null,
            jotai_cd: '90',
            renraku_bun: 'S-MYNUMBER（21 shuso）',
            sakusei_sha: 'HUB',
            torikomi_flg: '0',
          },
        ]);
        expect(results).toHaveLength(1);
      });

      it('are told again later when the table could not be written', async () => {
        await office.consults({ renban: '101', doi_kbn: '5' });
        const plugin = await connect();
        await office.run('ALTER TABLE t_hub_kekka RENAME TO away');
        await expect(read(plugin, 'sodan')).rejects.toMatchObject({ code: product.says.noTable });
        await office.run('ALTER TABLE away RENAME TO t_hub_kekka');
        await read(plugin, 'sodan');
        expect(await office.results()).toMatchObject([{ jotai_cd: '90', renraku_bun: 'E-CODE（23 doi_kbn）' }]);
      });

      it('keep nobody back when the table is stricter than agreed', async () => {
        await office.consults({ renban: '101', koshin_dt: at(1), doi_kbn: '5' });
        await office.consults({ renban: '102', koshin_dt: at(2), sodan_id: 'S-2' });
        await office.server.forbidNull('t_hub_kekka', 'hub_shokai_id', 'char(26)');
        expect((await read(await connect(), 'sodan')).checkpoint).toContain('10:02:00');
      });

      it('go on once the office has mended them', async () => {
        await office.consults({ renban: '101', koshin_dt: at(1), doi_kbn: '5' });
        const plugin = await connect();
        const first = await read(plugin, 'sodan');
        await office.run(`UPDATE sodan SET doi_kbn = '1', koshin_dt = '${at(2)}'`);
        const second = await read(plugin, 'sodan', { committed: first.checkpoint });
        expect(submissions(second.items)).toMatchObject([
          { source: { key: 'S-2026-0101/1' }, asserted: { code: '1' } },
        ]);
      });

      it('or were refused by the hub are told with its reason', async () => {
        await office.consults({ renban: '101' });
        await read(await connect(), 'sodan', { answer: () => ({ outcome: 'rejected', codes: ['FUNCTION_UNKNOWN'] }) });
        expect(await office.results()).toMatchObject([{ jotai_cd: '90', renraku_bun: 'FUNCTION_UNKNOWN' }]);
      });
    });

    describe('that appear again', () => {
      const consult = async (count: number) => {
        for (let n = 1; n <= count; n += 1) {
          await office.consults({ renban: String(100 + n), koshin_dt: at(n), sodan_id: `S-${n}` });
        }
      };

      it('unchanged, within the overlap, are not sent again; one committed late under an earlier time is', async () => {
        const plugin = await connect();
        await consult(2);
        const first = await read(plugin, 'sodan');
        await office.consults({ renban: '99', koshin_dt: at(0), sodan_id: 'S-late' });
        const second = await read(plugin, 'sodan', { committed: first.checkpoint });
        expect(submissions(second.items).map(({ source }) => source.key)).toEqual(['S-late/1']);
        expect((await read(plugin, 'sodan', { committed: second.checkpoint })).items).toEqual([]);
      });

      it('after a restart have the same name again', async () => {
        await consult(2);
        const before = await read(await connect(), 'sodan');
        const after = await read(await connect(), 'sodan', { committed: before.checkpoint });
        expect(after.items.map(({ itemId }) => itemId)).toEqual(before.items.map(({ itemId }) => itemId));
      });

      it('with one new time for all, as after a bulk update, are the content the hub has already', async () => {
        await consult(3);
        const plugin = await connect();
        const before = await read(plugin, 'sodan');
        await office.run(`UPDATE sodan SET koshin_dt = '${at(30)}', plan_no = 'P-1'`);
        const after = await read(plugin, 'sodan', { committed: before.checkpoint });
        const contents = ({ items }: typeof before) => submissions(items).map(({ source }) => source.contentHash);
        expect(after.items).toHaveLength(3);
        expect(contents(after)).toEqual(contents(before));
      });

      it('in numbers nobody expected stop the reading until somebody asks for more', async () => {
        await consult(9);
        const bulk = (n: number) => ({ renban: String(1000 + n), koshin_dt: at(40), sodan_id: `B-${n}` });
        await office.consults(...Array.from({ length: 450 }, (_, n) => bulk(n)));
        const plugin = await connect({ pauseAfterRows: 150 });
        const first = await read(plugin, 'sodan');
        expect([first.items.length, first.code]).toEqual([200, 'TOO_MANY_ROWS']);
        const paused = await read(plugin, 'sodan', { committed: first.checkpoint });
        expect([paused.items.length, paused.code]).toEqual([0, 'TOO_MANY_ROWS']);
        const asked = await read(plugin, 'sodan', { committed: first.checkpoint, asked: true });
        expect(asked.items.length).toBeGreaterThan(150);
      });

      it('in numbers nobody expected stop it after a restart and with other settings, too, until somebody asks', async () => {
        await office.consults(
          ...Array.from({ length: 450 }, (_, n) => ({
            ...{ renban: String(1000 + n), koshin_dt: at(40), sodan_id: `B-${n}` },
          })),
        );
        const first = await read(await connect({ pauseAfterRows: 150 }), 'sodan');
        const restarted = await connect({ pauseAfterRows: 200 });
        const { items, code, pausedSince } = await read(restarted, 'sodan', { committed: first.checkpoint });
        expect([items, code, pausedSince]).toEqual([[], 'TOO_MANY_ROWS', first.pausedSince]);
        const asked = await read(restarted, 'sodan', { committed: first.checkpoint, asked: true });
        // The rows of the overlap once more, and as many again that are new.
        expect([asked.items.length, asked.code]).toEqual([400, 'TOO_MANY_ROWS']);
      });
    });

    describe('what became of them', () => {
      const status = (more: Partial<ReferralStatus> = {}): Delivery => {
        const named = { deliveryId: more.deliveryId ?? deliveryId, claim };
        const told = { ...named, referralId, code: '20', at: '2026-11-20T17:59:00+09:00', ...more } as const;
        return { kind: 'status', ...named, status: { echo: '["S-2026-0101","1"]', ...told } };
      };

      it('is one row under the office’s own keys', async () => {
        const { sink } = await connect();
        const by = { domain: 'kaigo', code: '9970100005', name: '見本市地域包括支援センター' } as const;
        expect(await sink.write([status({ by })])).toMatchObject([{ deliveryId, ok: true }]);
        expect(await office.results()).toEqual([
          {
            kekka_id: uuidToBase32(deliveryId),
            sodan_id: 'S-2026-0101',
            tsunagi_bunya: '1',
            hub_shokai_id: uuidToBase32(referralId),
            jotai_cd: '20',
            jotai_dt: '2026-11-20 17:59:00',
            uketsuke_kikan: '見本市地域包括支援センター',
            tantosha: null,
            jikai_ymd: null,
            sashimodoshi_riyu: null,
            renraku_bun: null,
            teisei_kbn: '1',
            sakusei_dt: '2026-11-20 18:00:00',
            sakusei_sha: 'HUB',
            torikomi_flg: '0',
            torikomi_dt: null,
          },
        ]);
      });

      it('is written once, even by a host that remembers nothing', async () => {
        await (await connect()).sink.write([status(), status()]);
        expect(await (await connect()).sink.write([status({ code: '30' })])).toMatchObject([{ ok: true }]);
        expect(await office.results()).toMatchObject([{ jotai_cd: '20' }]);
      });

      it('fits the columns by characters', async () => {
        const by = { domain: 'kaigo', code: 'K', name: '𠮷'.repeat(40) } as const;
        const more = { by, worker: '𠮷'.repeat(30), note: `${'𠮷'.repeat(399)}あ${'い'.repeat(100)}` };
        expect(await (await connect()).sink.write([status(more)])).toMatchObject([{ ok: true }]);
        const [row] = await office.results();
        expect([...String(row!['renraku_bun'])]).toHaveLength(400);
      });

      it('that came back without our keys is for a person to see, and the rest of its batch is written', async () => {
        const other = '019a9f00-0000-7000-8000-0000000000d9';
        const foreign = status({ echo: '["00990010","0000000201","KAI-1"]' });
        const outcomes = await (await connect()).sink.write([foreign, status({ deliveryId: other, code: '40' })]);
        const failed = outcomes.find((outcome) => outcome.deliveryId === deliveryId);
        expect(failed).toMatchObject({ ok: false, code: 'E-ECHO' });
        expect(failed).not.toHaveProperty('retryable', true);
        expect(await office.results()).toMatchObject([{ kekka_id: uuidToBase32(other), jotai_cd: '40' }]);
      });
    });

    it('in a host go to the hub and come back as states', async () => {
      await office.consults({ renban: '101' });
      await office.consults({ renban: '102', koshin_dt: at(50), sodan_id: 'S-2', seibetsu: '9' });
      const run = await runKonkyu(office.place);
      await run.until(() => run.hub.checkpoints.some(({ source }) => source === 'sodan'));
      const [sent] = run.hub.items.flatMap(({ body }) => ('submission' in body ? [body.submission] : []));
      await run.hub.deliver('referral.status.v1', {
        deliveryId,
        claim,
        referralId,
        code: '10',
        at: '2026-11-20T11:00:00+09:00',
        ...(sent?.source.echo !== undefined && { echo: sent.source.echo }),
      });
      await run.stop();
      expect(run.hub.receipts).toMatchObject([{ deliveryId, outcome: 'delivered' }]);
      const told = (await office.results()).map(({ sodan_id, jotai_cd }) => [sodan_id, jotai_cd]);
      expect(told.sort()).toEqual([
        ['S-2', '90'],
        ['S-2026-0101', '10'],
      ]);
    });
  });
}
