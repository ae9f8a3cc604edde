// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { SettledItem } from '../plugin/source';
import { ResultRows } from './result-rows';

const referralId = '019a9f00-0000-7000-8000-0000000000a1';
const answered = (row: number, answer: Partial<SettledItem['answer']> = {}): SettledItem => ({
  itemId: `file/${row}`,
  origin: { row },
  answer: { itemId: `file/${row}`, outcome: 'accepted', codes: [], referralId, ...answer },
});

describe('the rows of a result', () => {
  it('come in the order of the file, with what became of each, whenever its answer came', () => {
    const rows = new ResultRows();
    for (const row of [1, 2, 3]) rows.expect(row, `K-${row}`);
    rows.repeat(4, 'K-1');
    rows.settle({ ...answered(3), fault: { code: 'E-DATE', field: 7 } });
    rows.settle(answered(1, { outcome: 'held', codes: ['E-DUP-DIFF'], pointer: '25', referralId: undefined }));
    expect(rows).toHaveLength(3);
    rows.settle(answered(2));
    expect([...rows]).toEqual([
      { row: 1, label: 'K-1', outcome: 'held', code: 'E-DUP-DIFF', field: 25 },
      { row: 2, label: 'K-2', outcome: 'accepted', referralId },
      { row: 3, label: 'K-3', outcome: 'quarantined', code: 'E-DATE', field: 7 },
      { row: 4, label: 'K-1', outcome: 'duplicate' },
    ]);
  });

  it('are let go of as far as they are answered: of a long file no more are held than are on their way', () => {
    const [rows, count, onTheirWay] = [new ResultRows(), 20_000, 1_600];
    const label = (row: number) => (row % 3 === 0 ? undefined : `見本-${row}`);
    const answerOf = (row: number) =>
      row % 2 === 0 ? { referralId } : { codes: ['E-CODE'], pointer: '3', referralId: undefined };
    let most = 0;
    for (let first = 1; first <= count; first += onTheirWay) {
      const sent = Array.from({ length: Math.min(onTheirWay, count - first + 1) }, (_, index) => first + index);
      for (const row of sent) rows.expect(row, label(row));
      // The hub takes several messages at once, in whatever order.
      for (const row of sent.reverse()) {
        rows.settle(answered(row, answerOf(row)));
        most = Math.max(most, rows.held);
      }
    }
    expect(most).toBeLessThanOrEqual(2 * onTheirWay);
    expect(rows).toHaveLength(count);
    const expected = Array.from({ length: count }, (_, index) => {
      const [row, even] = [index + 1, index % 2 === 1];
      const rest = even ? { referralId } : { code: 'E-CODE', field: 3 };
      return { row, label: label(row), outcome: 'accepted', ...rest };
    });
    expect([...rows]).toEqual(expected);
    expect([...rows]).toHaveLength(count);
  });

  it('are all there where the first is answered last', () => {
    const rows = new ResultRows();
    for (let row = 1; row <= 1_500; row += 1) rows.expect(row, undefined);
    for (let row = 1_500; row >= 1; row -= 1) rows.settle(answered(row));
    expect(Array.from(rows, ({ row }) => row)).toEqual(Array.from({ length: 1_500 }, (_, index) => index + 1));
  });
});
