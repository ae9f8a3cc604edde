// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Excluded } from '@tsunagi/domain';
import { heardBy } from './happenings';
import type { Caller } from '../access';

const at = (desk: string, excluded?: Partial<Excluded>): Caller =>
  ({
    ...{ kind: 'staff', functions: [desk], holdings: [{ role: 'caseworker', function: desk }] },
    ...(excluded && { excluded: { referrals: new Set(), persons: new Set(), ...excluded } }),
  }) as unknown as Caller;
const directory = { find: () => undefined };
const list = {
  function: 'a',
  role: 'caseworker',
  kind: 'referral',
  conference: null,
  referral: 'r',
  person: null,
} as const;

describe('that a list of to-dos has changed', () => {
  const hears = (caller: Caller, ...lists: object[]) =>
    heardBy(caller, { steps: [], lists: lists.map((l) => ({ ...list, ...l })) }, directory).todos;

  it('is heard by whose list it is', () => {
    expect([hears(at('a'), {}), hears(at('b'), {})]).toEqual([true, false]);
  });

  it('is not heard by whoever is shut out from what it is about', () => {
    const [ofReferral, ofPerson] = [{ referrals: new Set(['r']) }, { persons: new Set(['p']) }];
    expect(hears(at('a', ofReferral), {})).toBe(false);
    expect(hears(at('a', ofReferral), {}, { referral: 'other' })).toBe(true);
    expect(hears(at('a', ofPerson), { referral: null, person: 'p' })).toBe(false);
    expect(hears(at('a', ofPerson), { referral: null, person: 'other' })).toBe(true);
  });
});
