// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { ageOn, birthday } from './age-rules';
import { entitledUntil, whyMayNotRefuse, whyNotEntitled, type Said } from './giver';
import { ConsentGiver, type Capacity } from './giver.schema';
import { ageRules } from '../../test/builders';
import { propertyRuns } from '../../test/property-runs';
import { addDays } from '../calendar/business-calendar';

const on = '2026-11-28';
const bornAgo = (years: number) => `${2026 - years}-04-02`;
const said = (giver: ConsentGiver, capacity: Capacity = {}, age?: number): Said => ({
  giver,
  capacity,
  on,
  ...(age !== undefined && { bornOn: bornAgo(age) }),
});
const why = (...of: Parameters<typeof said>) => whyNotEntitled(said(...of), ageRules);
const whyNoRefusal = (...of: Parameters<typeof said>) => whyMayNotRefuse(said(...of), ageRules);
const mother = { parental: 'sole', childView: 'うなずいた' } as const;

describe('who may consent for an adult', () => {
  it('is the person, alone or with support', () => {
    expect(why('self', {}, 82)).toBeUndefined();
    expect(why('self_with_support', {}, 82)).toBeUndefined();
  });

  it('is nobody of the family: a wish permits nothing (S21)', () => {
    expect(why('family', { document: '戸籍' }, 82)).toBe('giver');
    expect(why('family', { document: '戸籍' }, 5)).toBe('giver');
  });

  it.each(['authorized_agent', 'adult_guardian', 'voluntary_guardian'] as const)(
    'is %s with a paper that shows it',
    (giver) => {
      expect(why(giver, {}, 82)).toBe('document');
      expect(why(giver, { document: '登記事項証明書' }, 82)).toBeUndefined();
    },
  );

  it('is a curator or assistant only with 代理権 for this (S17)', () => {
    expect(why('curator_or_assistant', { document: '登記事項証明書' }, 40)).toBe('powerForThis');
    expect(why('curator_or_assistant', { powerForThis: true }, 40)).toBe('document');
    expect(why('curator_or_assistant', { powerForThis: true, document: '代理行為目録' }, 40)).toBeUndefined();
  });

  it('is no parent', () => {
    expect(why('legal_guardian', { parental: 'sole' }, 18)).toBe('age');
  });

  it('is the person where the birth date is not known, and no parent', () => {
    expect(why('self')).toBeUndefined();
    expect(why('legal_guardian', mother)).toBe('age');
  });
});

describe('who may consent for a child', () => {
  it('under 12 is the guardian, with the child’s view (S4)', () => {
    expect(why('legal_guardian', mother, 3)).toBeUndefined();
    expect(why('legal_guardian', { parental: 'sole' }, 3)).toBe('child_view');
    expect(why('self', { understood: true }, 3)).toBe('age');
  });

  it('is a parent who says whether alone or with another', () => {
    expect(why('legal_guardian', { childView: 'うなずいた' }, 3)).toBe('parental');
    expect(why('legal_guardian', { ...mother, parental: 'appointed' }, 3)).toBeUndefined();
  });

  it('of two parents is both, unless the other is the danger', () => {
    const joint = { ...mother, parental: 'joint' } as const;
    expect(why('legal_guardian', joint, 3)).toBe('otherParent');
    expect(why('legal_guardian', { ...joint, otherParent: 'agreed' }, 3)).toBeUndefined();
    expect(why('legal_guardian', { ...joint, otherParent: 'is_danger' }, 3)).toBeUndefined();
  });

  it('from 12 to 15 is the guardian together with the child', () => {
    expect(why('legal_guardian', mother, 12)).toBe('child_agrees');
    expect(why('legal_guardian', { ...mother, childAgrees: true }, 15)).toBeUndefined();
    expect(why('self', { understood: true }, 15)).toBe('age');
  });

  it('of 16 and 17 is the child, who has understood, and no parent (S17)', () => {
    expect(why('self', {}, 16)).toBe('understood');
    expect(why('self', { understood: true }, 17)).toBeUndefined();
    expect(why('legal_guardian', { ...mother, childAgrees: true }, 16)).toBe('age');
  });

  it('is the expectant mother herself, whatever her age', () => {
    expect(why('self', { expectant: true }, 14)).toBeUndefined();
    expect(why('legal_guardian', { ...mother, childAgrees: true, expectant: true }, 14)).toBe('age');
  });

  it('follows the rows in force, and the one that began last', () => {
    const later = ageRules.map((r) => ({ ...r, id: `${r.id}-later`, validFrom: '2026-04-01' }));
    const selfAt15 = later.map((r) => (r.fromAge === 12 ? { ...r, givers: ['self' as const], needs: [] } : r));
    const question = said('self', {}, 15);
    expect(whyNotEntitled(question, [...selfAt15, ...ageRules])).toBeUndefined();
    expect(whyNotEntitled({ ...question, on: '2026-03-31' }, [...selfAt15, ...ageRules])).toBe('age');
    expect(whyNotEntitled(question, [...selfAt15.map((r) => ({ ...r, active: false })), ...ageRules])).toBe('age');
    expect(whyNotEntitled(question, [...selfAt15.map((r) => ({ ...r, validTo: '2026-10-31' })), ...ageRules])).toBe(
      'age',
    );
  });
});

describe('whose no counts', () => {
  it('is everybody’s own, at any age', () => {
    expect(whyNoRefusal('self', {}, 3)).toBeUndefined();
    expect(whyNoRefusal('self_with_support', {}, 14)).toBeUndefined();
  });

  it('is that of one parent alone, as long as parents decide', () => {
    expect(whyNoRefusal('legal_guardian', { parental: 'joint' }, 15)).toBeUndefined();
    expect(whyNoRefusal('legal_guardian', { parental: 'joint' }, 16)).toBe('age');
  });

  it('is not the family’s, nor a curator’s without 代理権', () => {
    expect(whyNoRefusal('family', {}, 82)).toBe('giver');
    expect(whyNoRefusal('curator_or_assistant', { document: '登記事項証明書' }, 82)).toBe('powerForThis');
  });
});

describe('until when the word of another counts', () => {
  it.each([
    [3, '2035-04-02'],
    [11, '2027-04-02'],
    [15, '2027-04-02'],
  ])('of the guardian of a child of %i until the next band begins', (age, day) => {
    expect(entitledUntil(said('legal_guardian', mother, age), ageRules)).toBe(day);
  });

  it('of the person herself without an end', () => {
    expect(entitledUntil(said('self', { understood: true }, 17), ageRules)).toBeUndefined();
    expect(entitledUntil(said('adult_guardian', { document: '登記事項証明書' }, 82), ageRules)).toBeUndefined();
  });

  it('counts a birthday of 29 February on 1 March', () => {
    expect(birthday('2012-02-29', 16)).toBe('2028-02-29');
    expect(birthday('2012-02-29', 15)).toBe('2027-03-01');
    expect([ageOn('2027-02-28', '2012-02-29'), ageOn('2027-03-01', '2012-02-29')]).toEqual([14, 15]);
  });
});

describe('givers and ages', () => {
  const day = fc.integer({ min: 0, max: 365 * 60 }).map((n) => addDays('1990-01-01', n));
  const anyCapacity = fc.record(
    {
      document: fc.constant('書類'),
      powerForThis: fc.constant(true as const),
      parental: fc.constantFrom('sole' as const, 'joint' as const, 'appointed' as const),
      otherParent: fc.constantFrom('agreed' as const, 'is_danger' as const),
      childView: fc.constant('意見'),
      childAgrees: fc.constant(true as const),
      understood: fc.constant(true as const),
    },
    { requiredKeys: [] },
  );
  const anySaid = fc.record({
    giver: fc.constantFrom(...ConsentGiver.options),
    capacity: anyCapacity,
    bornOn: day,
    on: day,
  });

  it('the age of a day changes on birthdays alone', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 120 }), (bornOn, age) => {
        const first = birthday(bornOn, age);
        expect([ageOn(addDays(first, -1), bornOn), ageOn(first, bornOn)]).toEqual([age - 1, age]);
      }),
      { numRuns: propertyRuns },
    );
  });

  it('whoever may consent may also say no', () => {
    fc.assert(
      fc.property(anySaid, (one) => {
        if (whyNotEntitled(one, ageRules) === undefined) expect(whyMayNotRefuse(one, ageRules)).toBeUndefined();
      }),
      { numRuns: propertyRuns },
    );
  });

  it('more that is shown never takes a word away', () => {
    const everything = {
      document: '書類',
      powerForThis: true,
      otherParent: 'agreed',
      childView: '意見',
      childAgrees: true,
      understood: true,
    } as const;
    fc.assert(
      fc.property(anySaid, (one) => {
        const more = { ...one, capacity: { ...one.capacity, ...everything } };
        if (whyNotEntitled(one, ageRules) === undefined) expect(whyNotEntitled(more, ageRules)).toBeUndefined();
      }),
      { numRuns: propertyRuns },
    );
  });

  it('a guardian’s word ends in the band in which it was given, and no child of 12 is spoken for by what was said before', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 364 }), (bornOn, age, days) => {
        const given = addDays(birthday(bornOn, age), days);
        const one = { giver: 'legal_guardian', capacity: { ...mother, childAgrees: true }, bornOn, on: given } as const;
        fc.pre(given >= '2020-04-01' && ageOn(given, bornOn) < 16);
        const end = entitledUntil(one, ageRules)!;
        expect(end > given).toBe(true);
        const band = (d: string) => [12, 16, 18].filter((a) => a <= ageOn(d, bornOn)).length;
        expect(band(addDays(end, -1))).toBe(band(given));
        expect(band(end)).toBe(band(given) + 1);
      }),
      { numRuns: propertyRuns },
    );
  });
});
