// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { OutcomeCode, ResponseCode, ReturnReason } from '@tsunagi/plugin-sdk';
import { answerFields, type AnswerValues } from '../../test/answer-file';
import { answerLayout } from './answer-layout';
import { judgeAnswer } from './judge-answer';

const rules = { gaiji: new Map<string, string | null>(), insurer: '00990010' };
const judge = (row: AnswerValues, fields?: number) =>
  judgeAnswer(answerFields(row, fields === undefined ? {} : { fields }), rules);

describe('an answer of the care desk', () => {
  it('has 15 fields', () => {
    expect(answerLayout).toHaveLength(15);
    expect(judge({})).toMatchObject({ ok: true, warnings: [] });
  });

  it('is sound with nothing but ids, action, moment and its own number', () => {
    const judged = judge({ referralId: '', worker: '', insured: '' });
    expect(judged).toMatchObject({ ok: true, warnings: [] });
    expect(judged.ok && Object.keys(judged.record)).toHaveLength(7);
  });

  it('takes a field of blanks for an empty one', () => {
    const judged = judge({ referralId: '   ' });
    expect(judged.ok && Object.keys(judged.record)).not.toContain('referralId');
  });

  it('is sound with every 対応区分, 理由コード and 結果コード there is', () => {
    for (const action of ResponseCode.options)
      expect(judge({ action, reason: '101', outcome: '011' })).toMatchObject({ ok: true });
    for (const reason of ReturnReason.options) expect(judge({ action: '50', reason })).toMatchObject({ ok: true });
    for (const outcome of OutcomeCode.options) expect(judge({ action: '40', outcome })).toMatchObject({ ok: true });
  });

  it.each(['', '1', '0012', '9999'])('is sound with 版 「%s」, which is not used', (version) => {
    expect(judge({ version })).toMatchObject({ ok: true });
  });

  describe('waits in the quarantine', () => {
    const cases: [why: string, row: AnswerValues, code: string, field: number][] = [
      ['with another 交換情報識別番号', { exchangeId: 'Z111' }, 'E-CODE', 1],
      ['with another record kind', { recordKind: '02' }, 'E-CODE', 2],
      ['with a ハブ紹介ID of 25 characters', { referralId: '0'.repeat(25) }, 'E-ID', 3],
      ['without 配送ID', { deliveryId: '' }, 'E-REQUIRED', 4],
      ['with a letter that no id has', { deliveryId: `${'0'.repeat(25)}U` }, 'E-ID', 4],
      ['with 26 characters that are no id of the hub', { deliveryId: `${'0'.repeat(25)}1` }, 'E-ID', 4],
      ['with small letters in an id', { deliveryId: '01kafg0000e0080000000000d1' }, 'E-ATTR', 4],
      ['with an id of 27 characters', { deliveryId: '0'.repeat(27) }, 'E-LENGTH', 4],
      ['without 対応区分', { action: '' }, 'E-REQUIRED', 5],
      ['with an unknown 対応区分', { action: '11' }, 'E-CODE', 5],
      ['without a day', { actedOn: '' }, 'E-REQUIRED', 6],
      ['with an unreal day', { actedOn: '20260229' }, 'E-DATE', 6],
      ['without a time', { actedAt: '' }, 'E-REQUIRED', 7],
      ['with an unreal hour', { actedAt: '240000' }, 'E-DATE', 7],
      ['with a time of four digits', { actedAt: '0930' }, 'E-DATE', 7],
      ['with a worker in half width', { worker: 'Goro' }, 'E-ATTR', 8],
      ['with a worker of eleven characters', { worker: '見'.repeat(11) }, 'E-LENGTH', 8],
      ['with an insured number of nine digits', { insured: '000000123' }, 'E-CODE', 9],
      ['with an unknown 理由コード', { reason: '199' }, 'E-CODE', 10],
      ['with a return without its reason', { action: '50' }, 'E-REQUIRED', 10],
      ['with an unknown 結果コード', { action: '40', outcome: '999' }, 'E-CODE', 11],
      ['with a report without its outcome', { action: '40' }, 'E-REQUIRED', 11],
      ['with an unreal next date', { nextContactOn: '20260931' }, 'E-DATE', 12],
      ['with a text of 101 characters', { message: 'あ'.repeat(101) }, 'E-LENGTH', 13],
      ['with a cut 2-byte character', { message: Buffer.from([0x89, 0xc6, 0x83]) }, 'E-ATTR', 13],
      ['with a 版 of letters', { version: 'A' }, 'E-ATTR', 14],
      ['with a 版 of five digits', { version: '12345' }, 'E-LENGTH', 14],
      ['without 外部管理番号', { externalNumber: '' }, 'E-REQUIRED', 15],
      ['with kana in 外部管理番号', { externalNumber: 'ｶｲ-1' }, 'E-ATTR', 15],
      ['with the apostrophe that these files forbid', { externalNumber: "K'1" }, 'E-ATTR', 15],
      ['with a possible 個人番号 in 連絡文', { message: '１２３４　５６７８　９０１８' }, 'S-MYNUMBER', 13],
      ['with a possible 個人番号 as worker', { worker: Buffer.from('123456789018') }, 'S-MYNUMBER', 8],
    ];
    it.each(cases)('%s', (_, row, code, field) => {
      expect(judge(row)).toMatchObject({ ok: false, faults: [{ code, field }] });
    });

    it.each([14, 16])('with %i fields', (fields) => {
      expect(judge({}, fields)).toMatchObject({ ok: false, faults: [{ code: 'E-FIELDS' }] });
    });

    it('with a possible 個人番号 before any other fault, and all the others behind it', () => {
      expect(judge({ action: 'XX', actedAt: '', message: '１２３４５６７８９０１８' })).toMatchObject({
        faults: [
          { code: 'S-MYNUMBER', field: 13 },
          { code: 'E-ATTR', field: 5 },
          { code: 'E-REQUIRED', field: 7 },
        ],
      });
    });
  });

  describe('is taken with a flag', () => {
    it('when its text has an unknown 外字: 〓 stands for it', () => {
      const gaiji = Buffer.from([0x8c, 0xa9, 0xf0, 0x40]);
      expect(judge({ message: gaiji, worker: gaiji })).toMatchObject({
        ok: true,
        record: { message: '見〓', worker: '見〓' },
        warnings: [
          { code: 'W-GAIJI', field: 8 },
          { code: 'W-GAIJI', field: 13 },
        ],
      });
    });

    it('when nobody can tell whose number its 被保険者番号 is', () => {
      const judged = judgeAnswer(answerFields(), { ...rules, insurer: undefined });
      expect(judged).toMatchObject({ ok: true, warnings: [{ code: 'W-INSURER', field: 9 }] });
      expect(judgeAnswer(answerFields({ insured: '' }), { ...rules, insurer: undefined })).toMatchObject({
        warnings: [],
      });
    });
  });
});
