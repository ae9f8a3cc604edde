// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { demoRows } from './demo-rows';

const { rows, variants } = demoRows(new Date('2026-11-21T09:00:00+09:00'), 1);
const field = (number: number) => rows.map((row) => row[number - 1]);

describe('the records of the first start', () => {
  it('begin with a mother in arrears who agreed, addressed to 生活困窮', () => {
    expect([field(4)[0], field(22)[0], field(23)[0], field(28)[0]]).toEqual(['1', '4', '1', '2']);
    expect(field(21)[0]).toBe('001001210000');
  });

  it('hold one without consent whose person comes to the desk', () => {
    expect([field(23)[1], field(29)[1]]).toEqual(['9', '3']);
  });

  it('hold five that may cross, two that wait for consent, one that needs no other desk and one bad row', () => {
    const bad = variants.flatMap((variant) => (variant.kind === 'E-CD-HOKENSHA' ? [variant.row] : []));
    const asking = rows
      .map((_, index) => index)
      .filter((index) => ['2', '4'].includes(String(field(22)[index])) && !bad.includes(index + 1));
    expect(bad).toHaveLength(1);
    expect(asking.filter((index) => field(23)[index] === '1')).toHaveLength(5);
    expect(asking.filter((index) => field(23)[index] !== '1')).toHaveLength(2);
    expect(rows).toHaveLength(9);
  });

  it('name every person and every record once', () => {
    expect(new Set(field(7)).size).toBe(9);
    expect(new Set(field(25)).size).toBe(9);
  });
});
