// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { dataCategories, DataCategory, type ItemCategory } from './data-category';
import { member, memberItems, type Member } from './member.schema';
import { disclosureMask, presentCategories, redactMember } from './redact';
import { aMember } from '../../test/builders';
import { propertyRuns } from '../../test/property-runs';

const itemCategories = dataCategories.filter((c): c is ItemCategory => c !== 'household');

/** One member who carries something in every category; each text names its category, so that a leak can be read. */
const full = member.parse({
  ref: 'subject',
  role: 'subject',
  relation: '本人',
  identifiers: [
    { system: 'kaigo', value: 'identifier-kaigo' },
    { system: 'konkyu', value: 'identifier-konkyu' },
  ],
  items: {
    identity: { name: 'in-identity', otherNames: [{ name: 'in-identity', validFrom: '1960-04-01' }] },
    contact: { address: 'in-contact' },
    contact_wishes: { mustNotKnow: 'in-contact_wishes' },
    household_outline: { relations: ['in-household_o'], affected: 'in-household_outline' },
    concern: { boxes: ['care'] },
    wishes: { wishes: 'in-wishes' },
    care_level: { level: '22' },
    disability: { kinds: ['in-disability'] },
    health: { illness: 'in-health' },
    income_debt: { debts: 'in-income_debt' },
    public_assistance: { note: 'in-public_assistance' },
    employment: { note: 'in-employment' },
    housing: { note: 'in-housing' },
    education: { school: 'in-education' },
    child_rearing: { note: 'in-child_rearing' },
    service_use: { services: ['in-service_use'] },
    abuse: { note: 'in-abuse' },
    criminal: { note: 'in-criminal' },
    narrative: { fact: 'in-narrative', words: 'in-narrative', view: 'in-narrative' },
    origin: { note: 'in-origin' },
  },
} satisfies Member);

describe('leaving out what is not permitted', () => {
  it('keeps the permitted groups as they are and drops the others whole', () => {
    const redacted = redactMember(aMember(), ['identity', 'concern']);
    expect(redacted.items).toEqual({ identity: aMember().items.identity, concern: aMember().items.concern });
  });

  it('invents nothing for a permitted group that the record does not hold', () => {
    expect(redactMember(aMember(), ['identity', 'health']).items).toEqual({ identity: aMember().items.identity });
  });

  it('drops the numbers of other systems, and every number when the recipient uses none', () => {
    expect(redactMember(full, ['identity'], 'konkyu').identifiers).toEqual([
      { system: 'konkyu', value: 'identifier-konkyu' },
    ]);
    expect(redactMember(full, ['identity']).identifiers).toEqual([]);
  });

  it('takes nothing along that the shape of a member does not know', () => {
    const stowaway = { ...full, memo: 'in-memo' };
    expect(JSON.stringify(redactMember(stowaway, [...dataCategories]))).not.toContain('in-memo');
  });

  it('leaves the record itself as it was', () => {
    const before = structuredClone(full);
    redactMember(full, []);
    expect(full).toEqual(before);
  });

  it('the specs know an item of every category', () => {
    expect(presentCategories(full)).toEqual(itemCategories);
    expect(Object.keys(memberItems.shape).sort()).toEqual([...itemCategories].sort());
  });

  it('lets nothing survive at any depth that was not permitted', () => {
    fc.assert(
      fc.property(
        fc.subarray([...dataCategories]),
        fc.constantFrom('kaigo', 'konkyu', undefined),
        (permitted, system) => {
          const redacted = redactMember(full, permitted, system);
          const texts = JSON.stringify(redacted);
          const wrong = itemCategories.filter((category) =>
            permitted.includes(category)
              ? redacted.items[category] !== full.items[category]
              : category in redacted.items || texts.includes(`"in-${category}"`),
          );
          expect(wrong).toEqual([]);
          expect(texts.match(/identifier-\w+/g) ?? []).toEqual(system ? [`identifier-${system}`] : []);
          expect(member.safeParse(redacted).success).toBe(true);
          expect(redactMember(redacted, permitted, system)).toEqual(redacted);
        },
      ),
      { numRuns: propertyRuns },
    );
  });
});

describe('提供項目マスク', () => {
  it('has a 1 where the subject carries something, in the order of the categories', () => {
    expect(disclosureMask(aMember(), [])).toBe('110101010000000000010000');
  });

  it('has bit 5 when at least one other member goes along, and only then', () => {
    expect(disclosureMask(aMember({ items: {} }), [aMember({ ref: 'son', role: 'child' })])).toBe(
      '000010000000000000000000',
    );
    expect(disclosureMask(aMember({ items: {} }), [])).toBe('0'.repeat(24));
  });

  it('speaks of the subject, not of the others', () => {
    expect(disclosureMask(aMember({ items: {} }), [full])[0]).toBe('0');
  });

  it('agrees with what is there, and keeps bits 22 to 24 at 0', () => {
    fc.assert(
      fc.property(fc.subarray([...dataCategories]), fc.boolean(), (permitted, withOther) => {
        const subject = redactMember(full, permitted);
        const mask = disclosureMask(subject, withOther ? [full] : []);
        expect(mask).toMatch(/^[01]{21}000$/);
        const there = DataCategory.options.map((c) => (c === 'household' ? withOther : c in subject.items));
        expect([...mask].slice(0, 21).map((bit) => bit === '1')).toEqual(there);
      }),
      { numRuns: propertyRuns },
    );
  });
});
