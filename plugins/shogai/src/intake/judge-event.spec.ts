// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { eventRecord, type EventValues } from '../../test/event-file';
import { anything } from '../layout/intake-rules';
import { eventLayout } from './event-layout';
import { judgeEvent } from './judge-event';

const judge = (row: EventValues, rules: Partial<typeof anything> = {}) =>
  judgeEvent(eventRecord(row), '990019', { ...anything, ...rules });

describe('a change record of 障害福祉', () => {
  it('has 28 fields in 421 bytes, the rest of 500 being 予備', () => {
    expect(eventLayout).toHaveLength(28);
    expect(eventLayout.reduce((sum, { maxBytes }) => sum + maxBytes, 0)).toBe(421);
  });

  it('is sound with all of them', () => {
    expect(judge({})).toMatchObject({ ok: true, warnings: [] });
  });

  it('is sound without anything that may be left out', () => {
    const optional = ['resident', 'kanji', 'address', 'kinds', 'physicalGrade', 'intellectualGrade', 'mentalGrade'];
    const more = ['supportLevel', 'validFrom', 'validTo', 'service', 'office', 'message', 'telephone'];
    const empty = [...optional, ...more, 'householdSize', 'meeting'].map((key) => [key, '']);
    const judged = judge(Object.fromEntries(empty) as EventValues);
    expect(judged).toMatchObject({ ok: true, warnings: [] });
    expect(judged.ok && Object.keys(judged.record)).toHaveLength(12);
  });

  it.each([
    ['3601015', '19851015'],
    ['2151225', '19261225'],
    ['4010108', '19890108'],
    ['4310430', '20190430'],
    ['5010501', '20190501'],
  ])('born on %s is born on %s', (birthDate, day) => {
    expect(judge({ birthDate })).toMatchObject({ ok: true, record: { birthDate: day }, warnings: [] });
  });

  describe('waits in the quarantine', () => {
    const cases: [why: string, row: EventValues, code: string, field: number][] = [
      ['with the check digit of an insurer in 市町村番号', { municipality: '990010' }, 'E-CD-MUNI', 3],
      ['of another municipality than the file', { municipality: '131016' }, 'E-CODE', 3],
      ['without 市町村番号', { municipality: '' }, 'E-REQUIRED', 3],
      ['without 受給者証番号', { recipient: '' }, 'E-REQUIRED', 4],
      ['with a 受給者証番号 of nine digits', { recipient: '991010000' }, 'E-CODE', 4],
      ['with a 29 February of a common year', { changedOn: '20260229' }, 'E-DATE', 6],
      ['without 異動年月日', { changedOn: '' }, 'E-REQUIRED', 6],
      ['with an unknown 異動区分', { change: '4' }, 'E-CODE', 7],
      ['without 異動区分', { change: '0' }, 'E-REQUIRED', 7],
      ['without a reading of the name', { kana: '' }, 'E-REQUIRED', 8],
      ['with 2-byte characters in the reading', { kana: 'ミホン' }, 'E-ATTR', 8],
      ['with half-width characters in the name', { kanji: Buffer.from('MIHON ') }, 'E-ATTR', 9],
      ['with a name cut in the middle of a character', { kanji: Buffer.from([0x8c, 0xa9, 0x83, 0x20]) }, 'E-ATTR', 9],
      ['with another sex', { sex: '3' }, 'E-CODE', 10],
      ['born in 平成31年5月, which was 令和', { birthDate: '4310501' }, 'E-ERA', 11],
      ['born in an era nobody knows', { birthDate: '9010101' }, 'E-ERA', 11],
      ['born on a day that no month has', { birthDate: '3600231' }, 'E-DATE', 11],
      ['without 生年月日', { birthDate: '' }, 'E-REQUIRED', 11],
      ['with an 障害種別フラグ of 2', { kinds: '12000' }, 'E-CODE', 13],
      ['with kana as 療育手帳程度', { intellectualGrade: 'ｱ' }, 'E-ATTR', 15],
      ['with kana as 障害支援区分コード', { supportLevel: 'ｱ1' }, 'E-CODE', 17],
      ['with a beginning that is no day', { validFrom: '20260931' }, 'E-DATE', 18],
      ['with an end before its beginning', { validFrom: '20270401' }, 'E-DATE', 19],
      ['with an era where the settings know none', { validTo: '04310501' }, 'E-DATE', 19],
      ['with a decided service of five signs', { service: '11100' }, 'E-CODE', 20],
      ['with an unknown target', { targetAndConsent: '71' }, 'E-CODE', 22],
      ['with an unknown consent', { targetAndConsent: '44' }, 'E-CODE', 22],
      ['with eleven concern flags', { concerns: '00000101000' }, 'E-CODE', 23],
      ['with a concern flag 3', { concerns: '000003000000' }, 'E-CODE', 23],
      ['without 外部管理番号', { externalNumber: '' }, 'E-REQUIRED', 25],
      ['with kana in 外部管理番号', { externalNumber: 'ｼｮ-1' }, 'E-ATTR', 25],
      ['with small letters in the telephone number', { telephone: 'tel' }, 'E-ATTR', 26],
      ['with an unknown 会い方', { meeting: '5' }, 'E-CODE', 28],
      ['with a possible 個人番号 in 連絡文', { message: '１２３４　５６７８　９０１８' }, 'S-MYNUMBER', 24],
      ['with a possible 個人番号 as telephone number', { telephone: '123456789018' }, 'S-MYNUMBER', 26],
    ];
    it.each(cases)('%s', (_, row, code, field) => {
      expect(judge(row)).toMatchObject({ ok: false, faults: [{ code, field }] });
    });

    it('with the day that was probably meant, where an era had ended', () => {
      expect(judge({ birthDate: '4310501' })).toMatchObject({ faults: [{ suggestion: '2019-05-01' }] });
      expect(judge({ birthDate: '9010101' })).not.toHaveProperty(['faults', 0, 'suggestion']);
    });

    it('with a possible 個人番号 before any other fault, and all the others behind it', () => {
      expect(judge({ birthDate: '4310501', sex: '9', message: '１２３４５６７８９０１８' })).toMatchObject({
        faults: [
          { code: 'S-MYNUMBER', field: 24 },
          { code: 'E-CODE', field: 10 },
          { code: 'E-ERA', field: 11 },
        ],
      });
    });
  });

  describe('is taken with a flag', () => {
    it('when the end of its validity was printed before an era ended, and the settings say that it is in eras', () => {
      const judged = judge({ validFrom: '04290401', validTo: '04310501' }, { validityDates: 'gyymmdd' });
      expect(judged).toMatchObject({
        ok: true,
        record: { validFrom: '20170401', validTo: '20190501' },
        warnings: [{ code: 'W-ERA-OVERRUN', field: 19 }],
      });
    });

    it('but not when its beginning was', () => {
      const judged = judge({ validFrom: '04310501', validTo: '04330331' }, { validityDates: 'gyymmdd' });
      expect(judged).toMatchObject({ faults: [{ code: 'E-ERA', field: 18 }] });
    });

    it.each<[string, EventValues, number]>([
      ['障害支援区分コード', { supportLevel: '27' }, 17],
      ['身体障害者手帳等級', { physicalGrade: '8' }, 14],
      ['精神手帳等級', { mentalGrade: '4' }, 16],
    ])('when %s is not in its list, which is to be confirmed', (_, row, field) => {
      expect(judge(row)).toMatchObject({ ok: true, warnings: [{ code: 'W-CODE', field }] });
    });

    it('when the check digit of 宛名番号 is another: old numbers have none', () => {
      expect(judge({ resident: '000000000001235' })).toMatchObject({
        ok: true,
        warnings: [{ code: 'W-CD-ATENA', field: 5 }],
      });
      // Remainder 1: no rule is known for it.
      expect(judge({ resident: '000000000000060' })).toMatchObject({ warnings: [] });
    });

    const gaiji = Buffer.from([0x8c, 0xa9, 0xf0, 0x40]);
    it('when its name has a 外字 nobody knows: the name is left out and the kana stands', () => {
      const judged = judge({ kanji: gaiji });
      expect(judged).toMatchObject({ ok: true, warnings: [{ code: 'W-GAIJI', field: 9 }] });
      expect(judged.ok && judged.record).not.toHaveProperty('kanji');
    });

    it('when the table knows the 外字: it is replaced', () => {
      expect(judge({ kanji: gaiji }, { gaiji: new Map([['F040', '吉']]) })).toMatchObject({
        record: { kanji: '見吉' },
        warnings: [{ code: 'W-GAIJI-MAPPED', field: 9 }],
      });
    });
  });
});
