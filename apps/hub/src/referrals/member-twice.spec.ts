// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Member } from '@tsunagi/domain';
import { memberTwice } from './member-twice';

const member = (...values: string[]): Member => ({
  ref: 'x',
  role: 'child',
  identifiers: values.map((value) => ({ system: 'kaigo', value })),
  items: {},
});
const twice = (subject: Member, others: Member[], byNumber: Record<string, string> = {}, spokenOf?: string) =>
  memberTwice(
    { subject, others },
    {
      system: 'kaigo',
      byNumber: new Map(Object.entries(byNumber).map(([value, person]) => [`kaigo\n${value}`, person])),
      subject: spokenOf,
    },
  );

describe('somebody stands in a submission twice', () => {
  it('whose number stands there twice, known or not', () => {
    expect(twice(member('1'), [member('2'), member('1')])).toBe('/others/1');
    expect(twice(member('1'), [member('2'), member('2')], { 2: 'mother' })).toBe('/others/1');
  });

  it('whom two numbers name', () => {
    expect(twice(member('1'), [member('2')], { 1: 'mother', 2: 'mother' })).toBe('/others/0');
  });

  it('who is the subject of the last record of this key, and a member of this one', () => {
    expect(twice(member(), [member('1')], { 1: 'mother' }, 'mother')).toBe('/others/0');
    // A number says more than the last record.
    expect(twice(member('2'), [member('1')], { 1: 'mother' }, 'mother')).toBeUndefined();
  });

  it('not whoever has no number, nor with a number of another system, nor with two numbers once', () => {
    expect(twice(member(), [member(), member()])).toBeUndefined();
    const others = [{ ...member('1'), identifiers: [{ system: 'konkyu', value: '1' }] }];
    expect(twice(member('1'), others)).toBeUndefined();
    expect(twice(member('1', '2'), [member('3')], { 1: 'mother', 2: 'mother' })).toBeUndefined();
  });
});
