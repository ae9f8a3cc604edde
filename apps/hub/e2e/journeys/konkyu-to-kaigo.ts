// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addWorkingDays } from '@tsunagi/domain';
import { base32ToUuid, uuidToBase32 } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import { answerAsCare, consult, heldOf, kekka, resultFile, sodanOf as sodanOfReferral } from './consultations';
import {
  act,
  isAsked,
  ledgerOf,
  personOf,
  registerConsent,
  stateOf,
  switchPlugin,
  timelineOf,
  todosAbout,
  withdrawConsent,
  type People,
} from './people';
import { municipalCalendar } from '../../src/platform/calendar';
import { answerRecord, kaigoRecord } from '../town/kaigo-desk';
import type { FormOver } from '../town/konkyu-desk';
import { cp932, isoDay, wallClock, ymd } from '../town/written';

const hubId = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** A KAR file with one record of Z113, byte by byte. Where no insurer's number is in it, none is named. */
const referralFile = (record: string, insurer = '000000') =>
  cp932(`1,1,0,1,Z11,0,${insurer},0,00,7,${ymd().slice(0, 6)},0\r\n2,2,${record}\r\n3,3\r\n`);

/** 引受期限 of an ordinary つなぎ that leaves today: five working days. */
const acceptBy = () => addWorkingDays(isoDay(), 5, municipalCalendar(new Date())).replaceAll('-', '');

/** Consultations of the 自立相談支援機関 arrive in the folder of the 介護 system, and what became of them comes back as rows. */
export function konkyuToKaigo({ town, kaigo, konkyu, it_ }: People): void {
  const arrive = (sodan: string, over?: FormOver) => consult(town, sodan, over);
  const answer = (...told: Parameters<typeof answerRecord>) => answerAsCare(town, ...told);

  const codes = async (sodan: string) => (await town.konkyu.results(sodan)).map((r) => r.jotai_cd);

  /** The next consultation has arrived, so what was entered before it has been read and answered as well. */
  let passed = 0;
  const everythingBeforeIsRead = () => arrive(`KS-AFTER-${++passed}`);

  const sodanOf = (id: string) => sodanOfReferral(konkyu, id);
  const held = (sodan: string) => heldOf(konkyu, sodan);

  it('arrives as a file with exactly what the form permits, byte for byte, and the office reads 到着', async () => {
    const { referral, delivery, bytes } = await arrive('KS-ARRIVE');
    expect([referral, delivery]).toEqual([expect.stringMatching(hubId), expect.stringMatching(hubId)]);
    // 連絡文 is empty and its bit 0: the form covers no narrative. Work and home have no field, and no bit either.
    expect(bytes).toEqual(
      referralFile(
        `Z113,01,${referral},${delivery},1,01,4,"自立相談支援機関","相談員　一",01,,"ﾐﾎﾝ ｼﾞﾛｳ","見本　次郎",19541103,1,"見本県見本市見本町一丁目１番１号",099-123-0101,101002000000,,,1,${acceptBy()},110001000000000000000000,${ymd()}`,
      ),
    );
    // CP932, two bytes a character: 見本　次郎.
    expect(bytes.includes(Buffer.from('8ca9967b81408e9f9859', 'hex'))).toBe(true);
    const received = (await timelineOf(konkyu, referral)).find((e) => e.to === 'received');
    expect(await town.konkyu.results('KS-ARRIVE')).toEqual([
      kekka({
        sodan_id: 'KS-ARRIVE',
        hub_shokai_id: referral,
        jotai_cd: '10',
        jotai_dt: wallClock(received?.at ?? ''),
        uketsuke_kikan: '地域包括支援センター',
      }),
    ]);
    expect((await ledgerOf(konkyu, referral)).filter((l) => l.members.length > 0)).toMatchObject([
      { state: 'written', members: [{ categories: ['identity', 'contact', 'concern'] }] },
    ]);
  });

  it('keeps every character that CP932 has, and leaves a name blank rather than writing it wrong', async () => {
    const names = {
      shimei: '髙﨑　花子',
      furigana: 'たかさき はなこ',
      jusho: '見本県見本市1-2〜3',
      sodan_naiyo: '0'.repeat(16),
    };
    const written = await arrive('KS-NAME-1', names);
    expect(written.bytes).toEqual(
      referralFile(
        `Z113,01,${written.referral},${written.delivery},1,01,4,"自立相談支援機関","相談員　一",01,,"ﾀｶｻｷ ﾊﾅｺ","髙﨑　花子",19541103,1,"見本県見本市１－２～３",099-123-0101,,,,1,${acceptBy()},110000000000000000000000,${ymd()}`,
      ),
    );
    // 髙 and 﨑 as IBM placed them, － and ～ as Windows does.
    for (const bytes of ['fbfcfab1814089d48e71', '8250817c825181608252'])
      expect(written.bytes.includes(Buffer.from(bytes, 'hex'))).toBe(true);
    // 𠮷 has no place there. The bit of 本人確認 stays: it was permitted and is in the hub, and the reading goes.
    const blank = await arrive('KS-NAME-2', { shimei: '𠮷田　花子', furigana: 'よしだ はなこ', jusho: '𠮷野町一丁目' });
    expect(blank.bytes).toEqual(
      referralFile(
        `Z113,01,${blank.referral},${blank.delivery},1,01,4,"自立相談支援機関","相談員　一",01,,"ﾖｼﾀﾞ ﾊﾅｺ",,19541103,1,,099-123-0101,101002000000,,,1,${acceptBy()},110001000000000000000000,${ymd()}`,
      ),
    );
  });

  it('is asked, answered, taken, begun and completed: a row for each change of code, and none between', async () => {
    const at = await arrive('KS-LIFE');
    const { referral } = at;
    await answer(at, '10', 'KAS-LIFE-1');
    await answer(at, '45', 'KAS-LIFE-2', { text: '連絡のつきやすい時間帯を教えてください。' });
    expect(await stateOf(konkyu, referral)).toBe('questioned');
    expect(await todosAbout(konkyu, referral)).toContain('answer_question');
    expect(JSON.stringify(await timelineOf(konkyu, referral))).toContain('時間帯');
    // The layouts have no record for an answer to a question: the desk reads it in the hub.
    await act(konkyu, referral, 'answer', { answer: '平日の午前です。' });
    expect(JSON.stringify(await timelineOf(kaigo, referral))).toContain('平日の午前です。');

    await answer(at, '20', 'KAS-LIFE-3', { insured: '0000000501' });
    await town.konkyu.told('KS-LIFE', '20');
    await answer(at, '30', 'KAS-LIFE-4');
    await town.konkyu.told('KS-LIFE', '30');
    await answer(at, '35', 'KAS-LIFE-5', { next: ymd(7) });
    expect(await stateOf(kaigo, referral)).toBe('on_hold');
    await answer(at, '40', 'KAS-LIFE-6', { outcome: '011', text: '配食の利用につながりました。' });
    await town.konkyu.told('KS-LIFE', '40');

    const row = { sodan_id: 'KS-LIFE', hub_shokai_id: referral, uketsuke_kikan: '地域包括支援センター' };
    // Neither worker nor date nor text: the scope of the form is the state alone.
    expect(await town.konkyu.results('KS-LIFE')).toEqual(
      ['10', '20', '30', '40'].map((jotai_cd) => kekka({ ...row, jotai_cd })),
    );
    expect(await stateOf(konkyu, referral)).toBe('completed');

    // The office sends the report back once: the code changes again, and once more with the new report.
    await act(konkyu, referral, 'send-back', { note: 'もう少しお願いします。' });
    await town.konkyu.told('KS-LIFE', '30');
    await answer(at, '40', 'KAS-LIFE-7', { outcome: '012', text: '通所につながりました。' });
    await town.konkyu.told('KS-LIFE', '40');
    expect(await codes('KS-LIFE')).toEqual(['10', '20', '30', '40', '30', '40']);
  });

  it('is not returned by 103 or 104: the one waits, the other has simply been taken', async () => {
    const full = await arrive('KS-FULL');
    await answer(full, '50', 'KAS-FULL-1', { reason: '103' });
    expect(await stateOf(kaigo, full.referral)).toBe('on_hold');
    const known = await arrive('KS-KNOWN');
    await answer(known, '50', 'KAS-KNOWN-1', { reason: '104' });
    await town.konkyu.told('KS-KNOWN', '20');
    expect(await codes('KS-KNOWN')).toEqual(['10', '20']);
    expect(await codes('KS-FULL')).toEqual(['10']);
  });

  it('is answered only by the desk that it was given to, and only as far as its state leads', async () => {
    const at = await arrive('KS-OTHERS');
    const name = town.kaigo.drop([kaigoRecord({ key: 'OTHERS-0001', insured: '0000000601' })]);
    const [, , , , , , , theirs = ''] = (await town.kaigo.result(name))[0] ?? [];
    const { haiso_id } = await town.konkyu.row(theirs);
    const refused = town.kaigo.answer(
      answerRecord({ referral: theirs, delivery: haiso_id }, '20', 'KAS-OTHERS-1'),
      answerRecord(at, '20', 'KAS-OTHERS-2', { worker: '' }),
      answerRecord({ ...at, delivery: 'U'.repeat(26) }, '20', 'KAS-OTHERS-3'),
      answerRecord(at, '40', 'KAS-OTHERS-4'),
    );
    expect((await town.kaigo.result(refused)).map((r) => r.slice(3))).toEqual([
      ['KAS-OTHERS-1', '90', 'E-DELIVERY', '4', ''],
      ['KAS-OTHERS-2', '90', 'E-STATE', '5', at.referral],
      ['KAS-OTHERS-3', '90', 'E-ID', '4', ''],
      ['KAS-OTHERS-4', '90', 'E-REQUIRED', '11', ''],
    ]);
    expect(await stateOf(konkyu, at.referral)).toBe('received');
    expect(await stateOf(konkyu, theirs)).not.toBe('accepted');
  });

  it('waits without consent and nothing leaves; with one it goes as scoped, worker, next date and note come back', async () => {
    const secret = {
      shimei: '秘密　次郎',
      furigana: 'ひみつ　じろう',
      jusho: '見本県秘密市九丁目９番９号',
      doi_kbn: '9',
    };
    await town.konkyu.consult('KS-HELD', secret);
    const id = await held('KS-HELD');
    await everythingBeforeIsRead();
    expect(town.tapped()).not.toContain('秘密');
    expect((await kaigo('GET', `/referrals/${id}`)).status).toBe(404);
    expect((await konkyu('GET', '/todos')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'authority_needed', referralId: id }),
    );
    // There is no 状態コード for waiting: the office sees it in the hub.
    expect(await town.konkyu.results('KS-HELD')).toEqual([]);
    expect(town.kaigo.referrals().filter((r) => base32ToUuid(r.values[2] ?? '') === id)).toEqual([]);

    await registerConsent(konkyu, (await konkyu('GET', `/referrals/${id}`)).body.person, {
      categories: ['identity', 'concern'],
      toward: 'kaigo',
      feedback: 'state+note',
    });
    const { hub_shokai_id: referral } = await town.konkyu.told('KS-HELD', '10');
    expect(base32ToUuid(referral ?? '')).toBe(id);
    const { bytes, delivery } = await town.kaigo.referral(referral ?? '');
    expect(bytes).toEqual(
      referralFile(
        `Z113,01,${referral},${delivery},1,01,4,"自立相談支援機関","相談員　一",01,,"ﾋﾐﾂ ｼﾞﾛｳ","秘密　次郎",19541103,1,,,101002000000,,,1,${acceptBy()},100001000000000000000000,${ymd()}`,
      ),
    );
    await answer({ referral: referral ?? '', delivery }, '20', 'KAS-HELD-1', {
      next: ymd(3),
      text: '来週、面談の予定です。',
    });
    await town.konkyu.told('KS-HELD', '20');
    expect((await town.konkyu.results('KS-HELD')).at(-1)).toEqual(
      kekka({
        sodan_id: 'KS-HELD',
        hub_shokai_id: referral,
        jotai_cd: '20',
        uketsuke_kikan: '地域包括支援センター',
        tantosha: '見本　五郎',
        jikai_ymd: ymd(3),
        renraku_bun: '来週、面談の予定です。',
      }),
    );
    const everywhere = town.tapped() + town.kaigo.everythingOut();
    expect(everywhere).toContain('秘密　次郎');
    expect(everywhere).not.toContain('秘密市');
  });

  it('tells the office by 90 which column keeps a row back, never a value, once; the corrected row goes on', async () => {
    await town.konkyu.consult('KS-ERA', { seinen_gengo: '2', seinen_ymd: '640110' });
    await town.konkyu.consult('KS-NUMBER', { shuso: '番号は１２３４ ５６７８ ９０１８です。' });
    await town.konkyu.told('KS-ERA', '90');
    await town.konkyu.told('KS-NUMBER', '90');
    await town.host.stop();
    await town.host.start();
    await everythingBeforeIsRead();
    expect(await town.konkyu.results('KS-ERA')).toEqual([
      kekka({ sodan_id: 'KS-ERA', jotai_cd: '90', renraku_bun: 'E-ERA（11 seinen_ymd）' }),
    ]);
    expect(await town.konkyu.results('KS-NUMBER')).toEqual([
      kekka({ sodan_id: 'KS-NUMBER', jotai_cd: '90', renraku_bun: 'S-MYNUMBER（21 shuso）' }),
    ]);
    expect(town.tapped()).not.toContain('１２３４');
    await town.konkyu.rewrite('KS-ERA', { seinen_gengo: '3', seinen_ymd: '010110' });
    await town.konkyu.told('KS-ERA', '10');
    expect(await codes('KS-ERA')).toEqual(['90', '10']);
  });

  it('names in a correction the number that the desk’s own answer has said', async () => {
    const first = await arrive('KS-INSURED');
    const { referral } = first;
    await answer(first, '20', 'KAS-INSURED-1', { insured: '0000000502' });
    await town.konkyu.rewrite('KS-INSURED', { shimei: '見本　三郎', tantosha: '相談員　二' });
    const second = await town.kaigo.referral(referral, '2');
    expect(second.bytes).toEqual(
      referralFile(
        `Z113,01,${referral},${second.delivery},2,01,4,"自立相談支援機関","相談員　二",01,0000000502,"ﾐﾎﾝ ｼﾞﾛｳ","見本　三郎",19541103,1,"見本県見本市見本町一丁目１番１号",099-123-0101,101002000000,,,1,${acceptBy()},110001000000000000000000,${ymd()}`,
        '00990010',
      ),
    );
  });

  it('is corrected by a record of its own, whole, when something changes that the desk may see; the state stays', async () => {
    const first = await arrive('KS-CHANGE');
    const { referral } = first;
    await answer(first, '20', 'KAS-CHANGE-1');
    await town.konkyu.told('KS-CHANGE', '20');
    await town.konkyu.rewrite('KS-CHANGE', { jusho: '見本県見本市見本町二丁目２番２号' });
    const second = await town.kaigo.referral(referral, '2');
    expect(second.delivery).not.toBe(first.delivery);
    expect(second.bytes).toEqual(
      referralFile(
        `Z113,01,${referral},${second.delivery},2,01,4,"自立相談支援機関","相談員　一",01,,"ﾐﾎﾝ ｼﾞﾛｳ","見本　次郎",19541103,1,"見本県見本市見本町二丁目２番２号",099-123-0101,101002000000,,,1,${acceptBy()},110001000000000000000000,${ymd()}`,
      ),
    );
    // What the desk may not see has changed, or only the time of the row: nothing leaves.
    await town.konkyu.rewrite('KS-CHANGE', { shuso: '膝はよくなった。' });
    await town.konkyu.rewrite('KS-CHANGE');
    await everythingBeforeIsRead();
    expect(town.kaigo.referrals().filter((r) => r.values[2] === referral)).toHaveLength(2);
    expect(await stateOf(konkyu, referral)).toBe('accepted');
    // The desk may answer to either delivery.
    await answer({ referral, delivery: second.delivery }, '30', 'KAS-CHANGE-2');
    await town.konkyu.told('KS-CHANGE', '30');
    expect(await codes('KS-CHANGE')).toEqual(['10', '20', '30']);
  });

  /** A recall names the delivery it cancels and the day, and nobody. */
  const recallOf = ({ referral, delivery }: { referral: string; delivery: string }) =>
    referralFile(`Z113,01,${referral},${delivery},3${','.repeat(19)}${ymd()}`);

  it('is recalled when the consent is withdrawn: 65 to the office, and the desk acknowledges by 60', async () => {
    const at = await arrive('KS-REVOKE');
    await withdrawConsent(konkyu, at.referral);
    const recall = await town.kaigo.referral(at.referral, '3');
    expect(recall.bytes).toEqual(recallOf(at));
    await town.konkyu.told('KS-REVOKE', '65');
    // News of its own record: nothing of the recipient is in it.
    expect((await town.konkyu.results('KS-REVOKE')).at(-1)).toEqual(
      kekka({ sodan_id: 'KS-REVOKE', hub_shokai_id: at.referral, jotai_cd: '65' }),
    );
    await answer(at, '60', 'KAS-REVOKE-1');
    expect((await ledgerOf(konkyu, at.referral)).filter((l) => l.recall?.acknowledgedAt !== undefined)).toHaveLength(1);
    // Too late: what was taken back cannot be accepted any more.
    const late = town.kaigo.answer(answerRecord(at, '20', 'KAS-REVOKE-2'));
    expect(await town.kaigo.resultBytes(late)).toEqual(resultFile(`KAS-REVOKE-2,90,E-RECALLED,4,${at.referral}`));
    expect(await codes('KS-REVOKE')).toEqual(['10', '65']);
  });

  it('is recalled after it was taken, too: the state stays, and both desks talk with the person', async () => {
    const at = await arrive('KS-TAKEN');
    await answer(at, '20', 'KAS-TAKEN-1');
    await town.konkyu.told('KS-TAKEN', '20');
    await withdrawConsent(konkyu, at.referral);
    expect((await town.kaigo.referral(at.referral, '3')).bytes).toEqual(recallOf(at));
    expect(await stateOf(konkyu, at.referral)).toBe('accepted');
    for (const desk of [kaigo, konkyu]) expect(await todosAbout(desk, at.referral)).toContain('talk_after_withdrawal');
    // The desk may still say what it does; that is not told any more.
    await answer(at, '30', 'KAS-TAKEN-2');
    expect([await stateOf(kaigo, at.referral), await stateOf(konkyu, at.referral)]).toEqual([
      'in_progress',
      'accepted',
    ]);
    // Monday's withdrawal outlives Tuesday's row that asserts the consent again: nothing leaves on it.
    await town.konkyu.rewrite('KS-TAKEN', { jusho: '見本県見本市見本町三丁目３番３号' });
    await everythingBeforeIsRead();
    expect(town.kaigo.referrals().filter((r) => r.values[2] === at.referral)).toHaveLength(2);
    expect(await codes('KS-TAKEN')).toEqual(['10', '20']);
  });

  it('is recalled and arrives anew with less, under a delivery of its own, when the person refuses a part of it', async () => {
    const wide = await arrive('KS-LESS');
    const { referral } = wide;
    const person = await personOf(konkyu, referral);
    expect((await konkyu('POST', '/refusals', { person, categories: ['contact'] })).status).toBe(201);
    expect((await town.kaigo.referral(referral, '3')).bytes).toEqual(recallOf(wide));
    const narrow = await waitFor(
      async () => {
        const newest = await town.kaigo.referral(referral);
        return newest.delivery !== wide.delivery && newest;
      },
      { what: 'the referral with less', timeoutMs: 30_000 },
    );
    expect(narrow.bytes).toEqual(
      referralFile(
        `Z113,01,${referral},${narrow.delivery},1,01,4,"自立相談支援機関","相談員　一",01,,"ﾐﾎﾝ ｼﾞﾛｳ","見本　次郎",19541103,1,,,101002000000,,,1,${acceptBy()},100001000000000000000000,${ymd()}`,
      ),
    );
    await answer({ referral, delivery: narrow.delivery }, '20', 'KAS-LESS-1');
    await town.konkyu.told('KS-LESS', '20');
    expect(await codes('KS-LESS')).toEqual(['10', '20']);
  });

  it('waits while the desk’s system is away, then arrives once and in order; what was withdrawn meanwhile never does', async () => {
    await switchPlugin(it_, 'kaigo', 'off');
    const sodans = ['KS-AWAY-1', 'KS-AWAY-2', 'KS-AWAY-3'];
    for (const sodan of sodans) await town.konkyu.consult(sodan);
    const sent = await waitFor(
      async () => {
        const { items } = (await konkyu('GET', '/referrals?state=sent')).body;
        const ours = (items as { id: string; from: { domain: string } }[]).filter((i) => i.from.domain === 'konkyu');
        return ours.length === sodans.length && ours;
      },
      { what: 'three referrals to be under way', timeoutMs: 30_000 },
    );
    const bySodan = new Map<string, string>();
    for (const { id } of sent) bySodan.set(await sodanOf(id), uuidToBase32(id));
    const referrals = sodans.map((sodan) => bySodan.get(sodan) ?? '');
    await withdrawConsent(konkyu, referrals[1] ?? '');
    await switchPlugin(it_, 'kaigo', 'on');
    await town.konkyu.told('KS-AWAY-2', '65');
    await town.konkyu.told('KS-AWAY-3', '10');
    const arrived = town.kaigo.referrals().map((r) => r.values[2]);
    expect(arrived.filter((one) => referrals.includes(one ?? ''))).toEqual([referrals[0], referrals[2]]);
    expect(await Promise.all(sodans.map(codes))).toEqual([['10'], ['65'], ['10']]);
  });

  it('stays when its row is marked as withdrawn, until the office says so in the hub: then a recall and 60', async () => {
    const at = await arrive('KS-DELETED');
    await town.konkyu.rewrite('KS-DELETED', { sakujo_flg: '1' });
    await isAsked(konkyu, at.referral, 'support_ended');
    expect(await stateOf(konkyu, at.referral)).toBe('received');
    await act(konkyu, at.referral, 'withdraw', { reason: 'ご本人の希望' });
    expect((await town.kaigo.referral(at.referral, '3')).bytes).toEqual(recallOf(at));
    await town.konkyu.told('KS-DELETED', '60');
    const row = { sodan_id: 'KS-DELETED', hub_shokai_id: at.referral };
    expect(await town.konkyu.results('KS-DELETED')).toEqual([
      kekka({ ...row, jotai_cd: '10', uketsuke_kikan: '地域包括支援センター' }),
      kekka({ ...row, jotai_cd: '60' }),
    ]);
  });

  it('sends nothing new on a row whose consent is taken out, and the office has the to-do', async () => {
    const at = await arrive('KS-NOMORE');
    await town.konkyu.rewrite('KS-NOMORE', { doi_kbn: '9', jusho: '見本県見本市見本町四丁目４番４号' });
    await isAsked(konkyu, at.referral, 'authority_needed');
    await everythingBeforeIsRead();
    expect(town.kaigo.referrals().filter((r) => r.values[2] === at.referral)).toHaveLength(1);
  });

  it('does nothing twice: the view’s rows again after a restart, the desk’s file again, its row in another file', async () => {
    const at = await arrive('KS-TWICE');
    const record = answerRecord(at, '20', 'KAS-TWICE-1');
    const first = town.kaigo.answer(record);
    const bytes = await town.kaigo.resultBytes(first);
    expect(bytes).toEqual(resultFile(`KAS-TWICE-1,10,,,${at.referral}`));
    await town.konkyu.told('KS-TWICE', '20');
    const before = { records: town.kaigo.referrals().length, rows: await town.konkyu.results('KS-TWICE') };

    await town.host.stop();
    await town.host.start();
    await town.konkyu.rewrite('KS-TWICE');
    const again = town.kaigo.answer(record);
    expect(await town.kaigo.resultBytes(again)).toEqual(bytes);
    const other = await town.kaigo.result(town.kaigo.answer(record, record, answerRecord(at, '30', 'KAS-TWICE-2')));
    expect(other.map((r) => [r[3], r[4], r[7]])).toEqual([
      ['KAS-TWICE-1', '10', at.referral],
      // Twice in one file: the first stands for both.
      ['KAS-TWICE-1', '13', ''],
      ['KAS-TWICE-2', '10', at.referral],
    ]);
    await everythingBeforeIsRead();
    await town.konkyu.told('KS-TWICE', '30');
    // One record more, of the consultation that came after; one row more, of the new answer.
    expect(town.kaigo.referrals()).toHaveLength(before.records + 1);
    expect((await town.konkyu.results('KS-TWICE')).slice(0, -1)).toEqual(before.rows);
    const names = town.kaigo.referrals().map((r) => `${r.values[3]}/${r.values[4]}`);
    expect(names).toHaveLength(new Set(names).size);
  });
}
