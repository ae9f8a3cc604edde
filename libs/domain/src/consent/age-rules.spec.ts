// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { ageRuleFor, bandOutOfPlace, type AgeBand, type AgeRule } from './age-rules';
import { ageRules, uuid } from '../../test/builders';
import { propertyRuns } from '../../test/property-runs';
import { addDays } from '../calendar/business-calendar';
import { succeeding } from '../calendar/dated-row';

const band = (fromAge: number, toAge: number): AgeBand => ({ fromAge, toAge, givers: ['legal_guardian'], needs: [] });

describe('the ages at which others are asked', () => {
  it('begin at 0, follow each other and end with childhood', () => {
    expect(bandOutOfPlace([band(0, 11), band(12, 15), band(16, 17)])).toBeUndefined();
    expect(bandOutOfPlace([band(0, 17)])).toBeUndefined();
    expect(bandOutOfPlace([band(1, 17)])).toBe(0);
    expect(bandOutOfPlace([band(0, 11), band(13, 17)])).toBe(1);
    expect(bandOutOfPlace([band(0, 11), band(11, 17)])).toBe(1);
    expect(bandOutOfPlace([band(0, 11), band(12, 11)])).toBe(1);
    expect(bandOutOfPlace([band(0, 18)])).toBe(0);
  });
});

describe('rules that begin on a day', () => {
  it('end those in force the day before, and not what has ended or begins later', () => {
    const later = ageRules.map((r) => ({ ...r, id: `${r.id}-later`, validFrom: '2028-04-01' }));
    const over = ageRules.map((r) => ({ ...r, id: `${r.id}-over`, validTo: '2026-03-31' }));
    const { ended, validTo } = succeeding([...over, ...ageRules, ...later], '2027-04-01');
    expect(ended).toEqual(ageRules);
    expect(validTo).toBe('2028-03-31');
    expect(succeeding(ageRules, '2027-04-01').validTo).toBeUndefined();
  });

  it('leave one rule and no more for every age of a child on every day, in whatever order they are made', () => {
    const start = '2026-01-01';
    const days = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 6 });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 17 }), (made, on, age) => {
        const first: AgeRule[] = [{ ...band(0, 17), id: uuid(1), validFrom: start, active: true }];
        const onFile = made.reduce((rules, day, n) => {
          const validFrom = addDays(start, day);
          const { ended, validTo } = succeeding(rules, validFrom);
          const closed = rules.map((r) => (ended.includes(r) ? { ...r, validTo: addDays(validFrom, -1) } : r));
          return [...closed, { ...band(0, 17), id: uuid(n + 2), validFrom, validTo, active: true }];
        }, first);
        const day = addDays(start, on);
        const inForce = onFile.filter((r) => ageRuleFor([r], age, day));
        expect(inForce).toHaveLength(1);
        const newest = made.map((d, n) => ({ d, id: uuid(n + 2) })).filter(({ d }) => d <= on);
        const last = Math.max(0, ...newest.map(({ d }) => d));
        expect(inForce[0]?.id).toBe(newest.filter(({ d }) => d === last).at(-1)?.id ?? uuid(1));
      }),
      { numRuns: propertyRuns },
    );
  });
});
