// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { myNumberIn } from './my-number';

describe('a 個人番号 in what people write', () => {
  it('is found wherever it stands', () => {
    expect(myNumberIn({ note: { more: ['番号は 1234-5678-9018 です'] } })).toBe('/note/more/0');
  });

  it('is found in every shape of digits', () => {
    expect(myNumberIn({ note: '１２３４５６７８９０１８' })).toBe('/note');
    expect(myNumberIn({ note: '①②③④⑤⑥⑦⑧⑨⓪①⑧' })).toBe('/note');
  });

  it('is not seen in the id of a referral, whatever its digits are', () => {
    const duplicateOf = '01a22100-0000-7000-8000-123456789018';
    expect(myNumberIn({ duplicateOf })).toBeUndefined();
    expect(myNumberIn({ note: `${duplicateOf} 123456789018` })).toBe('/note');
  });
});
