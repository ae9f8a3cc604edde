// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consent } from '@tsunagi/domain';
import { saidOf } from './said-of';
import { noWishes } from './wishes';

const by = (person: string, id: string) => ({ id, person, status: 'active' }) as Consent;

describe('what some of many have said', () => {
  it('is theirs alone, in the order in which it was said', () => {
    const wishes = { ...noWishes(), consents: [by('b', '1'), by('a', '2'), by('c', '3'), by('b', '4')] };
    const idsOf = (...persons: string[]) => saidOf(wishes, persons).consents.map((c) => c.id);
    expect(idsOf('b')).toEqual(['1', '4']);
    expect(idsOf('b', 'a')).toEqual(['1', '2', '4']);
    expect(idsOf('b', 'b')).toEqual(['1', '4']);
    expect(idsOf('d')).toEqual([]);
    expect(idsOf()).toEqual([]);
  });

  it('holds what was said or ended since it was asked before', () => {
    const wishes = { ...noWishes(), consents: [by('a', '1')] };
    expect(saidOf(wishes, ['a']).consents).toEqual([by('a', '1')]);
    wishes.consents.push(by('b', '2'), by('a', '3'));
    wishes.consents[0] = { ...by('a', '1'), status: 'expired' };
    expect(saidOf(wishes, ['a']).consents).toEqual([{ ...by('a', '1'), status: 'expired' }, by('a', '3')]);
    expect(saidOf(wishes, ['b']).consents).toEqual([by('b', '2')]);
  });
});
