// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { code, day, id, line, moment, opaque, prose } from './text.schema';
import { propertyRuns } from '../../test/property-runs';

const controls = Array.from({ length: 0xa0 }, (_, i) => String.fromCharCode(i)).filter((c) => /\p{Cc}/u.test(c));
const breaks = ['\n', '\r', '\t'];
const loneSurrogates = ['\ud842', '\udfb7', '\udfb7\ud842'];

describe('text that comes in', () => {
  it.each(['見本　花子', '髙﨑', '𠮷野家', 'ﾐﾎﾝ ﾊﾅｺ', '〜−①', '👩‍👧', '\ue000'])('is taken as it is: %s', (text) => {
    for (const schema of [line(20), prose(20), opaque(20)]) expect(schema.parse(text)).toBe(text);
  });

  it.each(loneSurrogates)('is refused with half a character (%#)', (half) => {
    for (const schema of [line(20), prose(20), opaque(20)])
      for (const text of [half, `前${half}`, `${half}後`]) expect(schema.safeParse(text).success).toBe(false);
  });

  it('is refused with NUL or any other control character, but for line breaks and tabs in a longer text', () => {
    expect(controls).toHaveLength(65);
    for (const control of controls) {
      const text = `前${control}後`;
      expect(line(20).safeParse(text).success).toBe(false);
      for (const schema of [prose(20), opaque(20)])
        expect([control, schema.safeParse(text).success]).toEqual([control, breaks.includes(control)]);
    }
    expect(line(20).safeParse('末尾\n').success).toBe(false);
  });

  it('is refused when it is empty or too long; only an opaque text may be empty', () => {
    for (const schema of [line(3), prose(3), code(3)]) {
      expect(schema.safeParse('').success).toBe(false);
      expect(schema.safeParse('abcd').success).toBe(false);
      expect(schema.safeParse('abc').success).toBe(true);
    }
    expect(opaque(3).safeParse('').success).toBe(true);
  });

  it('that passes as a line can be stored and read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        if (!line(100).safeParse(text).success) return;
        expect(text).not.toMatch(/[\0-\x1f\x7f]/);
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe('codes, days and moments', () => {
  it('a code holds no space, no Japanese and no path', () => {
    for (const text of ['KAI-20240610-0001', '22', 'tsunagi.kaigo_1', 'a:b'])
      expect(code(40).safeParse(text).success).toBe(true);
    for (const text of ['a b', '介護', '../x', 'a/b', 'ａ', 'a\n'])
      expect(code(40).safeParse(text).success).toBe(false);
  });

  it('a day is a real one', () => {
    for (const text of ['2024-02-29', '1926-12-25']) expect(day.safeParse(text).success).toBe(true);
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '昭和15年'])
      expect(day.safeParse(text).success).toBe(false);
  });

  it('a moment says its offset', () => {
    for (const text of ['2026-11-20T14:03:00+09:00', '2026-11-20T05:03:00.123Z'])
      expect(moment.safeParse(text).success).toBe(true);
    for (const text of ['2026-11-20T14:03:00', '2026-11-20', '2026-11-20T24:03:00+09:00'])
      expect(moment.safeParse(text).success).toBe(false);
  });

  it('an id is a UUID', () => {
    expect(id.safeParse('01900000-0000-7000-8000-000000000001').success).toBe(true);
    expect(id.safeParse('1').success).toBe(false);
  });
});
