// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { fieldWarning, referralSubmission } from '@tsunagi/plugin-sdk';
import fc from 'fast-check';
import { aConsultation, settings } from '../../test/consultation-row';
import { type ConsultationColumn, consultationColumns, type ConsultationRow } from './consultation-row';
import { readConsultationRow } from '../profiles/consultation-view';
import { toSubmission } from './to-submission';

const map = (row: Partial<ConsultationRow>) => toSubmission(aConsultation(row), settings);

describe('a row of the view', () => {
  it('has its columns in the order by which quarantined rows name them', () => {
    expect(consultationColumns.join(' ')).toBe(
      'renban koshin_dt sakujo_flg sodan_id uketsuke_ymd uketsuke_sha shimei furigana seibetsu seinen_gengo seinen_ymd ' +
        'yubin_no jusho tel_jitaku tel_keitai raidan_kankei sodan_naiyo sodan_keiro shigoto jukyo shuso tsunagi_bunya ' +
        'doi_kbn plan_no',
    );
  });

  describe('waits in the quarantine', () => {
    const cases: [why: string, row: Partial<ConsultationRow>, code: string, field: number][] = [
      ['without a number', { renban: null }, 'E-REQUIRED', 1],
      ['without a time of change', { koshin_dt: null }, 'E-REQUIRED', 2],
      ['with a time without end', { koshin_dt: 'infinity' }, 'E-DATE', 2],
      ['with the year 0001 for no time', { koshin_dt: '0001-01-01 00:00:00' }, 'E-DATE', 2],
      ['with an unknown 削除フラグ', { sakujo_flg: '2' }, 'E-CODE', 3],
      ['without the ID of its form', { sodan_id: null }, 'E-REQUIRED', 4],
      ['with spaces for the ID of its form', { sodan_id: '   ' }, 'E-REQUIRED', 4],
      ['with an ID of 21 characters', { sodan_id: 'S'.repeat(21) }, 'E-LENGTH', 4],
      ['received on 平成31年5月1日', { uketsuke_ymd: 'H31.05.01' }, 'E-ERA', 5],
      ['received on a day that is none', { uketsuke_ymd: 'R06.02.30' }, 'E-DATE', 5],
      ['received on a day of an unknown form', { uketsuke_ymd: '2024/06/10' }, 'E-DATE', 5],
      ['with a control character in a name', { shimei: '見本\u0007' }, 'E-ATTR', 7],
      ['with a name of 61 characters', { shimei: '見'.repeat(61) }, 'E-LENGTH', 7],
      ['with 性別 4', { seibetsu: '4' }, 'E-CODE', 9],
      ['with an era of another table', { seinen_gengo: '5' }, 'E-ERA', 10],
      ['with a birth date and no era', { seinen_gengo: null }, 'E-REQUIRED', 10],
      ['born on 平成31年5月1日', { seinen_gengo: '3', seinen_ymd: '310501' }, 'E-ERA', 11],
      ['born on a day that is none', { seinen_ymd: '290229' }, 'E-DATE', 11],
      ['born on a day of seven characters', { seinen_ymd: '2910030' }, 'E-DATE', 11],
      ['with a postal code of 9 characters', { yubin_no: '999-00011' }, 'E-LENGTH', 12],
      ['with an address of two lines', { jusho: '見本町\n一丁目' }, 'E-ATTR', 13],
      ['with an unknown 来談者', { raidan_kankei: '3' }, 'E-CODE', 16],
      ['with 15 boxes', { sodan_naiyo: '0'.repeat(15) }, 'E-CODE', 17],
      ['with a box of 3', { sodan_naiyo: `3${'0'.repeat(15)}` }, 'E-CODE', 17],
      ['with a text of 2,001 characters', { shuso: 'あ'.repeat(2001) }, 'E-LENGTH', 21],
      ['with つなぎ先分野 7', { tsunagi_bunya: '7' }, 'E-CODE', 22],
      ['without つなぎ先分野, should one come', { tsunagi_bunya: null }, 'E-REQUIRED', 22],
      ['with 同意 4', { doi_kbn: '4' }, 'E-CODE', 23],
      ['withdrawn, with 同意 4', { sakujo_flg: '1', doi_kbn: '4' }, 'E-CODE', 23],
      ['with a possible 個人番号 in its text', { shuso: '番号は １２３４ ５６７８ ９０１８ です' }, 'S-MYNUMBER', 21],
      ['with a possible 個人番号 for a telephone', { tel_keitai: '1234-5678-9018' }, 'S-MYNUMBER', 15],
    ];
    it.each(cases)('%s', (_, row, code, field) => {
      expect(map(row)).toMatchObject({ ok: false, code, field });
    });

    it('with the first fault by column', () => {
      expect(map({ doi_kbn: '4', seibetsu: '4', tsunagi_bunya: '7' })).toMatchObject({ code: 'E-CODE', field: 9 });
    });

    it('with a possible 個人番号 named before any other fault', () => {
      expect(map({ sodan_id: null, shuso: '123456789018' })).toMatchObject({ code: 'S-MYNUMBER', field: 21 });
    });

    it('under the office’s own key, where it has one', () => {
      expect(map({ seibetsu: '4' })).toMatchObject({ key: 'S-2026-0101/1' });
      expect(map({ tsunagi_bunya: '7' })).not.toHaveProperty('key');
      expect(map({ sodan_id: null })).not.toHaveProperty('key');
    });
  });

  it('with an ID that looks like a 個人番号 goes on: it is the office’s own number', () => {
    expect(map({ sodan_id: '123456789018' })).toMatchObject({ ok: true });
  });

  it.each([
    ['sodan_naiyo', 7, 17],
    ['doi_kbn', undefined, 23],
  ])('with another type in %s waits', (column, value, field) => {
    expect(readConsultationRow({ ...aConsultation(), [column]: value })).toEqual({
      quarantined: { code: 'E-ROW', field },
    });
  });

  it('with a column that was not agreed waits', () => {
    expect(readConsultationRow({ ...aConsultation(), kojin_bango: '1' })).toEqual({ quarantined: { code: 'E-ROW' } });
  });
});

describe('any row of the view’s types', () => {
  /** What a row's fault may say: a code, a column's number and the sender's key. */
  const code = /^[ES]-[A-Z]+$/;
  const widths: Partial<Record<ConsultationColumn, number>> = { shuso: 2000, jusho: 200, shimei: 60, furigana: 60 };
  const likely: Partial<Record<ConsultationColumn, readonly string[]>> = {
    koshin_dt: ['2026-11-20 09:31:00', '2026-02-30 09:31:00', 'infinity', '2026-11-20 09:31:00 BC'],
    sakujo_flg: ['0', '1', ' '],
    uketsuke_ymd: ['R06.06.10', 'R6.6.1', 'H31.05.01', '令和元年5月1日', '㋿6.6.10'],
    seibetsu: ['1', '2', '3', '4'],
    seinen_gengo: ['1', '2', '3', '4', '5'],
    seinen_ymd: ['310501', '010501', '999999', '000000', '291103'],
    raidan_kankei: ['0', '1', '2'],
    sodan_naiyo: ['0120000000000000', '0'.repeat(16)],
    tsunagi_bunya: ['1', '2', '3', '4', '5', '6', '7'],
    doi_kbn: ['1', '2', '3', '9'],
    shuso: ['１２３４５６７８９０１８', '一行目\n二行目', '\ue000'],
  };
  const cell = (column: ConsultationColumn) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...(likely[column] ?? [aConsultation()[column]])) },
      { weight: 1, arbitrary: fc.constant(null) },
      // As PostgreSQL stores text: no half characters, no NUL.
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: Math.min(widths[column] ?? 20, 60) }) },
    );
  const row = fc.record(
    Object.fromEntries(consultationColumns.map((column) => [column, cell(column)])) as {
      [C in ConsultationColumn]: fc.Arbitrary<string | null>;
    },
  );

  it('becomes a submission the hub understands, or waits without a value', () => {
    fc.assert(
      fc.property(row, (any) => {
        const mapped = toSubmission(any, settings);
        if (!mapped.ok) {
          const { ok: _ok, code: told, field, key, ...rest } = mapped;
          expect(rest).toEqual({});
          expect(told).toMatch(code);
          expect(field).toBeGreaterThanOrEqual(1);
          if (key !== undefined) expect(key).toBe(`${any.sodan_id?.trim()}/${any.tsunagi_bunya?.trim()}`);
          return;
        }
        for (const warning of mapped.warnings ?? []) fieldWarning.parse(warning);
        const { source, ...draft } = mapped.value;
        referralSubmission.parse({ ...draft, source: { ...source, channel: 'plugin', plugin: 'konkyu', row: 1 } });
      }),
      { numRuns: 3_000 },
    );
  });

  it('gives the same submission again', () => {
    fc.assert(
      fc.property(row, (any) => {
        expect(toSubmission(any, settings)).toEqual(toSubmission({ ...any }, settings));
      }),
      { numRuns: 200 },
    );
  });
});
