// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { residenceStatusAt } from './residence-status';

describe('where something speaks of a 在留資格', () => {
  it('is said as a pointer, however deep it stands', () => {
    expect(residenceStatusAt({ a: '家賃', b: ['落ち着いている。', { c: '在留期間が切れる。' }] })).toBe('/b/1/c');
    expect(residenceStatusAt({ number: 'AB12345678CD' })).toBe('/number');
  });

  it('is in no id, though it may end like the number of a 在留カード', () => {
    expect(residenceStatusAt({ item: '01900000-0000-7000-8000-ab12345678cd' })).toBeUndefined();
  });
});
