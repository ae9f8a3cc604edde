// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { base32ToUuid } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import {
  act,
  consentsOf,
  isAcknowledged,
  personOf,
  reaches,
  registerConsent,
  stateOf,
  switchPlugin,
  timelineOf,
  todosAbout,
  withdrawConsent,
  type People,
} from './people';
import { kaigoFile, kaigoRecord } from '../town/kaigo-desk';
import { cp932, isoDay, wallClock, ymd } from '../town/written';

/** What a result record says: 結果, エラーコード, 項目番号 and ハブ紹介ID. */
const said = (record: string[] | undefined) => ({
  result: record?.[4],
  code: record?.[5],
  field: record?.[6],
  referral: record?.[7] ?? '',
});

/** Change records of the 介護 system arrive in the tables of the 自立相談支援機関, and what became of them comes back as files. */
export function kaigoToKonkyu({ town, kaigo, konkyu, it_ }: People): void {
  const sendOne = async (over: Parameters<typeof kaigoRecord>[0]) =>
    said((await town.kaigo.result(town.kaigo.drop([kaigoRecord(over)])))[0]);

  it('S1 8050: the mother arrives with exactly what the form permits, and the state comes back without a text', async () => {
    const name = town.kaigo.drop([kaigoRecord({ key: 'S1-0001', insured: '0000000101' })]);
    const answer = said((await town.kaigo.result(name))[0]);
    expect(answer).toMatchObject({ result: '10', code: '', field: '' });
    const month = /^1,1,0,1,Z11,0,00990010,0,00,7,(\d{6}),0\r\n/.exec(
      (await town.kaigo.resultBytes(name)).toString('latin1'),
    )?.[1];
    expect(await town.kaigo.resultBytes(name)).toEqual(
      cp932(`1,1,0,1,Z11,0,00990010,0,00,7,${month},0\r\n2,2,Z115,01,1,S1-0001,10,,,${answer.referral}\r\n3,3\r\n`),
    );
    const row = await town.konkyu.row(answer.referral);
    expect(row).toMatchObject({
      torikeshi_kbn: '1',
      shurui_cd: '01',
      soshin_bunya: '1',
      konkyo_cd: '01',
      shimei: '見本　花子',
      seibetsu: '2',
      seinen_gengo: '2',
      seinen_ymd: '150105',
      jusho: '見本県見本市見本町一丁目１番１号',
      tel: '0991234567',
      setai_ninzu: 2,
      renraku_bun: null,
      kinkyu: '1',
      teikyo_mask: '110101000000000000000000',
    });
    expect(JSON.stringify(row)).not.toContain('家賃滞納');
    await town.konkyu.answer(row, '20', { worker: '試験　太郎', sodan: 'SD-0001' });
    expect(await town.kaigo.statusCodes('S1-0001', 2)).toEqual(['10', '20']);
    const [arrived, taken] = town.kaigo.statuses('S1-0001');
    const [day, time] = [arrived?.[7], arrived?.[8]];
    expect(await town.kaigo.fileWith('KAO', `S1-0001,${answer.referral},10`)).toEqual(
      cp932(
        `1,1,0,1,Z11,0,00990010,0,00,7,${day?.slice(0, 6)},0\r\n2,2,Z112,01,00990010,0000000101,S1-0001,${answer.referral},10,${day},${time},4,9900000041,"自立相談支援機関",,,,,1,${arrived?.[17]}\r\n3,3\r\n`,
      ),
    );
    // 担当者名, 次回予定年月日 and 連絡文 stay blank: the scope is the state alone.
    expect([taken?.[9], taken?.[10], taken?.[12], taken?.[13], taken?.[15]]).toEqual(['4', '9900000041', '', '', '']);
    expect(await stateOf(kaigo, answer.referral)).toBe('accepted');
  });

  it('S2: without consent it waits; when the consent is registered it leaves by itself, exactly as scoped', async () => {
    const secret = { note: '秘密の連絡文。', address: '見本県秘密市九丁目９番９号' };
    const answer = await sendOne({ key: 'S2-0001', insured: '0000000102', consent: '9', meeting: '3', ...secret });
    expect(answer).toMatchObject({ result: '11', code: '' });
    expect(await stateOf(kaigo, answer.referral)).toBe('awaiting_authority');
    expect((await konkyu('GET', `/referrals/${base32ToUuid(answer.referral)}`)).status).toBe(404);

    await registerConsent(kaigo, await personOf(kaigo, answer.referral), {
      categories: ['identity', 'concern'],
      toward: 'konkyu',
      feedback: 'state',
    });
    const row = await town.konkyu.row(answer.referral);
    expect(row).toMatchObject({
      shimei: '見本　花子',
      jusho: null,
      tel: null,
      setai_ninzu: null,
      renraku_bun: null,
      teikyo_mask: '100001000000000000000000',
    });
    await town.kaigo.statusCodes('S2-0001', 1);
    const places = {
      exchange: town.tapped(),
      tables: JSON.stringify(await town.konkyu.all()),
      files: town.kaigo.everythingOut(),
    };
    expect(places.exchange).toContain(base32ToUuid(answer.referral));
    expect(Object.entries(places).flatMap(([name, text]) => (text.includes('秘密') ? [name] : []))).toEqual([]);
  });

  it('S7: what is withdrawn while its message waits never arrives; what has arrived is recalled and acknowledged', async () => {
    const arrived = await sendOne({ key: 'S7-0001', insured: '0000000107' });
    const row = await town.konkyu.row(arrived.referral);
    await town.konkyu.answer(row, '20', { worker: '試験　太郎', sodan: 'SD-0007' });
    await town.kaigo.statusCodes('S7-0001', 2);

    await town.host.stop();
    // The hub cannot know yet; the message may wait in the queue of the stopped host.
    const waiting = await kaigo('POST', '/referrals', submissionOf('0000000117'), { 'idempotency-key': 's7-waiting' });
    expect(waiting.body).toMatchObject({ outcome: 'accepted' });
    const { body } = await kaigo('GET', `/referrals/${waiting.body.id}`);
    const [consent] = await consentsOf(kaigo, body.person);
    await kaigo('POST', `/consents/${consent?.id}/withdraw`, {});
    await withdrawConsent(kaigo, arrived.referral);
    await town.host.start();

    const recall = await town.konkyu.row(arrived.referral, '3');
    expect(recall).toMatchObject({
      haiso_id: row.haiso_id,
      shimei: null,
      jusho: null,
      furigana: null,
      sodan_naiyo: null,
    });
    await town.konkyu.answer(row, '60', { worker: '試験　太郎' });
    await isAcknowledged(kaigo, arrived.referral);
    expect((await kaigo('GET', `/referrals/${waiting.body.id}`)).body.state).toBe('revoked');
    expect((await town.konkyu.all()).filter((r) => base32ToUuid(r.hub_shokai_id) === waiting.body.id)).toEqual([]);
    expect(await stateOf(kaigo, arrived.referral)).toBe('accepted');
    // Nothing more went back about the accepted one.
    expect(town.kaigo.statuses('S7-0001').map((r) => r[6])).toEqual(['10', '20']);
    for (const desk of [kaigo, konkyu]) {
      expect((await desk('GET', '/todos')).body.items).toContainEqual(
        expect.objectContaining({ kind: 'talk_after_withdrawal', referralId: base32ToUuid(arrived.referral) }),
      );
    }
  });

  it('holds what Tuesday’s file asserts again after Monday’s withdrawal, with a to-do for the sender', async () => {
    const monday = await sendOne({ key: 'MON-0001', insured: '0000000108' });
    await town.konkyu.row(monday.referral);
    await withdrawConsent(kaigo, monday.referral);
    const tuesday = await sendOne({ key: 'TUE-0001', insured: '0000000108' });
    expect(tuesday).toMatchObject({ result: '11', code: '' });
    expect((await kaigo('GET', '/todos')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'asserted_after_withdrawal', referralId: base32ToUuid(tuesday.referral) }),
    );
  });

  it('S11: yesterday’s file sent again changes nothing and gets its first result, byte for byte', async () => {
    const records = [
      kaigoRecord({ key: 'S11-0001', insured: '0000000111' }),
      kaigoRecord({ key: 'S11-0002', insured: '0000000112' }),
    ];
    const first = town.kaigo.drop(records);
    const bytes = await town.kaigo.resultBytes(first);
    await Promise.all((await town.kaigo.result(first)).map((r) => town.konkyu.row(said(r).referral)));
    const rows = (await town.konkyu.all()).length;
    const again = town.kaigo.drop(records);
    expect(await town.kaigo.resultBytes(again)).toEqual(bytes);
    // The same records in another file are duplicates, row by row, with the referral they belong to.
    const other = await town.kaigo.result(
      town.kaigo.drop([...records, kaigoRecord({ key: 'S11-0003', insured: '0000000113', consent: '9' })]),
    );
    expect(other.map((r) => said(r).result)).toEqual(['13', '13', '11']);
    expect(other.slice(0, 2).map((r) => said(r).referral)).toEqual(
      (await town.kaigo.result(first)).map((r) => said(r).referral),
    );
    expect(await town.konkyu.all()).toHaveLength(rows);
  });

  it('S12: of 200 rows three wait with field and reason, 197 go on, and a corrected file releases the three', async () => {
    const bad = (over: Partial<Parameters<typeof kaigoRecord>[0]>, n: number) =>
      kaigoRecord({ key: `S12-${n}`, insured: `00000020${n}`, ...over });
    const records = Array.from({ length: 200 }, (_, n) =>
      kaigoRecord({
        key: `S12-${n}`,
        insured: `0000002${String(n).padStart(3, '0')}`,
        consent: n % 10 === 0 ? '1' : '9',
      }),
    );
    records[50] = bad({ insurer: '00990011' }, 50);
    records[51] = bad({ kanji: 'ABC' }, 51);
    records[52] = bad({ note: '番号は１２３４５６７８９０１８です' }, 52);
    const result = await town.kaigo.result(town.kaigo.drop(records));
    expect(result).toHaveLength(200);
    expect([50, 51, 52].map((n) => said(result[n]))).toMatchObject([
      { result: '90', code: 'E-CD-HOKENSHA', field: '6' },
      { result: '90', code: 'E-ATTR', field: '9' },
      { result: '90', code: 'S-MYNUMBER', field: '24' },
    ]);
    expect(result.filter((r) => said(r).result === '10')).toHaveLength(20 - 1);
    expect(town.kaigo.everythingOut()).not.toContain('００');
    const corrected = [50, 51, 52].map((n) => kaigoRecord({ key: `S12-${n}`, insured: `00000020${n}`, consent: '1' }));
    const released = await town.kaigo.result(town.kaigo.drop(corrected));
    expect(released.map((r) => said(r).result)).toEqual(['10', '10', '10']);
    await Promise.all(released.map((r) => town.konkyu.row(said(r).referral)));
  }, 90_000);

  it('gives every bad row its outcome with field and code, and never its value; its neighbours go on', async () => {
    const at = (field: number, value: string, over: Partial<Parameters<typeof kaigoRecord>[0]> = {}) => {
      const record = kaigoRecord({
        key: `BAD-${String(++badRow).padStart(2, '0')}`,
        insured: `00000016${String(badRow).padStart(2, '0')}`,
        ...over,
      });
      record[field - 1] = value;
      return record;
    };
    let badRow = 0;
    const dup = kaigoRecord({ key: 'BAD-DUP', insured: '0000001699' });
    const rows: [string[], ReturnType<typeof said> | object][] = [
      [at(6, '00990011'), { result: '90', code: 'E-CD-HOKENSHA', field: '6' }],
      [at(8, 'mihon'), { result: '90', code: 'E-ATTR', field: '8' }],
      [at(9, 'ABC'), { result: '90', code: 'E-ATTR', field: '9' }],
      [at(10, '19400230'), { result: '90', code: 'E-DATE', field: '10' }],
      [at(7, ''), { result: '90', code: 'E-REQUIRED', field: '7' }],
      [at(13, '99'), { result: '90', code: 'E-CODE', field: '13' }],
      [at(5, '99'), { result: '10', code: 'W-CODE', field: '5' }],
      [at(25, 'K'.repeat(21)), { result: '90', code: 'E-LENGTH', field: '25' }],
      [at(24, '番号は１２３４　５６７８　９０１８'), { result: '90', code: 'S-MYNUMBER', field: '24' }],
      [
        [...kaigoRecord({ key: 'BAD-FIELDS', insured: '0000001698', short: true }), '一つ多い'],
        { result: '90', code: 'E-FIELDS' },
      ],
      [
        kaigoRecord({ key: 'BAD-GAIJI', insured: '0000001697', kanji: '見本　Ａ子' }),
        { result: '10', code: 'W-GAIJI', field: '9' },
      ],
      [dup, { result: '10' }],
      [dup.map((v, n) => (n === 12 ? '23' : v)), { result: '90', code: 'E-DUP-DIFF', field: '25' }],
      [kaigoRecord({ key: 'BAD-OWN', insured: '0000001696', to: '1' }), { result: '14', code: '' }],
      [kaigoRecord({ key: 'BAD-WEB', insured: '0000001695', to: '6' }), { result: '16', code: '' }],
    ];
    const bytes = kaigoFile(rows.map(([record]) => record));
    // 外字 F040 in the place of Ａ.
    const gaiji = bytes.indexOf(Buffer.from([0x82, 0x60]));
    bytes.set([0xf0, 0x40], gaiji);
    const result = await town.kaigo.result(town.kaigo.drop(bytes));
    expect(result.map(said)).toMatchObject(rows.map(([, expected]) => expected));

    const cut = kaigoFile([kaigoRecord({ key: 'CUT-1', insured: '0000001694' })]);
    const noEnd = town.kaigo.drop(cut.subarray(0, cut.length - 5));
    expect((await town.kaigo.result(noEnd)).map(said)).toMatchObject([{ result: '91', code: 'E-NO-END' }]);
    const wrongCount = Buffer.from(
      kaigoFile([kaigoRecord({ key: 'CUT-2', insured: '0000001693' })])
        .toString('latin1')
        .replace('1,1,0,1,Z11', '1,1,0,2,Z11'),
      'latin1',
    );
    expect((await town.kaigo.result(town.kaigo.drop(wrongCount))).map(said)).toMatchObject([
      { result: '91', code: 'E-COUNT' },
    ]);
    expect(town.kaigo.files('error')).toContain(noEnd);
    expect((await town.konkyu.all()).length).toBeGreaterThan(0);
    for (const value of ['00990011', 'mihon', '19400230', '１２３４'])
      expect(town.kaigo.everythingOut().includes(value)).toBe(false);
  });

  it('S13: what is sent while the plugin is disabled arrives once and in order when it is enabled', async () => {
    await switchPlugin(it_, 'konkyu', 'off');
    const sent: string[] = [];
    for (const n of [1, 2, 3]) {
      const answer = await sendOne({ key: `S13-000${n}`, insured: `000000013${n}` });
      expect(answer.result).toBe('10');
      sent.push(answer.referral);
    }
    expect((await town.konkyu.all()).filter((r) => sent.includes(r.hub_shokai_id))).toEqual([]);
    await switchPlugin(it_, 'konkyu', 'on');
    await Promise.all(sent.map((r) => town.konkyu.row(r)));
    const arrived = (await town.konkyu.all()).filter((r) => sent.includes(r.hub_shokai_id)).map((r) => r.hub_shokai_id);
    expect(arrived.sort()).toEqual([...sent].sort());
  }, 90_000);

  /** A KAO file with one record of Z112 of a record of ours, byte by byte. */
  const statusFile = (of: { insured: string; key: string; referral: string }, code: string, at: string, what: string) =>
    cp932(
      `1,1,0,1,Z11,0,00990010,0,00,7,${ymd().slice(0, 6)},0\r\n2,2,Z112,01,00990010,${of.insured},${of.key},${of.referral},${code},${at},${what},1,${ymd()}\r\n3,3\r\n`,
    );

  /** Day and time at which the referral first came into this state, as two fields. */
  const momentOf = async (referral: string, state: string) => {
    const { at = '' } = (await timelineOf(kaigo, referral)).find((e) => e.to === state) ?? {};
    return wallClock(at).replace(' ', ',').replaceAll(/[-:]/g, '').slice(0, 15);
  };

  /** Each of these codes stands in a file of its own, byte for byte. */
  const expectStatuses = async (
    of: { insured: string; key: string; referral: string },
    statuses: readonly (readonly [code: string, state: string, what: string])[],
  ) => {
    expect(await town.kaigo.statusCodes(of.key, statuses.length)).toEqual(statuses.map(([code]) => code));
    for (const [code, state, what] of statuses)
      expect(await town.kaigo.fileWith('KAO', `${of.referral},${code},`)).toEqual(
        statusFile(of, code, await momentOf(of.referral, state), what),
      );
  };

  /** 受付分野, 受付機関番号 and 受付機関名, without 担当者名, 次回予定年月日, 差戻理由コード and 連絡文. */
  const receiver = '4,9900000041,"自立相談支援機関",,,,';

  it('asks and answers: a question holds the clock, the answer gives it back, the result comes as 40', async () => {
    const of = { key: 'ASK-0001', insured: '0000000141' };
    const { referral } = await sendOne(of);
    const row = await town.konkyu.row(referral);
    await town.konkyu.answer(row, '10');
    await town.konkyu.answer(row, '45', { worker: '試験　太郎', text: '連絡のつきやすい時間帯を教えてください。' });
    await reaches(kaigo, referral, 'questioned');
    expect(await todosAbout(kaigo, referral)).toContain('answer_question');
    expect(JSON.stringify(await timelineOf(kaigo, referral))).toContain('時間帯');
    await act(kaigo, referral, 'answer', { answer: '平日の午前です。' });
    expect(JSON.stringify(await timelineOf(konkyu, referral))).toContain('平日の午前です。');
    await town.konkyu.answer(row, '20', { worker: '試験　太郎', sodan: 'SD-0141' });
    await town.konkyu.answer(row, '30', { worker: '試験　太郎' });
    await town.konkyu.answer(row, '35', { worker: '試験　太郎', next: ymd(7) });
    await town.konkyu.answer(row, '40', { worker: '試験　太郎', outcome: '011', text: '利用につながりました。' });
    await expectStatuses({ ...of, referral }, [
      ['10', 'received', receiver],
      ['20', 'accepted', receiver],
      ['30', 'in_progress', receiver],
      ['40', 'completed', receiver],
    ]);
    // The view gives all its rows again, as new as of now: nothing is answered, asked or told twice.
    const steps = (await timelineOf(konkyu, referral)).map((e) => e.to);
    await town.konkyu.giveAnswersAgain();
    const next = await sendOne({ key: 'ASK-0002', insured: '0000000142' });
    await town.konkyu.answer(await town.konkyu.row(next.referral), '20', { worker: '試験　太郎' });
    await town.kaigo.statusCodes('ASK-0002', 2);
    expect((await timelineOf(konkyu, referral)).map((e) => e.to)).toEqual(steps);
    expect(town.kaigo.statuses('ASK-0001')).toHaveLength(4);
  });

  it('tells worker, next date and note where the person has consented to that', async () => {
    const of = { key: 'NOTE-0001', insured: '0000000143' };
    const { referral } = await sendOne({ ...of, consent: '9', meeting: '3' });
    await registerConsent(kaigo, await personOf(kaigo, referral), {
      categories: ['identity', 'concern'],
      toward: 'konkyu',
      feedback: 'state+note',
    });
    const row = await town.konkyu.row(referral);
    // A status tells the worker known when it is written: the first one is to be written before there is one.
    await town.kaigo.statusCodes(of.key, 1);
    await town.konkyu.answer(row, '20', { worker: '試験　太郎', next: ymd(3), text: '10:00に面談します。' });
    await expectStatuses({ ...of, referral }, [
      ['10', 'received', receiver],
      ['20', 'accepted', `4,9900000041,"自立相談支援機関","試験　太郎",${ymd(3)},,"１０：００に面談します。"`],
    ]);
  });

  it('is corrected by a row of its own, whole, when something changes that the desk may see; the state stays', async () => {
    const of = { key: 'CHANGE-0001', insured: '0000000145' };
    const { referral } = await sendOne(of);
    const first = await town.konkyu.row(referral);
    await town.konkyu.answer(first, '20', { worker: '試験　太郎' });
    await town.kaigo.statusCodes(of.key, 2);
    const changed = { ...of, change: '2', address: '見本県見本市見本町二丁目２番２号' } as const;
    expect(await sendOne(changed)).toEqual({ result: '10', code: '', field: '', referral });
    const second = await town.konkyu.row(referral, '2');
    expect(second.haiso_id).not.toBe(first.haiso_id);
    expect(second).toEqual({
      ...first,
      haiso_id: second.haiso_id,
      torikeshi_kbn: '2',
      jusho: '見本県見本市見本町二丁目２番２号',
      sakusei_dt: expect.any(Date),
    });
    // What the desk may not see has changed, or nothing has: no row more.
    expect(await sendOne({ ...changed, note: '家賃は払えた。' })).toMatchObject({ result: '10', referral });
    const [same, other] = await town.kaigo.result(
      town.kaigo.drop([
        kaigoRecord({ ...changed, note: '家賃は払えた。' }),
        kaigoRecord({ key: 'CHANGE-0002', insured: '0000000146' }),
      ]),
    );
    expect(said(same)).toMatchObject({ result: '13', referral });
    await town.konkyu.row(said(other).referral);
    expect((await town.konkyu.all()).filter((r) => r.hub_shokai_id === referral)).toHaveLength(2);
    expect(await stateOf(kaigo, referral)).toBe('accepted');
    expect(town.kaigo.statuses(of.key)).toHaveLength(2);
  });

  describe('changed and changed back', () => {
    const [one, two] = ['見本県見本市見本町一丁目１番１号', '見本県見本市見本町二丁目２番２号'];
    const addressIn = async (referral: string) =>
      (await kaigo('GET', `/referrals/${base32ToUuid(referral)}`)).body.members[0].items.contact.address;

    /** The file of the first time once more, byte for byte; then the same row in a file that is another. */
    async function thereAndBack(of: { key: string; insured: string; consent: '1' | '9' }, result: '10' | '11') {
      const row = (address: string) => kaigoRecord({ ...of, change: '2', address });
      const first = town.kaigo.drop([row(one)]);
      const { referral } = said((await town.kaigo.result(first))[0]);
      if (result === '10') await town.konkyu.row(referral);
      const there = said((await town.kaigo.result(town.kaigo.drop([row(two)])))[0]);
      expect([there, await addressIn(referral)]).toMatchObject([{ result, referral }, two]);
      // A known file gets its first result again and says nothing anew: what was said last goes on.
      const known = await town.kaigo.resultBytes(town.kaigo.drop([row(one)]));
      expect([known, await addressIn(referral)]).toEqual([await town.kaigo.resultBytes(first), two]);
      const beside = kaigoRecord({ key: `${of.key}-B`, insured: `${of.insured.slice(0, 9)}9`, consent: '9' });
      const back = await town.kaigo.result(town.kaigo.drop([row(one), beside]));
      expect([said(back[0]), await addressIn(referral)]).toMatchObject([{ result, referral }, one]);
      return referral;
    }

    it('while it waits: it leaves as it was said last; a file that is known by its bytes has said nothing', async () => {
      const referral = await thereAndBack({ key: 'BACK-0001', insured: '0000000471', consent: '9' }, '11');
      await registerConsent(kaigo, await personOf(kaigo, referral), {
        categories: ['identity', 'contact'],
        toward: 'konkyu',
        feedback: 'state',
      });
      expect(await town.konkyu.row(referral)).toMatchObject({ torikeshi_kbn: '1', jusho: one });
    });

    it('after it has arrived: each change is a correction of its own, and a known file none', async () => {
      const referral = await thereAndBack({ key: 'BACK-0002', insured: '0000000482', consent: '1' }, '10');
      const arrived = () => town.konkyu.all().then((rows) => rows.filter((r) => r.hub_shokai_id === referral));
      await waitFor(async () => (await arrived()).length === 3, { what: 'both corrections', timeoutMs: 30_000 });
      const rows = await arrived();
      expect(rows.map((r) => [r.torikeshi_kbn, r.jusho]).sort()).toEqual([
        ['1', one],
        ['2', one],
        ['2', two],
      ]);
    });
  });

  it('a referral by HTTP carries every category and proves every bit of the mask; what has no column is named', async () => {
    const sent = await kaigo('POST', '/referrals', everyCategory(), { 'idempotency-key': 'every-category' });
    expect(sent).toMatchObject({ status: 201, body: { outcome: 'held', state: 'awaiting_authority' } });
    const { body } = await kaigo('GET', `/referrals/${sent.body.id}`);
    const all = Object.keys(body.members[0].items);
    await registerConsent(kaigo, body.person, {
      categories: [...all, 'household'],
      toward: 'konkyu',
      feedback: 'state',
    });
    const row = await waitFor(
      async () => (await town.konkyu.all()).find((r) => base32ToUuid(r.hub_shokai_id) === sent.body.id),
      { what: 'the row', timeoutMs: 30_000 },
    );
    // No other member has consented, so bit 5 stays 0; 22 to 24 are reserved.
    expect(row.teikyo_mask).toBe('111101111111111111111000');
    expect(row.soshin_tanto).toBe('見本　花');
    const notCarried = await waitFor(async () => (await kaigo('GET', `/referrals/${sent.body.id}`)).body.notCarried, {
      what: 'the receipt of the row',
      timeoutMs: 30_000,
    });
    // Of the household there is a column for its size alone.
    const columns = ['identity', 'contact', 'concern', 'narrative'];
    expect(notCarried).toEqual(all.filter((category) => !columns.includes(category)));
    expect(town.kaigo.statuses('EVERY-1')).toEqual([]);
  });
}

function submissionOf(insured: string) {
  return {
    kind: 'referral',
    to: { domain: 'konkyu' },
    urgency: 'normal',
    purpose: 'consultation',
    howTheyMeet: 'through_sender',
    personInformed: { by: '試験　太郎', at: new Date().toISOString(), how: '電話' },
    source: { system: 'kaigo', key: `HTTP-${insured}`, occurredAt: `${isoDay()}T00:00:00+09:00` },
    asserted: { code: '1', formVersion: 'K-2026-1', on: isoDay() },
    subject: {
      ref: 'subject',
      role: 'subject',
      identifiers: [{ system: 'kaigo', value: `00990010-${insured}` }],
      items: { identity: { name: '見本　一郎' }, concern: { boxes: ['housing'] } },
    },
    others: [],
  };
}

function everyCategory() {
  const note = '見本の記録。';
  const base = submissionOf('0000000151');
  return {
    ...base,
    asserted: undefined,
    acting: { name: '見本　花' },
    source: { ...base.source, key: 'EVERY-1' },
    subject: {
      ...base.subject,
      items: {
        identity: { name: '見本　一郎', kana: 'ミホン　イチロウ', birthDate: '1950-04-01', sex: 'male' },
        contact: { address: '見本県見本市一丁目', telephone: '0991230000' },
        contact_wishes: { leaveMessage: false },
        household_outline: { size: 2, relations: ['妻'] },
        concern: { boxes: ['illness', 'housing'], mostPressing: ['housing'] },
        wishes: { wishes: note },
        care_level: { level: '21' },
        disability: { physicalGrade: '3' },
        health: { illness: note },
        income_debt: { arrears: note },
        public_assistance: { receiving: false },
        employment: { status: '無職' },
        housing: { status: '借家' },
        education: { note },
        child_rearing: { note },
        service_use: { planKind: '1' },
        abuse: { note },
        criminal: { note },
        narrative: { fact: note, writtenOn: isoDay() },
        origin: { note },
      },
    },
  };
}
