// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import {
  anAuthority,
  aParty,
  aStatuteRow,
  daysAgo,
  dayIn,
  houkatsu,
  jiritsu,
  mother,
  now,
  partiesOf,
  shogai,
  son,
  uuid,
} from './builders';
import {
  BodyKind,
  ReferralKind,
  type AuthorityRow,
  type Consent,
  type DataCategory,
  type DecisionInput,
  type Refusal,
} from '../src';

/** A small world, so that consents, refusals and questions meet often: two persons, three desks, eight categories. */
const categories: DataCategory[] = [
  'identity',
  'contact',
  'contact_wishes',
  'household',
  'concern',
  'wishes',
  'care_level',
  'narrative',
];
const often = <T>(usual: T, ...rare: T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(usual, ...rare) });
const someCategories = fc
  .tuple(often(true, false), fc.boolean(), fc.subarray(categories))
  .map(([named, household, rest]): DataCategory[] => [
    ...new Set<DataCategory>([
      ...(named ? (['identity'] as const) : []),
      ...(household ? (['household'] as const) : []),
      ...rest,
    ]),
  ])
  .filter((c) => c.length > 0);
/** Nobody carries items of the group of the household: it is the leave to see its other members. */
const someItems = someCategories.map((c) => c.filter((item) => item !== 'household'));
const someRecipients = often<Consent['scope']['recipients']>(
  [{ domain: 'konkyu' }],
  [{ function: jiritsu.function }],
  [{ functionType: jiritsu.functionType }],
  [{ function: shogai.function }],
  [{ domain: 'shogai' }, { domain: 'konkyu' }],
);
const somePerson = fc.constantFrom(mother, mother, mother, son, son);
const inside: AuthorityRow['senders'] = ['agency', 'contractor'];
const someMoment = fc.integer({ min: 0, max: 45 }).map(daysAgo);

export const anyConsent: fc.Arbitrary<Consent> = fc
  .record({
    person: somePerson,
    givenTo: often(houkatsu.function, shogai.function),
    manner: fc.constantFrom<Consent['manner']>('written', 'oral_recorded', 'asserted_by_system', 'asserted_by_system'),
    status: often<Consent['status']>('active', 'withdrawn', 'expired', 'refused'),
    categories: someCategories,
    recipients: someRecipients,
    purposes: often<Consent['scope']['purposes']>(['consultation'], ['coordination']),
    from: often(dayIn(-60), dayIn(0), dayIn(1)),
    until: often(dayIn(40), dayIn(0), dayIn(-1), dayIn(90)),
    feedback: fc.constantFrom<Consent['scope']['feedback']>('none', 'state', 'state+note'),
    exclusions: often<string[]>([], [jiritsu.function], [shogai.function]),
    grantedAt: someMoment,
    named: often(undefined, uuid(60), uuid(61)),
    superseded: often(false, true),
    confirmed: fc.boolean(),
  })
  .map(({ categories: c, recipients, purposes, from, until, feedback, named, superseded, confirmed, ...rest }) => ({
    id: uuid(0),
    giver: 'self' as const,
    ...rest,
    scope: { categories: c, recipients, purposes, from, until, feedback },
    ...(named !== undefined && { namedOrganization: named }),
    ...(superseded && { supersededBy: uuid(9) }),
    ...(confirmed && { confirmedAt: daysAgo(0) }),
  }));

export const anyRefusal: fc.Arbitrary<Refusal> = fc
  .record({
    person: somePerson,
    recordedBy: fc.constantFrom(houkatsu.function, shogai.function),
    at: someMoment,
    categories: fc.option(fc.subarray(categories, { minLength: 1 }), { nil: undefined }),
    recipients: fc.option(someRecipients, { nil: undefined }),
  })
  .map(({ categories: c, recipients, ...rest }) => ({
    id: uuid(0),
    ...rest,
    ...(c && { categories: c }),
    ...(recipients && { recipients }),
  }));

/** Questions of every kind, most of them plain referrals that something is recorded about. */
export const anyQuestion: fc.Arbitrary<DecisionInput> = fc
  .record({
    kind: fc.oneof(
      { weight: 2, arbitrary: fc.constant('referral' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...ReferralKind.options) },
    ),
    purpose: often<DecisionInput['purpose']>('consultation', 'coordination'),
    senderKind: often(...(['contractor', ...BodyKind.options] as const)),
    recipient: often(jiritsu, shogai, houkatsu, aParty({ ...jiritsu, bodyKind: 'private' })),
    /** The two desks are such as this kind goes between. */
    fits: often(true, false),
    statute: often<DecisionInput['statute']>('elder_abuse', undefined, 'dv'),
    carried: often<boolean | undefined>(undefined, false, false, false, true),
    present: someItems,
    known: often(true, false),
    sonPresent: someItems,
    sonKnown: often(true, false),
    consents: fc.array(anyConsent, { maxLength: 8 }),
    refusals: fc.oneof(
      { weight: 2, arbitrary: fc.constant<Refusal[]>([]) },
      { weight: 1, arbitrary: fc.array(anyRefusal, { maxLength: 3 }) },
    ),
    withinPurpose: fc.array(
      fc.record({
        purposes: fc.constantFrom<AuthorityRow['purposes'][]>(
          ['consultation'],
          ['emergency', 'consultation'],
          ['emergency'],
        ),
        kinds: often<AuthorityRow['kinds']>(['handback', 'inquiry', 'protection'], ['inquiry'], []),
        senders: often<AuthorityRow['senders']>(inside, BodyKind.options, ['agency']),
        recipients: often<AuthorityRow['recipients']>(inside, ['agency'], ['contractor', 'private']),
        categories: someCategories,
      }),
      { maxLength: 2 },
    ),
  })
  .map((q) => ({ ...q, parties: partiesOf(q.kind) }))
  .map((q) => ({
    now,
    kind: q.kind,
    purpose: q.purpose,
    sender: aParty({ ...(q.fits && q.parties.sender), bodyKind: q.senderKind }),
    recipient: q.fits && q.kind !== 'referral' ? q.parties.recipient : q.recipient,
    statute: q.statute,
    carried: q.carried,
    subject: { ref: 'subject', present: q.present, ...(q.known && { person: mother }) },
    others: [{ ref: 'son', present: q.sonPresent, ...(q.sonKnown && { person: son }) }],
    consents: q.consents.map((c, i) => ({ ...c, id: uuid(200 + i) })),
    refusals: q.refusals.map((r, i) => ({ ...r, id: uuid(300 + i) })),
    authorities: [
      ...q.withinPurpose.map((row, i) => anAuthority({ ...row, id: uuid(500 + i) })),
      aStatuteRow({ id: uuid(510), categories: ['identity', 'concern', 'narrative'] }),
    ],
  }));
