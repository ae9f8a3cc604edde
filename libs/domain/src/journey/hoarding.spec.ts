// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hoardedFrom, isCompound } from './hoarding';
import type { DataCategory } from '../member/data-category';

describe('a case', () => {
  it.each<[string, number, DataCategory[][]]>([
    ['two boxes of one person', 2, [['identity', 'care_level']]],
    ['one person of two fields', 2, [['care_level', 'income_debt']]],
    ['two persons of one field', 2, [['care_level'], ['care_level', 'identity']]],
    ['a second person of no known field', 2, [['care_level'], ['identity', 'contact']]],
  ])('is not compound by %s', (_, boxes, persons) => expect(isCompound({ boxes, persons })).toBe(false));

  it.each<[string, number, DataCategory[][]]>([
    ['three boxes', 3, [['identity']]],
    ['a mother with a care level and a son without work', 1, [['care_level'], ['employment']]],
    ['persons who share one field and differ in another', 0, [['care_level', 'disability'], ['care_level']]],
  ])('is compound by %s', (_, boxes, persons) => expect(isCompound({ boxes, persons })).toBe(true));

  it.each([
    ['2026-05-28T10:00:00+09:00', '2026-11-28T00:00:00+09:00'],
    ['2026-05-28T00:30:00+09:00', '2026-11-28T00:00:00+09:00'],
    ['2026-08-31T23:30:00+09:00', '2027-02-28T00:00:00+09:00'],
    ['2027-08-31T23:30:00+09:00', '2028-02-29T00:00:00+09:00'],
  ])('that one desk keeps since %s is shown to its chief from %s', (since, from) => {
    expect(hoardedFrom(new Date(since))).toEqual(new Date(from));
  });
});
