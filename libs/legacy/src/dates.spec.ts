// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { formatYmd, parseYmd } from './dates';
import { InvalidDateError } from './legacy.errors';

describe('a date in eight digits', () => {
  it.each([
    ['20240610', '2024-06-10'],
    ['20240229', '2024-02-29'],
    ['20000229', '2000-02-29'],
    ['18680101', '1868-01-01'],
    ['20270531', '2027-05-31'],
  ])('%s is %s', (text, date) => {
    expect(parseYmd(text)).toEqual({ ok: true, date });
    expect(formatYmd(date)).toBe(text);
  });

  it.each(['20230229', '19000229', '20240431', '20241301', '20240600', '20240632', '00000101', '00000000', '99999999'])(
    '%s is no day',
    (text) => {
      expect(parseYmd(text)).toEqual({ ok: false, code: 'E-DATE' });
    },
  );

  it.each(['', '2024610', '202406100', '2024-06-10', '２０２４０６１０', '20240610\n', ' 20240610'])(
    '%j is none',
    (text) => {
      expect(parseYmd(text)).toEqual({ ok: false, code: 'E-DATE' });
    },
  );

  it.each(['20240610', '2023-02-29', '', '2024-6-1'])('%j is not written', (date) => {
    expect(() => formatYmd(date)).toThrow(InvalidDateError);
  });

  it('agrees with the calendar of the platform', () => {
    const noInvalid = fc.date({ min: new Date('1800-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(noInvalid, (day) => {
        const date = day.toISOString().slice(0, 10);
        expect(parseYmd(formatYmd(date))).toEqual({ ok: true, date });
      }),
    );
  });
});
