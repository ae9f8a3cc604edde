// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { daysOfShare } from './days-to-acceptance';
import { saidAlone, saidList, saidTable, saidTogether } from './small-counts';

describe('a table of counts', () => {
  it('without a small one is published as it is', () => {
    expect(
      saidTable([
        [5, 0],
        [0, 12],
      ]),
    ).toEqual({
      total: 17,
      rows: [5, 12],
      columns: [5, 12],
      cells: [
        [5, 0],
        [0, 12],
      ],
    });
  });

  it('with one small count hides three more, so that it follows from no row and no column', () => {
    expect(
      saidTable([
        [2, 20, 30],
        [10, 40, 50],
        [60, 70, 80],
      ]),
    ).toEqual({
      total: 362,
      rows: [52, 100, 210],
      columns: [72, 130, 160],
      cells: [
        ['<5', '5+', 30],
        ['5+', '5+', 50],
        [60, 70, 80],
      ],
    });
  });

  it('of which one row has one small count alone hides its sums with it', () => {
    const { cells, rows, total } = saidTable([
      [3, 0],
      [8, 9],
    ]);
    expect([cells[0], rows[0], total]).toEqual([['<5', 0], '<5', 20]);
  });

  it('of fewer than five altogether says that and no more', () => {
    expect(saidList([1, 0, 2])).toEqual({ total: '<5', cells: ['0+', '0+', '0+'] });
  });

  it('that cannot be protected says its total only: of six, one and five would each be known', () => {
    expect(saidList([1, 5, 0])).toEqual({ total: 6, cells: ['0+', '0+', '0+'] });
  });

  it('of nobody says zero', () => expect(saidList([0, 0])).toEqual({ total: 0, cells: [0, 0] }));

  it('hides the smallest other one for a single small one', () =>
    expect(saidList([3, 40, 9, 0]).cells).toEqual(['<5', 40, '5+', 0]));

  it('hides no other one where two small ones hide each other', () =>
    expect(saidList([3, 2, 40]).cells).toEqual(['<5', '<5', 40]));

  it('hides another one where two small ones cannot be but what they are', () =>
    expect(saidList([1, 1, 40, 50]).cells).toEqual(['<5', '<5', '5+', 50]));
});

describe('a year', () => {
  it('is the sum of its months where each of them is said', () => expect(saidTogether([5, 0, 12])).toBe(17));
  it('is at least what its months say, where one of them is not said', () => {
    expect(saidTogether([5, '<5', 0])).toBe('6+');
    expect(saidTogether(['<5', '5+', '0+', 12])).toBe('18+');
  });
});

describe('a year of which only one month has any', () => {
  it('says what that month says', () =>
    expect([saidTogether([0, '<5', 0]), saidTogether(['5+'])]).toEqual(['<5', '5+']));
});

describe('one count alone', () => {
  it.each([
    [0, 0],
    [1, '<5'],
    [4, '<5'],
    [5, 5],
  ])('%i is said as %s', (count, said) => expect(saidAlone(count)).toBe(said));
});

describe('the days until something is taken', () => {
  const taken = new Map([
    [4, 1],
    [0, 3],
    [2, 5],
    [9, 1],
  ]);
  it('half of all had been taken after', () => expect(daysOfShare(taken, 0.5)).toBe(2));
  it('nine of ten had been taken after', () => expect(daysOfShare(taken, 0.9)).toBe(4));
  it('the last had been taken after', () => expect(daysOfShare(taken, 1)).toBe(9));
  it('are none when nothing was taken', () => expect(daysOfShare(new Map(), 0.5)).toBeUndefined());
});
