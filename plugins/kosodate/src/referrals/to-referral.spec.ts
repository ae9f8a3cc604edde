// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type DataCategory, dataCategories, disclosureMask, type Member, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { aReferral, deliveryId, recalling, referralId } from '../../test/disclosed-referral';
import { toCancellation, toReferral } from './to-referral';

const now = new Date('2026-11-20T09:00:00+09:00');
const referral = (changes: Parameters<typeof aReferral>[0] = {}, cancel: '1' | '2' = '1') =>
  toReferral(aReferral(changes), cancel, now) as { body: Record<string, any>; notCarried: readonly DataCategory[] };
const body = (changes: Parameters<typeof aReferral>[0] = {}) => referral(changes).body;

/** A member with something in every category. */
const everything: Member['items'] = {
  identity: {
    name: '見本　𠮷郎',
    kana: 'ミホン　ヨシロウ',
    otherNames: [{ name: '見本　吉郎' }],
    birthDate: '2023-10-02',
    sex: 'male',
  },
  contact: {
    postalCode: '990-0001',
    address: '見本県見本市',
    residence: '見本県隣町',
    telephone: '000-0000-0001',
    mail: 'a@example.jp',
  },
  contact_wishes: { when: '午前', leaveMessage: false },
  household_outline: { size: 3, relations: ['叔母'] },
  concern: { boxes: ['disability', 'care'], mostPressing: ['care'] },
  wishes: { wishes: '通園。' },
  care_level: { level: '22' },
  disability: { kinds: ['知的'], intellectualGrade: 'B1' },
  health: { illness: '喘息。', pregnancyDue: '2027-02-03' },
  income_debt: { arrears: '家賃。' },
  public_assistance: { receiving: false },
  employment: { status: '会社員' },
  housing: { status: '借家' },
  education: { school: '見本保育園' },
  child_rearing: { note: '一人で育てている。' },
  service_use: { services: ['111000'] },
  abuse: { note: '暴力。' },
  criminal: { note: '前歴。' },
  narrative: { fact: '事実。', words: '言葉。', view: '見立て。', writtenOn: '2026-11-18' },
  origin: { note: '出自。' },
};
const mother: Member = {
  ref: 'm',
  role: 'parent',
  relation: '母',
  identifiers: [],
  items: { identity: { name: '見本　花子' } },
};

describe('a referral as it is brought to the department', () => {
  it('says who sends what to whom, on which basis and until when', () => {
    expect(body()).toMatchObject({
      deliveryId: uuidToBase32(deliveryId),
      referralId: uuidToBase32(referralId),
      cancel: '1',
      kind: '01',
      from: { domain: '4', organisationName: '見本市自立相談支援機関', personInCharge: '見本　三郎' },
      authority: '01',
      urgency: '1',
      acceptBy: '2026-11-30',
      isNotDisclosed: false,
      sentAt: '2026-11-20T09:00:00+09:00',
    });
  });

  it('carries every item that is permitted, also those that no other interface has a place for', () => {
    const { body, notCarried } = referral({ items: everything, others: [mother] });
    const { identity, contact, concern, narrative, ...details } = everything;
    expect(body['subject']).toEqual({
      name: '見本　𠮷郎',
      nameKana: 'ミホン　ヨシロウ',
      otherNames: identity?.otherNames,
      dateOfBirth: '2023-10-02',
      sex: '1',
      ...contact,
      details,
    });
    expect([body['concerns'], body['primaryConcern']]).toEqual([concern?.boxes, 'care']);
    for (const text of [narrative?.fact, narrative?.words, narrative?.view]) expect(body['message']).toContain(text);
    expect(body['household']).toEqual([{ role: 'parent', relation: '母', name: '見本　花子' }]);
    expect([body['disclosedCategories'], notCarried]).toEqual([dataCategories, []]);
  });

  it.each(dataCategories.map((category, bit) => [category, bit] as const))(
    'holds nothing of %s where the mask has no 1',
    (category, bit) => {
      const others = [mother];
      const mask = disclosureMask({ ...mother, items: everything }, others);
      const { body: without } = referral({
        items: everything,
        others,
        mask: `${mask.slice(0, bit)}0${mask.slice(bit + 1)}`,
      });
      const values =
        category === 'household'
          ? ['見本　花子']
          : JSON.stringify(everything[category]).match(/"[^"]*[^\x00-\x7f][^"]*"/g);
      for (const value of values ?? []) expect(JSON.stringify(without)).not.toContain(value.replaceAll('"', ''));
      expect(without['disclosedCategories']).not.toContain(category);
      expect(JSON.stringify(without['subject']['details'] ?? {})).not.toContain(`"${category}"`);
    },
  );

  it('has no place for whereabouts of somebody who is not disclosed, whatever comes', () => {
    const aSealed = aReferral({ items: { contact: { address: '見本県見本市' } } });
    const { body } = toReferral({ ...aSealed, subject: { ...aSealed.subject, sealed: true } }, '1', now);
    expect(body).toMatchObject({ isNotDisclosed: true });
    expect(JSON.stringify(body)).not.toContain('見本県');
  });

  it('invents no date of birth', () => {
    expect(body({ items: { identity: { birthDateText: '平成5年頃' } } })['subject']).toEqual({
      dateOfBirth: null,
      dateOfBirthText: '平成5年頃',
    });
    expect(body({ items: { identity: { name: '見本' } } })['subject']).toEqual({ name: '見本' });
  });

  it('names the person by the department’s own number, and by nobody else’s', () => {
    const identifiers = [
      { system: 'kaigo', value: '1' },
      { system: 'kosodate', value: '2' },
    ];
    expect(body({ identifiers, items: {} })['subject']).toEqual({ municipalityIdentityKey: '2' });
  });

  it.each([
    ['identity', { identity: { sex: 'other' as const } }],
    [
      'concern',
      { concern: { boxes: ['care' as const, 'health' as const], mostPressing: ['care' as const, 'health' as const] } },
    ],
  ])('says that something of %s has no place', (category, items) => {
    expect(referral({ items }).notCarried).toEqual([category]);
  });

  it('says that what is told of another has no place', () => {
    const others = [{ ...mother, items: { narrative: { fact: '疲れている。' } } }];
    expect(referral({ others }).notCarried).toEqual(['household']);
    expect(JSON.stringify(referral({ others }).body)).not.toContain('疲れている');
  });

  it.each([
    ['normal', '1'],
    ['urgent', '2'],
    ['same_day', '3'],
  ] as const)('of urgency %s is %s', (urgency, code) => {
    expect(body({ urgency })['urgency']).toBe(code);
  });

  it('that is a notification is none', () => {
    expect(() => referral({ kind: 'notification' })).toThrow(expect.objectContaining({ code: 'E-HUB-ONLY' }));
  });
});

describe('a recall', () => {
  it('names the delivery that it cancels and nothing of the person', () => {
    expect(toCancellation(recalling().recall, now)).toEqual({
      deliveryId: uuidToBase32(deliveryId),
      referralId: uuidToBase32(referralId),
      cancel: '3',
      sentAt: '2026-11-20T09:00:00+09:00',
    });
  });
});
