// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { eventFields, type EventValues } from '../../test/event-file';
import { judgeEvent } from './judge-event';

const rules = { gaiji: new Map<string, string | null>(), insurers: [] };
const judge = (row: EventValues, fields?: number) =>
  judgeEvent(eventFields(row, fields === undefined ? {} : { fields }), rules);

describe('a change record of the care insurance', () => {
  it('is sound with all 29 fields', () => {
    expect(judge({})).toMatchObject({ ok: true, warnings: [] });
  });

  it('is sound when it ends at the 外部管理番号', () => {
    expect(judge({}, 25)).toMatchObject({ ok: true, warnings: [] });
  });

  it('is sound without anything that may be left out', () => {
    const optional = ['reason', 'kanji', 'qualifiedOn', 'careLevel', 'application', 'validFrom', 'validTo', 'planKind'];
    const more = ['office', 'physicalIndependence', 'dementiaIndependence', 'message', 'address', 'telephone'];
    const empty = [...optional, ...more, 'householdSize', 'meeting'].map((key) => [key, '']);
    const judged = judge(Object.fromEntries(empty) as EventValues);
    expect(judged).toMatchObject({ ok: true, warnings: [] });
    expect(judged.ok && Object.keys(judged.record)).toHaveLength(13);
  });

  it('takes the number of a welfare-assisted person, which begins with H', () => {
    expect(judge({ insured: 'H000000001' })).toMatchObject({ ok: true });
  });

  describe('waits in the quarantine', () => {
    const cases: [why: string, row: EventValues, code: string, field: number][] = [
      ['with a wrong check digit of the insurer', { insurer: '00990011' }, 'E-CD-HOKENSHA', 6],
      ['with an insurer number that is not 00 and six digits', { insurer: '99900100' }, 'E-CODE', 6],
      ['with small letters in 英数', { insured: 'h000000001' }, 'E-ATTR', 7],
      ['with 2-byte characters in 英数', { kana: 'ミホン' }, 'E-ATTR', 8],
      ['with half-width characters in 漢字', { kanji: '見本 花子' }, 'E-ATTR', 9],
      ['with letters in コード', { change: 'A' }, 'E-ATTR', 4],
      ['with small letters in 外部管理番号', { externalNumber: 'kai-1' }, 'E-ATTR', 25],
      ['with kana in 外部管理番号', { externalNumber: 'ｶｲ-1' }, 'E-ATTR', 25],
      ['with a cut 2-byte character', { message: Buffer.from([0x89, 0xc6, 0x83]) }, 'E-ATTR', 24],
      ['with a control character', { message: Buffer.from([0x89, 0xc6, 0x07]) }, 'E-ATTR', 24],
      ['with the apostrophe that these files forbid', { telephone: "099'123" }, 'E-ATTR', 27],
      ['with a 29 February of a common year', { birthDate: '19410229' }, 'E-DATE', 10],
      ['with a month 13', { changedOn: '20261301' }, 'E-DATE', 3],
      ['with a date of seven digits', { qualifiedOn: '2005010' }, 'E-DATE', 12],
      ['with a date of another age', { birthDate: '09400105' }, 'E-DATE', 10],
      ['with a date of zeros', { validTo: '00000000' }, 'E-DATE', 16],
      ['with a certification that ends before it begins', { validFrom: '20270601' }, 'E-DATE', 16],
      ['without 異動年月日', { changedOn: '' }, 'E-REQUIRED', 3],
      ['without a reading of the name', { kana: '' }, 'E-REQUIRED', 8],
      ['with a reading of spaces', { kana: '   ' }, 'E-REQUIRED', 8],
      ['without 外部管理番号', { externalNumber: '' }, 'E-REQUIRED', 25],
      ['with another 交換情報識別番号', { exchangeId: 'Z113' }, 'E-CODE', 1],
      ['with another record kind', { recordKind: '02' }, 'E-CODE', 2],
      ['with an unknown 異動区分', { change: '4' }, 'E-CODE', 4],
      ['with an insured number of nine digits', { insured: '000000201' }, 'E-CODE', 7],
      ['with a sex outside 1 and 2', { sex: '3' }, 'E-CODE', 11],
      ['with an unknown care level', { careLevel: '26' }, 'E-CODE', 13],
      ['with an unknown 認定申請区分', { application: '4' }, 'E-CODE', 14],
      ['with an unknown plan kind', { planKind: '9' }, 'E-CODE', 17],
      ['with 障害高齢者自立度 0', { physicalIndependence: '0' }, 'E-CODE', 19],
      ['with 認知症高齢者自立度 9', { dementiaIndependence: '9' }, 'E-CODE', 20],
      ['with eleven concern flags', { concerns: '00000110000' }, 'E-CODE', 21],
      ['with a concern flag 3', { concerns: '000003100000' }, 'E-CODE', 21],
      ['with an unknown target', { target: '7' }, 'E-CODE', 22],
      ['with an unknown consent code', { consent: '4' }, 'E-CODE', 23],
      ['with a household of nobody', { householdSize: '00' }, 'E-CODE', 28],
      ['with an unknown 会い方', { meeting: '5' }, 'E-CODE', 29],
      ['with a reading of 26 bytes', { kana: 'ｱ'.repeat(26) }, 'E-LENGTH', 8],
      ['with a name of 21 characters', { kanji: '見'.repeat(21) }, 'E-LENGTH', 9],
      ['with a text of 101 characters', { message: 'あ'.repeat(101) }, 'E-LENGTH', 24],
      ['with an address of 41 characters', { address: '町'.repeat(41) }, 'E-LENGTH', 26],
      ['with an 異動事由 of three digits', { reason: '001' }, 'E-LENGTH', 5],
      ['with a possible 個人番号 in 連絡文', { message: '番号は１２３４　５６７８　９０１８です' }, 'S-MYNUMBER', 24],
      ['with a possible 個人番号 in 住所', { address: '見本市１２３４５６７８９０１８' }, 'S-MYNUMBER', 26],
      ['with a possible 個人番号 as telephone', { telephone: '123456789018' }, 'S-MYNUMBER', 27],
    ];
    it.each(cases)('%s', (_, row, code, field) => {
      expect(judge(row)).toMatchObject({ ok: false, faults: [{ code, field }] });
    });

    it.each([24, 26, 28, 30])('with %i fields', (fields) => {
      expect(judge({}, fields)).toMatchObject({ ok: false, faults: [{ code: 'E-FIELDS' }] });
    });

    it('of an insurer that is not served', () => {
      const judged = judgeEvent(eventFields(), { ...rules, insurers: ['00990028'] });
      expect(judged).toMatchObject({ ok: false, faults: [{ code: 'E-CODE', field: 6 }] });
    });

    it('with a possible 個人番号 named before any other fault', () => {
      expect(judge({ birthDate: '1', message: '１２３４５６７８９０１８' })).toMatchObject({
        faults: [
          { code: 'S-MYNUMBER', field: 24 },
          { code: 'E-DATE', field: 10 },
        ],
      });
    });

    it('with all its faults by field number', () => {
      const row = { sex: '9', insurer: '00990011', validFrom: '20270601' };
      expect(judge(row)).toMatchObject({
        faults: [
          { code: 'E-CD-HOKENSHA', field: 6 },
          { code: 'E-CODE', field: 11 },
          { code: 'E-DATE', field: 16 },
        ],
      });
    });
  });

  describe('is taken with a flag', () => {
    it('when its 異動事由 is unknown', () => {
      expect(judge({ reason: '99' })).toMatchObject({ ok: true, warnings: [{ code: 'W-CODE', field: 5 }] });
    });

    const gaiji = Buffer.from([0x8c, 0xa9, 0xf0, 0x40]);
    it('when its name has a 外字 nobody knows: the name is left out and the kana stands', () => {
      const judged = judge({ kanji: gaiji });
      expect(judged).toMatchObject({ ok: true, warnings: [{ code: 'W-GAIJI', field: 9 }] });
      expect(judged.ok && judged.record.kanji).toBeUndefined();
      expect(judged.ok && judged.record.kana).toBe('ﾐﾎﾝ ﾊﾅｺ');
    });

    it('when the table knows the 外字: it is replaced', () => {
      const judged = judgeEvent(eventFields({ kanji: gaiji }), { ...rules, gaiji: new Map([['F040', '𠮷']]) });
      expect(judged).toMatchObject({
        ok: true,
        record: { kanji: '見𠮷' },
        warnings: [{ code: 'W-GAIJI-MAPPED', field: 9 }],
      });
    });

    it('when the table says that nothing can stand for the 外字', () => {
      const judged = judgeEvent(eventFields({ kanji: gaiji }), { ...rules, gaiji: new Map([['F040', null]]) });
      expect(judged).toMatchObject({ ok: true, warnings: [{ code: 'W-GAIJI', field: 9 }] });
      expect(judged.ok && judged.record.kanji).toBeUndefined();
    });

    it('when its text has an unknown 外字: 〓 stands for it', () => {
      expect(judge({ address: gaiji })).toMatchObject({
        ok: true,
        record: { address: '見〓' },
        warnings: [{ code: 'W-GAIJI', field: 26 }],
      });
    });
  });
});
