// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import {
  ERA_DIGITS,
  ERA_DIGITS_FROM_TAISHO,
  ERA_LETTERS,
  formatEraDate,
  parseEraDate,
  parseEraDigits,
  parseEraText,
  parseGyymmdd,
} from './era';
import { InvalidDateError } from './legacy.errors';

const refuse = { overrun: 'refuse' } as const;
const convert = { overrun: 'convert' } as const;
const day = (date: string) => ({ ok: true, date, warning: null });

describe('a day of an era', () => {
  it.each([
    ['M45.07.29', '1912-07-29'],
    ['M45.07.30', '1912-07-30'],
    ['T01.07.30', '1912-07-30'],
    ['T15.12.24', '1926-12-24'],
    ['T15.12.25', '1926-12-25'],
    ['S01.12.25', '1926-12-25'],
    ['S64.01.07', '1989-01-07'],
    ['H01.01.08', '1989-01-08'],
    ['H31.04.30', '2019-04-30'],
    ['R01.05.01', '2019-05-01'],
    ['R06.06.10', '2024-06-10'],
    ['R6.6.10', '2024-06-10'],
    ['R06.06.10  ', '2024-06-10'],
    ['S60.10.15', '1985-10-15'],
  ])('%s is %s', (text, date) => {
    expect(parseEraText(text, ERA_LETTERS, refuse)).toEqual(day(date));
  });

  it.each([
    ['M45.07.31', '1912-07-31'],
    ['T15.12.26', '1926-12-26'],
    ['S64.01.08', '1989-01-08'],
    ['H31.05.01', '2019-05-01'],
    ['H33.03.31', '2021-03-31'],
  ])('%s lies behind its era: refused with the suggestion %s, or converted with a warning', (text, date) => {
    expect(parseEraText(text, ERA_LETTERS, refuse)).toEqual({ ok: false, code: 'E-ERA', suggestion: date });
    expect(parseEraText(text, ERA_LETTERS, convert)).toEqual({ ok: true, date, warning: 'W-ERA-OVERRUN' });
  });

  it.each([
    ['T01.07.29', '1912-07-29'],
    ['S01.12.24', '1926-12-24'],
    ['H01.01.07', '1989-01-07'],
    ['R01.04.30', '2019-04-30'],
  ])('%s lies before its era: refused with the suggestion %s, never converted', (text, suggestion) => {
    expect(parseEraText(text, ERA_LETTERS, convert)).toEqual({ ok: false, code: 'E-ERA', suggestion });
  });

  it.each(['R05.02.29', 'R06.13.01', 'R06.00.10', 'R00.06.10', 'R06.06', '06.06.10', 'R060610', '', '令和6年6月10日'])(
    '%j is none',
    (text) => {
      expect(parseEraText(text, ERA_LETTERS, convert)).toEqual({ ok: false, code: 'E-DATE' });
    },
  );

  it('is E-DATE with numbers that are none', () => {
    const nan = { era: 'reiwa', year: Number.NaN, month: 1, day: 1 } as const;
    expect(parseEraDate(nan, refuse)).toEqual({ ok: false, code: 'E-DATE' });
  });
});

describe('the era tables of different interfaces', () => {
  it.each([
    ['3601015', '1985-10-15'],
    ['5010501', '2019-05-01'],
    ['4310430', '2019-04-30'],
    ['1450730', '1912-07-30'],
    ['2151225', '1926-12-25'],
  ])('read %s in one field as %s', (text, date) => {
    expect(parseGyymmdd(text, ERA_DIGITS, refuse)).toEqual(day(date));
  });

  it('give 3 another meaning where the counting begins with 大正', () => {
    expect(parseEraDigits('3', '010108', ERA_DIGITS_FROM_TAISHO, refuse)).toEqual(day('1989-01-08'));
    expect(parseEraDigits('4', '060610', ERA_DIGITS_FROM_TAISHO, refuse)).toEqual(day('2024-06-10'));
    expect(parseEraDigits('1', '010730', ERA_DIGITS_FROM_TAISHO, refuse)).toEqual(day('1912-07-30'));
    expect(parseEraDigits('2', '150101', ERA_DIGITS_FROM_TAISHO, refuse)).toEqual(day('1940-01-01'));
  });

  it('refuse 平成31年5月1日 for a birth, whichever digit 平成 has', () => {
    const refused = { ok: false, code: 'E-ERA', suggestion: '2019-05-01' };
    expect(parseGyymmdd('4310501', ERA_DIGITS, refuse)).toEqual(refused);
    expect(parseEraDigits('3', '310501', ERA_DIGITS_FROM_TAISHO, refuse)).toEqual(refused);
  });

  it('convert 平成33年3月31日 for the end of a validity', () => {
    expect(parseGyymmdd('4330331', ERA_DIGITS, convert)).toEqual({
      ok: true,
      date: '2021-03-31',
      warning: 'W-ERA-OVERRUN',
    });
  });

  it('know no other era', () => {
    const unknown = { ok: false, code: 'E-ERA', suggestion: null };
    expect(parseEraDigits('5', '010501', ERA_DIGITS_FROM_TAISHO, refuse)).toEqual(unknown);
    expect(parseGyymmdd('0010501', ERA_DIGITS, refuse)).toEqual(unknown);
    expect(parseEraText('r06.06.10', ERA_LETTERS, refuse)).toEqual(unknown);
  });

  it.each(['', '3', '360101', '36010155', '3 01015', '4999999', '3000000'])('find no day in %j', (text) => {
    expect(parseGyymmdd(text, ERA_DIGITS, refuse)).toEqual({ ok: false, code: 'E-DATE' });
  });
});

describe('writing a day by era', () => {
  it.each([
    ['1912-07-29', { gengo: '1', yymmdd: '450729' }],
    ['1912-07-30', { gengo: '2', yymmdd: '010730' }],
    ['1926-12-25', { gengo: '3', yymmdd: '011225' }],
    ['1989-01-07', { gengo: '3', yymmdd: '640107' }],
    ['1989-01-08', { gengo: '4', yymmdd: '010108' }],
    ['2019-04-30', { gengo: '4', yymmdd: '310430' }],
    ['2019-05-01', { gengo: '5', yymmdd: '010501' }],
  ])('%s takes the new era from its first day', (date, written) => {
    expect(formatEraDate(date, ERA_DIGITS)).toEqual(written);
  });

  it('has nothing for an era without a code, nor before 明治, nor after 99 years', () => {
    expect(formatEraDate('1910-01-01', ERA_DIGITS_FROM_TAISHO)).toBeNull();
    expect(formatEraDate('1868-10-22', ERA_DIGITS)).toBeNull();
    expect(formatEraDate('2118-01-01', ERA_DIGITS)).toBeNull();
  });

  it('refuses what is no date', () => {
    expect(() => formatEraDate('2023-02-29', ERA_DIGITS)).toThrow(InvalidDateError);
  });

  it('comes back as the same day', () => {
    const days = fc.date({ min: new Date('1868-10-23'), max: new Date('2117-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (value) => {
        const date = value.toISOString().slice(0, 10);
        const { gengo, yymmdd } = formatEraDate(date, ERA_LETTERS)!;
        expect(parseEraDigits(gengo, yymmdd, ERA_LETTERS, refuse)).toEqual(day(date));
      }),
    );
  });

  it('may be asked to read anything', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseEraText(text, ERA_LETTERS, convert);
        parseGyymmdd(text, ERA_DIGITS, refuse);
      }),
    );
  });
});
