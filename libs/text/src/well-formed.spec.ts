// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { isVisibleText, isWellFormedText } from './well-formed';

describe('well-formed text', () => {
  it.each(['', '見本　花子', '𠮷田', 'é', '葛\u{e0100}', 'ﾐﾎﾝ ﾊﾅｺ'])('accepts %j', (text) => {
    expect(isWellFormedText(text)).toBe(true);
  });

  it.each([
    ['half a surrogate pair', 'a\ud842b'],
    ['its other half', '\udfb7'],
    ['NUL', 'a\0'],
    ['ESC', '\u001b[0m'],
    ['DEL', '\u007f'],
    ['a C1 control', '\u0085'],
    ['what turns the writing', '見本\u202e花子'],
  ])('refuses %s, even where lines are allowed', (_, text) => {
    expect(isWellFormedText(text)).toBe(false);
    expect(isWellFormedText(text, { lines: true })).toBe(false);
  });

  it('refuses in one line what cannot be seen', () => {
    expect(isWellFormedText('見本\u200b花子')).toBe(false);
    expect(isWellFormedText('👩\u200d👧')).toBe(true);
  });

  it('tells a text from blanks and hidden characters', () => {
    expect(['見', '\ue000', '　', '\u2060', ''].map(isVisibleText)).toEqual([true, true, false, false, false]);
  });

  it('allows line ends and tabs only when asked to', () => {
    expect(isWellFormedText('一\r\n二\t三')).toBe(false);
    expect(isWellFormedText('一\r\n二\t三', { lines: true })).toBe(true);
  });

  it('refuses what UTF-8 cannot carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (isWellFormedText(text)) expect(Buffer.from(text).toString()).toBe(text);
      }),
    );
  });
});
