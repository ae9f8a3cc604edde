// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { decide, decideForCoordinators } from './decide';
import type { DisclosureDecision } from './decision';
import type { DecisionInput } from './question';
import {
  aConsent,
  anAssertion,
  anAuthority,
  aParty,
  aQuestion,
  aRefusal,
  aStatuteRow,
  mother,
  partiesOf,
  son,
  uuid,
} from '../../test/builders';
import { fieldsOf } from '../../test/fields-of';
import { propertyRuns } from '../../test/property-runs';
import { anyQuestion } from '../../test/questions';
import type { DataCategory } from '../member/data-category';

const father = uuid(103);
const grandmother = uuid(104);
const member = (ref: string, person: string, ...present: DataCategory[]) => ({
  ref,
  person,
  present: ['identity' as const, ...present],
});
const allows = (person: string, n: number, ...categories: DataCategory[]) =>
  aConsent({ id: uuid(n), person, scope: { categories: ['identity', 'household', ...categories] } });
const refs = (decision: DisclosureDecision) =>
  decision.outcome === 'permit' ? decision.members.map((m) => m.ref) : decision.outcome;

/** The mother's referral; everybody of the household has consented to everything. */
const household = (over: Partial<DecisionInput> = {}) =>
  decide(
    aQuestion({
      subject: member('subject', mother),
      others: [member('son', son), member('father', father), member('grandmother', grandmother)],
      consents: [allows(mother, 211), allows(son, 212), allows(father, 213), allows(grandmother, 214)],
      ...over,
    }),
  );

describe('who goes along where somebody endangers somebody', () => {
  it('is everybody who may while nothing was recorded', () => {
    expect(refs(household())).toEqual(['subject', 'son', 'father', 'grandmother']);
    expect(refs(household({ dangers: [] }))).toEqual(['subject', 'son', 'father', 'grandmother']);
  });

  it('S16: is not who endangers the subject, nor in his referral she whom he endangers', () => {
    const dangers = [{ person: mother, from: father }];
    expect(refs(household({ dangers }))).toEqual(['subject', 'son', 'grandmother']);
    const his = { subject: member('subject', father), others: [member('wife', mother), member('son', son)] };
    expect(refs(household({ ...his, dangers }))).toEqual(['subject', 'son']);
  });

  it('is not who endangers somebody that goes along', () => {
    expect(refs(household({ dangers: [{ person: son, from: father }] }))).toEqual(['subject', 'son', 'grandmother']);
  });

  it('is neither of two others who endanger each other', () => {
    const dangers = [
      { person: son, from: father },
      { person: father, from: son },
    ];
    expect(refs(household({ dangers }))).toEqual(['subject', 'grandmother']);
  });

  it('is whoever endangers only somebody who stays behind anyway', () => {
    const dangers = [
      { person: mother, from: father },
      { person: father, from: grandmother },
    ];
    expect(refs(household({ dangers }))).toEqual(['subject', 'son', 'grandmother']);
  });

  it('is only who is protected as well, where the household endangers the subject', () => {
    const dangers = [{ person: mother, from: 'household' }];
    expect(refs(household({ dangers }))).toEqual(['subject']);
    expect(refs(household({ dangers, seals: [{ id: uuid(950), person: son }] }))).toEqual(['subject', 'son']);
    expect(refs(household({ dangers: [...dangers, { person: son, from: 'household' }] }))).toEqual(['subject', 'son']);
  });

  it('is not somebody whom the household endangers, in a referral of the household', () => {
    expect(refs(household({ dangers: [{ person: son, from: 'household' }] }))).toEqual([
      'subject',
      'father',
      'grandmother',
    ]);
  });

  it('says so with no reason', () => {
    expect(household({ dangers: [{ person: mother, from: 'household' }] }).reasons).toEqual([]);
  });

  it('is everybody in a 通報・通告: a report of abuse without its abuser is none', () => {
    const dangers = [
      { person: mother, from: father },
      { person: son, from: 'household' },
    ];
    const others = [member('father', father), member('son', son)];
    const authorities = [aStatuteRow()];
    const reported = {
      ...partiesOf('notification'),
      kind: 'notification',
      statute: 'elder_abuse',
      authorities,
    } as const;
    expect(refs(household({ ...reported, others, dangers }))).toEqual(['subject', 'father', 'son']);
  });

  it('is nobody dangerous for those who coordinate', () => {
    const dangers = [{ person: mother, from: father }];
    const others = [member('father', father), member('son', son)];
    const recipient = aParty({ function: uuid(9), domain: 'takikan', purposes: ['coordination'] });
    const towards = { recipients: [{ domain: 'takikan' as const }], purposes: ['coordination' as const] };
    const consents = [mother, father, son].map((person, i) =>
      aConsent({ id: uuid(220 + i), person, scope: { ...towards, categories: ['identity', 'household'] } }),
    );
    const asked = { ...aQuestion({ subject: member('subject', mother), others, consents, dangers }), recipient };
    expect(refs(decideForCoordinators({ ...asked, municipalStaff: true }))).toEqual(['subject', 'son']);
  });
});

describe('who may speak for a person', () => {
  const byFather = { giver: 'legal_guardian' as const, giverPerson: father };

  it('is nobody who cannot decide: such a consent permits nothing, and says so', () => {
    const consents = [aConsent({ ...byFather, entitled: false })];
    expect(decide(aQuestion({ consents }))).toMatchObject({ outcome: 'hold', reasons: ['GIVER_NOT_ENTITLED'] });
  });

  it.each([
    ['who endangers the person', [{ person: mother, from: father }]],
    ['of a household that does', [{ person: mother, from: 'household' }]],
  ])('is nobody %s: that is held without a word about it', (_, dangers) => {
    expect(decide(aQuestion({ consents: [aConsent(byFather)], dangers }))).toMatchObject({
      outcome: 'hold',
      reasons: ['ASK_ADMINISTRATOR'],
    });
  });

  it('is no parent of such a household whom nobody has told apart', () => {
    const dangers = [{ person: mother, from: 'household' }];
    const held = { outcome: 'hold', reasons: ['ASK_ADMINISTRATOR'] };
    expect(decide(aQuestion({ consents: [aConsent({ giver: 'legal_guardian' })], dangers }))).toMatchObject(held);
    expect(decide(aQuestion({ consents: [aConsent({ giver: 'legal_guardian' })] })).outcome).toBe('permit');
    const refusals = [aRefusal({ giver: 'legal_guardian' })];
    expect(decide(aQuestion({ consents: [aConsent()], refusals, dangers })).outcome).toBe('permit');
    expect(decide(aQuestion({ consents: [aConsent()], refusals })).outcome).toBe('hold');
  });

  it('is no guardian whom nobody has named, where somebody known endangers the person; another one who is named is', () => {
    const dangers = [{ person: mother, from: father }];
    const byGuardian = (more: object = {}) => [aConsent({ giver: 'legal_guardian', ...more })];
    const held = { outcome: 'hold', reasons: ['ASK_ADMINISTRATOR'] };
    expect(decide(aQuestion({ consents: byGuardian(), dangers }))).toMatchObject(held);
    expect(decide(aQuestion({ consents: byGuardian({ giverPerson: son }), dangers })).outcome).toBe('permit');
    // Nor does such a one refuse; and of whom else somebody is a danger is no matter here.
    const refusals = [aRefusal({ giver: 'legal_guardian' })];
    expect(decide(aQuestion({ consents: [aConsent()], refusals, dangers })).outcome).toBe('permit');
    const ofAnother = [{ person: son, from: father }];
    expect(decide(aQuestion({ consents: byGuardian(), dangers: ofAnother })).outcome).toBe('permit');
  });

  it('is a guardian who endangers nobody, and the person in danger', () => {
    expect(decide(aQuestion({ consents: [aConsent(byFather)] })).outcome).toBe('permit');
    const dangers = [{ person: mother, from: 'household' }];
    expect(decide(aQuestion({ consents: [aConsent({ giverPerson: mother })], dangers })).outcome).toBe('permit');
    expect(decide(aQuestion({ consents: [aConsent()], dangers })).outcome).toBe('permit');
  });

  it('S17: a refusal of somebody who may not decide or endangers the person stops nothing', () => {
    const consents = [aConsent()];
    const dangers = [{ person: mother, from: father }];
    expect(decide(aQuestion({ consents, refusals: [aRefusal({ entitled: false })] })).outcome).toBe('permit');
    const refusals = [aRefusal({ giverPerson: father })];
    expect(decide(aQuestion({ consents, refusals, dangers })).outcome).toBe('permit');
    expect(decide(aQuestion({ consents, refusals })).outcome).toBe('hold');
  });

  it('a form that such a person handed back refused stops nothing either, and silences no assertion', () => {
    const refused = aConsent({ id: uuid(205), status: 'refused', entitled: false });
    expect(decide(aQuestion({ consents: [anAssertion(), refused] })).outcome).toBe('permit');
    const given = aConsent({ id: uuid(205), entitled: false, scope: { categories: ['identity'] } });
    expect(fieldsOf(decide(aQuestion({ consents: [anAssertion(), given] })))).toContain('contact');
  });
});

describe('what leaves of somebody who is protected', () => {
  const seals = [{ id: uuid(950), person: mother }];
  const everything: DataCategory[] = ['identity', 'contact', 'contact_wishes', 'concern', 'narrative'];
  const subject = { ref: 'subject', person: mother, present: everything };
  const consents = [aConsent({ scope: { categories: everything } })];
  const ask = (over: Partial<DecisionInput> = {}) => decide(aQuestion({ subject, consents, seals, ...over }));

  it('S14: is never the contact, whatever was consented to, and the recipient is told to protect her', () => {
    expect(fieldsOf(ask())).toEqual(['identity', 'concern', 'narrative']);
    expect(ask()).toMatchObject({ members: [{ sealed: true }], reasons: [] });
  });

  it('is everything as before of somebody else', () => {
    const others = [{ id: uuid(950), person: son }];
    expect(ask({ seals: others })).toEqual(ask({ seals: [] }));
    expect(ask({ seals: others })).not.toHaveProperty('members.0.sealed');
  });

  it('is the same of whom somebody endangers, sealed or not', () => {
    for (const from of [father, 'household']) {
      const endangered = ask({ seals: [], dangers: [{ person: mother, from }] });
      expect(endangered).toEqual(ask());
      expect(endangered).toMatchObject({ members: [{ sealed: true }] });
    }
    const unread = { subject: { ...subject, textUnchecked: true as const } };
    expect(ask({ ...unread, seals: [], dangers: [{ person: mother, from: father }] })).toEqual(ask(unread));
  });

  it('is no text while nobody has looked through it, and says so', () => {
    const decision = ask({ subject: { ...subject, textUnchecked: true } });
    expect(fieldsOf(decision)).toEqual(['identity', 'concern']);
    expect(decision).toMatchObject({ members: [{ textUnchecked: true }], reasons: ['SEALED_TEXT_UNCHECKED'] });
  });

  it('S16: is a safe way to reach her, in place of the contact', () => {
    const safe = { ...subject, safeWishes: true as const };
    expect(fieldsOf(ask({ subject: safe }))).toEqual(['identity', 'contact_wishes', 'concern', 'narrative']);
    const only = (...categories: DataCategory[]) => [aConsent({ scope: { categories: ['identity', ...categories] } })];
    expect(fieldsOf(ask({ subject: safe, consents: only('contact') }))).toEqual(['identity', 'contact_wishes']);
    expect(fieldsOf(ask({ subject: safe, consents: only('contact_wishes') }))).toEqual(['identity', 'contact_wishes']);
    expect(fieldsOf(ask({ subject: safe, consents: only('concern') }))).toEqual(['identity', 'concern']);
    const refusals = [aRefusal({ categories: ['contact_wishes'] })];
    expect(fieldsOf(ask({ subject: safe, consents: only('contact'), refusals }))).toEqual(['identity']);
  });

  it('is no contact on a sheet, within the purpose or by a law either', () => {
    expect(fieldsOf(ask({ carried: true }))).toEqual(['identity', 'concern', 'narrative']);
    expect(fieldsOf(ask({ onSheet: ['identity', 'contact'], consents: [] }))).toEqual(['identity']);
    const authorities = [anAuthority({ categories: everything }), aStatuteRow({ categories: everything })];
    expect(fieldsOf(ask({ ...partiesOf('inquiry'), kind: 'inquiry', authorities }))).not.toContain('contact');
    const reported = { kind: 'notification', statute: 'elder_abuse' } as const;
    expect(fieldsOf(ask({ ...partiesOf('notification'), ...reported, authorities }))).not.toContain('contact');
  });

  it('no hold tells that somebody is protected: it asks for what the record holds', () => {
    expect(ask({ consents: [] })).toEqual(ask({ consents: [], seals: [] }));
  });
});

describe('whatever was recorded to protect somebody', () => {
  const anyProtection = fc.record({
    seals: fc.subarray([mother, son]).map((persons) => persons.map((person, i) => ({ id: uuid(950 + i), person }))),
    dangers: fc.array(
      fc.record({ person: fc.constantFrom(mother, son), from: fc.constantFrom(mother, son, father, 'household') }),
      { maxLength: 3 },
    ),
    safe: fc.boolean(),
    unchecked: fc.boolean(),
  });
  const of = (decision: DisclosureDecision) =>
    decision.outcome === 'permit' ? decision.members.flatMap((m) => m.categories.map((c) => `${m.ref}:${c}`)) : [];

  it('only takes away, but for a safe way to reach the person that a consent names', () => {
    fc.assert(
      fc.property(anyQuestion, anyProtection, (question, { seals, dangers, safe, unchecked }) => {
        const marked = {
          ...question.subject,
          ...(safe && { safeWishes: true as const }),
          ...(unchecked && { textUnchecked: true as const }),
        };
        const before = decide(question);
        const after = decide({ ...question, subject: marked, seals, dangers });
        const more = of(after).filter((f) => !of(before).includes(f));
        expect(more.filter((f) => f !== 'subject:contact_wishes')).toEqual([]);
        if (!safe) expect(more).toEqual([]);
        for (const { person } of [...seals, ...dangers]) {
          const ref = [question.subject, ...question.others].find((m) => m.person === person)?.ref;
          expect(of(after)).not.toContain(`${ref}:contact`);
          if (unchecked && ref === 'subject') expect(of(after)).not.toContain('subject:narrative');
        }
        if (
          question.kind !== 'notification' &&
          question.subject.person &&
          question.others[0]?.person &&
          dangers.some((d) => d.person === mother && d.from === son)
        )
          expect(of(after).join()).not.toContain('son:');
      }),
      { numRuns: propertyRuns },
    );
  });
});
