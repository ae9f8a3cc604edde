// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import type { DataCategory, groundCodes } from '@tsunagi/domain';

export type GroundCode = (typeof groundCodes)[number];

/** What somebody does at a conference, or to begin one. */
export const conferenceSteps = [
  'propose',
  'call',
  'acknowledge',
  'open',
  'add-item',
  'request',
  'promote',
  'agree-promotion',
  'erase',
  'record',
  'review',
  'end',
] as const;
export type StepAtConference = (typeof conferenceSteps)[number];

/** What is recorded without the person's word, or against whoever endangers the person (DOMAIN §6, §7). */
export type DeedOfLaw =
  /** The sender records why there is no consent. */
  | {
      readonly do: 'ground';
      readonly referral: number;
      readonly code: GroundCode;
      readonly categories: readonly DataCategory[];
      /** For those who go along as well. */
      readonly forAll: boolean;
      /** Everything that the law asks for is said. */
      readonly said: boolean;
    }
  /** Somebody decides on it: the approver, or whoever has drafted it. */
  | {
      readonly do: 'ratify';
      readonly which: number;
      readonly by: 'approver' | 'drafter';
      readonly approved: boolean;
      readonly categories: readonly DataCategory[];
      readonly days: number;
      /** The refusal of the person is overridden, in so many words. */
      readonly overRefusal: boolean;
    }
  | { readonly do: 'seal'; readonly referral: number; readonly member: number; readonly days?: number | undefined }
  | { readonly do: 'danger'; readonly referral: number; readonly member: number; readonly from: number | 'household' }
  /** A protection is taken away: one asks, and another one confirms; or the same. */
  | { readonly do: 'unprotect'; readonly which: number; readonly alone: boolean }
  /** Somebody of the sender has read the texts of whoever is protected. */
  | { readonly do: 'clear'; readonly referral: number }
  | {
      readonly do: 'conference';
      readonly step: StepAtConference;
      readonly which: number;
      readonly referral: number;
      readonly who: number;
      readonly withConsent: boolean;
      readonly category: DataCategory;
      /** It would tell who has informed; or, of a promotion, its contributor agrees. */
      readonly yes: boolean;
    }
  /** To a moment at which something begins or ends, or to the last one before it. */
  | { readonly do: 'jump'; readonly which: number; readonly short: boolean };

export const namesOfLaw = [
  'ground',
  'ratify',
  'seal',
  'danger',
  'unprotect',
  'clear',
  'conference',
  'jump',
] as const satisfies readonly DeedOfLaw['do'][];

const some = fc.nat(60);
const recent = fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: some });
const usually = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) });

const ofGrounds: readonly DataCategory[] = ['identity', 'contact', 'concern', 'income_debt', 'education', 'narrative'];
const withIdentity = fc
  .tuple(usually(true, false), fc.subarray([...ofGrounds].slice(1)))
  .map(([named, rest]): DataCategory[] => (named || rest.length === 0 ? ['identity', ...rest] : rest));

export const ground = fc.record({
  do: fc.constant('ground' as const),
  referral: recent,
  code: fc.constantFrom<GroundCode>(
    'law',
    'internal_reasonable',
    'public_body_reasonable',
    'benefit_of_person',
    'benefit_of_person',
    'private_necessity',
    'disaster',
    'disaster',
    'emergency',
    'emergency',
    'emergency',
  ),
  categories: withIdentity,
  forAll: fc.boolean(),
  said: usually(true, false),
});
export const ratify = fc.record({
  do: fc.constant('ratify' as const),
  which: recent,
  by: usually<'approver' | 'drafter'>('approver', 'drafter'),
  approved: usually(true, false),
  categories: withIdentity,
  days: fc.constantFrom(1, 20, 30),
  overRefusal: fc.boolean(),
});
export const seal = fc.record({
  do: fc.constant('seal' as const),
  referral: recent,
  member: usually(0, 1, 2),
  days: fc.option(fc.constantFrom(2, 30), { nil: undefined }),
});
export const danger = fc.record({
  do: fc.constant('danger' as const),
  referral: recent,
  member: fc.nat(2),
  from: fc.oneof({ weight: 2, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.constant('household' as const) }),
});
const unprotect = fc.record({ do: fc.constant('unprotect' as const), which: recent, alone: usually(false, true) });
const clear = fc.record({ do: fc.constant('clear' as const), referral: recent });
const jump = fc.record({ do: fc.constant('jump' as const), which: usually(0, 1, 2, 3), short: fc.boolean() });

const atConference = (steps: fc.Arbitrary<StepAtConference>) =>
  fc.record({
    do: fc.constant('conference' as const),
    step: steps,
    which: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: some }),
    referral: recent,
    who: some,
    withConsent: fc.constantFrom(false, false, true),
    category: fc.constantFrom<DataCategory>('concern', 'contact', 'narrative', 'income_debt'),
    yes: fc.boolean(),
  });
/** What is said and asked at the table comes up more often than how it is begun and ended. */
const step = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<StepAtConference>('propose', 'call', 'open') },
  { weight: 3, arbitrary: fc.constant<StepAtConference>('acknowledge') },
  { weight: 3, arbitrary: fc.constantFrom<StepAtConference>('add-item', 'request') },
  { weight: 4, arbitrary: fc.constantFrom<StepAtConference>('promote', 'agree-promotion') },
  { weight: 3, arbitrary: fc.constantFrom<StepAtConference>('record', 'review', 'review', 'erase', 'end') },
);
export const conference = atConference(step);

/** A conference that is under way: proposed, called, acknowledged, opened. */
export const underWay = fc
  .tuple(
    atConference(fc.constant('propose' as const)),
    fc.array(atConference(fc.constant('acknowledge' as const)), { minLength: 2, maxLength: 4 }),
    atConference(fc.constant('add-item' as const)),
    atConference(fc.constant('request' as const)),
  )
  .map(([propose, acknowledged, item, request]): readonly DeedOfLaw[] => {
    const first = { ...propose, referral: 0 };
    const acknowledge = acknowledged.map((one, who) => ({ ...one, which: 0, who }));
    return [
      first,
      { ...first, step: 'call' },
      ...acknowledge,
      { ...first, step: 'open' },
      // Mostly the sender of the referral brings something that it may be asked for.
      item.who % 3 === 0 ? { ...item, which: 0 } : { ...item, which: 0, who: 1, category: 'concern', yes: false },
      { ...item, which: 0, who: 1 },
      { ...request, which: 0 },
    ];
  });

/** Then something is asked for outside of it, and agreed to. */
export const carriedOut = fc
  .tuple(atConference(fc.constant('promote' as const)), usually(true, false))
  .map(([promote, yes]): readonly DeedOfLaw[] => [
    { ...promote, which: 0 },
    { ...promote, which: 0, step: 'agree-promotion', yes },
  ]);

/** And at last it comes to its end. */
export const comingToItsEnd = fc
  .tuple(
    atConference(fc.constant('record' as const)),
    fc.subarray<StepAtConference>(['erase', 'record', 'review', 'end']),
    fc.nat(2),
  )
  .map(([any, steps, who]): readonly DeedOfLaw[] => steps.map((one) => ({ ...any, which: 0, who, step: one })));

/** How often each comes up beside the others. */
export const deedsOfLaw = [
  { weight: 4, arbitrary: ground },
  { weight: 3, arbitrary: ratify },
  { weight: 3, arbitrary: seal },
  { weight: 2, arbitrary: danger },
  { weight: 2, arbitrary: unprotect },
  { weight: 2, arbitrary: clear },
  { weight: 9, arbitrary: conference },
  { weight: 4, arbitrary: jump },
] as const;
