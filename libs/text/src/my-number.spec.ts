// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import {
  findMyNumber,
  hasDigit,
  isMyNumber,
  isMyNumberKey,
  maskMyNumber,
  myNumberFieldIn,
  myNumberTextIn,
} from './my-number';

/** Every number here is made up from 総務省令85号5条; none was read anywhere. */
const MADE_UP = '123456789018';

describe('the check digit', () => {
  it('is 8 for 12345678901', () => {
    const passing = [...'0123456789'].filter((digit) => isMyNumber(`12345678901${digit}`));
    expect(passing).toEqual(['8']);
  });

  it('is 0 where the remainder is 0 or 1', () => {
    expect(isMyNumber('000000000000')).toBe(true); // remainder 0
    expect(isMyNumber('000000000060')).toBe(true); // 6 × 2 = 12, remainder 1
  });

  it.each(['', '12345678901', '1234567890188', '12345678901８', '12345678901a'])('does not pass %j', (text) => {
    expect(isMyNumber(text)).toBe(false);
  });

  it('is one digit for any eleven', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{11}$/), (base) => {
        expect([...'0123456789'].filter((digit) => isMyNumber(base + digit))).toHaveLength(1);
      }),
    );
  });
});

describe('a possible 個人番号 in a text', () => {
  it.each([
    ['alone', MADE_UP],
    ['in a sentence', `番号は${MADE_UP}です`],
    ['full-width with spaces', '１２３４ ５６７８ ９０１８'],
    ['with full-width spaces', '1234\u30005678\u30009018'],
    ['with no-break and zero-width spaces', '1234\u00a05678\u200b9018'],
    ['with hyphens', '1234-5678-9018'],
    ['with a minus sign', '1234−5678－9018'],
    ['with dashes', '1234–5678—9018'],
    ['with long vowels', '1234ー5678ｰ9018'],
    ['digit by digit', '1 2 3 4 5 6 7 8 9 0 1 8'],
    ['over a line end', '123456\r\n789018'],
    ['with circled digits', '①234⑤⑥⑦⑧9018'],
    ['with mathematical digits', '\u{1d7cf}23456789018'],
    ['before another number', `${MADE_UP} 2024-06-10`],
    ['behind another number', `099-123-4567 ${MADE_UP}`],
  ])('is found %s', (_, text) => {
    expect(findMyNumber(text).length).toBeGreaterThan(0);
  });

  it.each([
    ['a wrong check digit', '123456789019'],
    ['eleven digits', '12345678901'],
    ['thirteen digits, as a 法人番号', '1123456789018'],
    ['twelve digits that go on', `${MADE_UP}5`],
    ['digits apart by a word', '1234と5678と9018'],
    ['digits apart by a comma', '1234,5678,9018'],
    ['no digits', '家賃滞納あり。'],
  ])('is not %s', (_, text) => {
    expect(findMyNumber(text)).toEqual([]);
    expect(maskMyNumber(text)).toBe(text);
  });

  it('is told by its place only', () => {
    expect(findMyNumber('番号 1234-5678-9018。')).toEqual([{ start: 3, end: 17 }]);
  });

  it('keeps its place behind characters of two units', () => {
    expect(findMyNumber(`𠮷${MADE_UP}`)).toEqual([{ start: 2, end: 14 }]);
  });

  it('is masked digit by digit, the rest kept', () => {
    expect(maskMyNumber('番号１２３４ 5678-⑨018、3人世帯')).toBe('番号＊＊＊＊ ＊＊＊＊-＊＊＊＊、3人世帯');
  });

  it('is masked wherever it can be read, even twice over', () => {
    expect(maskMyNumber(`${MADE_UP}と${MADE_UP}`)).toBe('＊＊＊＊＊＊＊＊＊＊＊＊と＊＊＊＊＊＊＊＊＊＊＊＊');
    expect(maskMyNumber('0000 0000 0000 0000')).toBe('＊＊＊＊ ＊＊＊＊ ＊＊＊＊ ＊＊＊＊');
  });

  it('is gone after masking, whatever the text', () => {
    const piece = fc.oneof(fc.constantFrom(MADE_UP, '1234', '５６７８', ' ', '-', 'ー', '𠮷', '⑫'), fc.string());
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const masked = maskMyNumber(pieces.join(''));
        expect(findMyNumber(masked)).toEqual([]);
        expect(maskMyNumber(masked)).toBe(masked);
      }),
    );
  });

  it('is looked for in long texts without trouble', () => {
    expect(findMyNumber('1'.repeat(1_000_000))).toEqual([]);
    expect(findMyNumber('1 '.repeat(100_000))).toHaveLength(isMyNumber('1'.repeat(12)) ? 99_989 : 0);
  });
});

describe('the name of an 個人番号 column', () => {
  it.each([
    'myNumber',
    'my_number',
    'MY-NUMBER',
    'マイナンバー',
    'ﾏｲﾅﾝﾊﾞｰ',
    '個人番号',
    'kojin_bango',
    'ＫｏｊｉｎＢａｎｇｏ',
    'individualNumber',
    'individual number',
  ])('is %s', (name) => {
    expect(isMyNumberKey(name)).toBe(true);
  });

  it.each(['number', '被保険者番号', 'マイナンバーカード', 'dummyNumber', ''])('is not %s', (name) => {
    expect(isMyNumberKey(name)).toBe(false);
  });
});

describe('a field that is named like a マイナンバー', () => {
  it('is found at any depth, however it is written and whatever it holds', () => {
    expect(myNumberFieldIn({ subject: { items: [{ マイナンバー: null }] } })).toBe('/subject/items/0/マイナンバー');
    expect(myNumberFieldIn({ 'My-Number': '' })).toBe('/My-Number');
    expect(myNumberFieldIn({ a: { 個人番号: '1' } })).toBe('/a/個人番号');
    expect(myNumberFieldIn({ 'a/b~c': { 個人番号: '1' } })).toBe('/a~1b~0c/個人番号');
  });

  it('is none where the word stands in a text, or a name only resembles it', () => {
    expect(myNumberFieldIn({ note: 'マイナンバーは書かない。', number: '1', items: ['個人番号'] })).toBeUndefined();
    expect(myNumberFieldIn('マイナンバー')).toBeUndefined();
  });
});

it('is looked for wherever there is a digit of any script, width or shape, and nowhere else', () => {
  const signs = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
  expect(signs.filter((sign) => hasDigit(sign) !== /\p{N}/u.test(sign))).toEqual([]);
  expect(hasDigit('家賃の滞納が３か月')).toBe(true);
});

describe('a text of a body', () => {
  const number = '1234 5678 9018';
  it('is pointed at wherever it may hold one, and at nothing that is a number of something else', () => {
    expect(myNumberTextIn({ subject: { notes: ['家賃', number] } })).toBe('/subject/notes/1');
    expect(myNumberTextIn(number, { at: '/note' })).toBe('/note');
    expect(myNumberTextIn({ 'a/b~c': number })).toBe('/a~1b~0c');
    expect(myNumberTextIn({ key: number, note: '三か月' }, { but: new Set(['key']) })).toBeUndefined();
    expect(myNumberTextIn({ note: number }, { isOther: (text) => text === number })).toBeUndefined();
  });
});
