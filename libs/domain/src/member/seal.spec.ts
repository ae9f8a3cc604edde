// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { redactMember } from './redact';
import { dataCategories, type ItemCategory } from './data-category';
import { memberItems } from './member.schema';
import { givesAway, hasText, safelyMet, sealedFields, stripSealed, textFields } from './seal';
import { aMember } from '../../test/builders';

const items = {
  identity: { name: '見本 花子', otherNames: [{ name: '旧姓 花子' }] },
  contact: { address: '見本県見本市一丁目1番' },
  contact_wishes: { number: '000-000-0002' },
  education: { school: '見本小学校', note: '送り迎えは母。' },
  employment: { status: '見本工場に勤務', note: '夜勤あり。' },
  service_use: { office: '見本ケアプラン', services: ['訪問介護'] },
  wishes: { wishes: '静かに暮らしたい。' },
  narrative: { fact: '転居した。', writtenOn: '2026-11-19' },
};
const member = aMember({ items });
const redacted = (seal: Parameters<typeof redactMember>[3]) =>
  redactMember(member, [...dataCategories], undefined, seal).items;

describe('what a seal takes out of what may leave', () => {
  it('is nothing of somebody who is not protected', () => {
    expect(redacted({})).toEqual(items);
    expect(redacted({ textUnchecked: true })).toEqual(items);
  });

  it('S14: is the contact, the school, the workplace, the provider and other names; the groups may go', () => {
    expect(redacted({ sealed: true })).toEqual({
      identity: { name: '見本 花子' },
      contact_wishes: { number: '000-000-0002' },
      education: { note: '送り迎えは母。' },
      employment: { note: '夜勤あり。' },
      service_use: { services: ['訪問介護'] },
      wishes: items.wishes,
      narrative: items.narrative,
    });
  });

  it('is every text, too, while nobody has looked through it; a group of which nothing is left is none', () => {
    expect(redacted({ sealed: true, textUnchecked: true })).toEqual({
      identity: { name: '見本 花子' },
      contact_wishes: { number: '000-000-0002' },
      service_use: { services: ['訪問介護'] },
    });
  });

  it('leaves the record itself as it was', () => {
    const before = structuredClone(member);
    redacted({ sealed: true, textUnchecked: true });
    expect(member).toEqual(before);
  });

  it('knows every free text of the record: a new one would be forgotten', () => {
    const isText = (field: { unwrap: () => unknown }) => (field.unwrap() as { maxLength?: number }).maxLength === 2000;
    const texts = Object.entries(memberItems.shape).flatMap(([category, group]) =>
      Object.entries(group.unwrap().shape as Record<string, { unwrap?: () => unknown }>)
        .filter(([, field]) => field.unwrap !== undefined && isText(field as { unwrap: () => unknown }))
        .map(([name]) => [category as ItemCategory, name] as const),
    );
    expect(texts.length).toBeGreaterThan(15);
    for (const [category, name] of texts) {
      const known = textFields[category];
      expect([category, name, known === 'all' || known?.some((f) => f === name)]).toEqual([category, name, true]);
    }
  });

  it('names fields that there are', () => {
    for (const [category, fields] of [...Object.entries(sealedFields), ...Object.entries(textFields)]) {
      const { shape } = memberItems.shape[category as ItemCategory].unwrap();
      if (fields !== 'all') expect(Object.keys(shape)).toEqual(expect.arrayContaining([...fields]));
    }
  });
});

describe('what is stored of a protected person', () => {
  const places = Object.entries(sealedFields).flatMap(([category, fields]) => {
    const shape = memberItems.shape[category as ItemCategory].unwrap().shape;
    return (fields === 'all' ? Object.keys(shape) : (fields as readonly string[])).map((field) => [category, field]);
  });
  const textual = Object.entries(textFields).flatMap(([category, fields]) => {
    const shape = memberItems.shape[category as ItemCategory].unwrap().shape;
    return (fields === 'all' ? Object.keys(shape) : (fields as readonly string[])).map((field) => [category, field]);
  });
  const needle = 'ここに居る';
  const holding = (fields: readonly (readonly string[])[], value: unknown) =>
    fields.reduce<Record<string, Record<string, unknown>>>(
      (held, [category = '', field = '']) => ({ ...held, [category]: { ...held[category], [field]: value } }),
      {},
    );

  it('holds nothing anywhere that gives the whereabouts away, whatever comes in, and all the rest', () => {
    fc.assert(
      fc.property(
        fc.subarray(places),
        fc.subarray(textual.filter(([, field]) => field !== 'writtenOn')),
        fc.boolean(),
        (told, beside, otherNames) => {
          const sealedItems = holding(told, otherNames ? [{ name: needle }] : needle);
          const rest = holding(beside, '見本');
          const categories = [...new Set([...Object.keys(sealedItems), ...Object.keys(rest)])];
          const both = Object.fromEntries(categories.map((c) => [c, { ...sealedItems[c], ...rest[c] }]));
          const comes = aMember({ items: both });
          const stored = stripSealed(comes);
          expect(JSON.stringify(stored)).not.toContain(needle);
          expect(stored.items).toEqual(rest);
          expect(stored.sealed).toBe(true);
          expect(givesAway(comes)).toBe(told.length > 0);
          expect(givesAway(stored)).toBe(false);
          expect(hasText(stored)).toBe(beside.length > 0);
          expect(stripSealed(stored)).toEqual(stored);
        },
      ),
    );
  });

  it('is called by another desk at a number that is safe, and otherwise met through her own', () => {
    const met = (sealed: true | undefined, numbered: boolean, said = 'contact_permitted' as const) =>
      safelyMet(said, { sealed, items: numbered ? { contact_wishes: { number: '000-000-0002' } } : {} });
    expect([met(true, false), met(true, true), met(undefined, false)]).toEqual([
      'through_sender',
      'contact_permitted',
      'contact_permitted',
    ]);
    expect(safelyMet('accompanied', { sealed: true, items: {} })).toBe('accompanied');
  });

  it('asks nobody by letter, whatever was wished', () => {
    const stored = stripSealed(aMember({ items: { contact_wishes: { number: '000-000-0002', letters: true } } }));
    expect(stored.items.contact_wishes).toEqual({ number: '000-000-0002', letters: false });
  });
});
