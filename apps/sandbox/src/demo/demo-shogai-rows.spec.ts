// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { demoShogaiRows } from './demo-shogai-rows';

const { rows, variants } = demoShogaiRows(new Date('2026-11-21T09:00:00+09:00'), 1);
const field = (number: number) => rows.map((row) => row[number - 3]);

describe('the records of the first file of 障害福祉', () => {
  it('hold one that may cross to 生活困窮 and one each to 介護 and 子育て, one that waits for consent, and one bad row', () => {
    expect(field(22)).toEqual(['41', '11', '49', '31', '41']);
    expect(variants).toEqual([{ kind: 'E-ERA', row: 5 }]);
  });

  it('name every person and every record once', () => {
    expect(new Set(field(4)).size).toBe(5);
    expect(new Set(field(25)).size).toBe(5);
  });
});
