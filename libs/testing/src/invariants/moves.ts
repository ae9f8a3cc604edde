// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import {
  carriedOut,
  comingToItsEnd,
  danger,
  deedsOfLaw,
  ground,
  namesOfLaw,
  ratify,
  seal,
  underWay,
  type DeedOfLaw,
} from './deeds-of-law';
import { ReferralAction, ReferralKind, type DataCategory, type Feedback, type Urgency } from '@tsunagi/domain';

/**
 * What somebody does next, in words that fit any world. Numbers choose among what is there at that moment, so that every
 * sequence can be played, and a part of it as well: whoever looks for the shortest one that fails may leave any out.
 */
export type Move = Deed & {
  /** Which of several instances of a hub is asked. */
  readonly at?: number;
};

/** Without what is recorded beside the words of persons. */
export type MoveOfLife = Exclude<Move, { readonly do: DeedOfLaw['do'] }>;
export const isOfLife = (move: Move): move is MoveOfLife => !(namesOfLaw as readonly string[]).includes(move.do);

type Deed =
  | DeedOfLaw
  | {
      readonly do: 'refer';
      readonly from: number;
      readonly to: number;
      readonly kind: ReferralKind;
      readonly person: number;
      readonly urgency: Urgency;
      /** From a record of the desk's system, which says whether there is a consent. */
      readonly bySystem: boolean;
      readonly asserted: boolean;
      readonly withHousehold: boolean;
      /** 本人持参: the person gets a sheet and takes it there; where the kind goes that way, and no system refers. */
      readonly carried: boolean;
      /** An inquiry that names the last conference, whoever was called to it. */
      readonly atConference?: boolean | undefined;
    }
  /** A record that made a referral comes with another content: newer, or older than what came last. */
  | { readonly do: 'record'; readonly which: number; readonly newer: boolean }
  /** One of the steps that are offered to somebody of a side. */
  | {
      readonly do: 'step';
      readonly referral: number;
      readonly who: number;
      readonly which: number;
      readonly told: boolean;
    }
  /** Any step by anybody, with or without what must be said. */
  | {
      readonly do: 'try';
      readonly referral: number;
      readonly who: number;
      readonly action: ReferralAction;
      readonly bare: boolean;
    }
  /** Two take a step at the version that both have seen. */
  | {
      readonly do: 'race';
      readonly referral: number;
      readonly one: number;
      readonly other: number;
      readonly which: number;
    }
  | {
      readonly do: 'consent';
      readonly referral: number;
      readonly categories: readonly DataCategory[];
      readonly feedback: Feedback;
      readonly days: number;
      /** It counts from so many days on. */
      readonly startsIn?: number | undefined;
      /** Given to the whole domain of the recipient, or to its desk alone. */
      readonly toDomain?: boolean | undefined;
      /** Its recipient's desk must not see it, or one of those who work there. */
      readonly excludes?: 'desk' | 'worker' | undefined;
      /** For something else than what the desks do. */
      readonly otherPurpose?: boolean | undefined;
      /** Somebody who goes along speaks for the person. */
      readonly byGuardian?: boolean | undefined;
    }
  | { readonly do: 'withdraw'; readonly which: number }
  | {
      readonly do: 'refuse';
      readonly referral: number;
      readonly desk: number;
      readonly categories?: readonly DataCategory[] | undefined;
    }
  /** Somebody types the code of a sheet, or one that nobody has. */
  | {
      readonly do: 'sheet';
      readonly which: number;
      readonly who: 'recipient' | 'sender' | 'stranger';
      readonly guessed: boolean;
    }
  /** Two are said to be one person, by one of those who may say so. */
  | { readonly do: 'merge'; readonly one: number; readonly other: number; readonly who: number }
  /** What has become one is put apart; where nothing has, a referral was never about this person. */
  | {
      readonly do: 'split';
      readonly which: number;
      readonly who: number;
      readonly wrongPerson: boolean;
      /** A referral that is named beside what the merge had brought. */
      readonly also: boolean;
    }
  | { readonly do: 'pass'; readonly minutes: number }
  /** The recipient's system takes what was sent to it, or fails to. */
  | { readonly do: 'take'; readonly which: number; readonly fails: boolean }
  /** What was sent and not confirmed, or given up, goes out once more. */
  | { readonly do: 'resend'; readonly which: number }
  | {
      readonly do: 'answer';
      readonly which: number;
      readonly code: string;
      readonly reason: string;
      readonly stranger: boolean;
    }
  /** A message or a call that came before comes once more, to the letter. */
  | { readonly do: 'again'; readonly which: number }
  | {
      readonly do: 'lead';
      readonly referral: number;
      readonly step: 'propose' | 'agree' | 'by_conference';
      readonly who: number;
      readonly to: number;
      readonly informed: boolean;
    };

const some = fc.nat(60);
/** What a sequence speaks of mostly: the last things that happened. */
const recent = fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: some });
const usually = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) });
const categories: readonly DataCategory[] = [
  'identity',
  'contact',
  'household',
  'concern',
  'care_level',
  'narrative',
  'education',
  'income_debt',
];
const withIdentity = fc
  .tuple(usually(true, false), fc.subarray([...categories].slice(1)))
  .map(([named, rest]): DataCategory[] => (named || rest.length === 0 ? ['identity', ...rest] : rest));

const hour = 60;
const day = 24 * hour;

const refer = fc.record({
  do: fc.constant('refer' as const),
  from: some,
  to: some,
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constant('referral' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...ReferralKind.options) },
  ),
  person: fc.nat(1),
  urgency: usually<Urgency>('normal', 'urgent', 'same_day'),
  bySystem: fc.boolean(),
  asserted: usually(true, false),
  withHousehold: usually(false, true),
  carried: usually(false, true, true),
  atConference: fc.boolean(),
});
const consent = fc.record({
  do: fc.constant('consent' as const),
  referral: recent,
  categories: withIdentity,
  feedback: fc.constantFrom<Feedback>('state', 'state+note', 'none'),
  days: fc.constantFrom(400, 400, 20, 2),
  startsIn: usually(0, 1),
  toDomain: usually(false, true),
  excludes: usually<'desk' | 'worker' | undefined>(undefined, 'desk', 'worker', 'worker'),
  otherPurpose: usually(false, false, true),
  byGuardian: usually(false, true),
});

const merge = fc.record({ do: fc.constant('merge' as const), one: recent, other: recent, who: some });
const split = fc.record({
  do: fc.constant('split' as const),
  which: recent,
  who: some,
  wrongPerson: fc.boolean(),
  also: usually(false, true),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: refer },
  {
    weight: 18,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      referral: recent,
      who: some,
      which: some,
      told: usually(true, false),
    }),
  },
  { weight: 4, arbitrary: consent },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('take' as const), which: recent, fails: usually(false, true) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      which: recent,
      code: fc.constantFrom('10', '20', '30', '35', '40', '45', '50', '50'),
      reason: fc.constantFrom('101', '103', '104', '201', '901'),
      stranger: usually(false, true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      minutes: fc.constantFrom(1, 70, day, 3 * day, 8 * day, 15 * day, 40 * day),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('sheet' as const),
      which: recent,
      who: usually<'recipient' | 'sender' | 'stranger'>('recipient', 'sender', 'stranger'),
      guessed: usually(false, true),
    }),
  },
  { weight: 2, arbitrary: merge },
  { weight: 2, arbitrary: split },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('again' as const), which: some }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('record' as const), which: recent, newer: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('resend' as const), which: recent }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which: recent }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('refuse' as const),
      referral: recent,
      desk: some,
      categories: fc.option(fc.subarray([...categories], { minLength: 1 }), { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('race' as const), referral: recent, one: some, other: some, which: some }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('lead' as const),
      referral: recent,
      step: fc.constantFrom('propose' as const, 'agree' as const, 'by_conference' as const),
      who: some,
      to: some,
      informed: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('try' as const),
      referral: recent,
      who: some,
      action: fc.constantFrom(...ReferralAction.options),
      bare: usually(false, true),
    }),
  },
  ...deedsOfLaw,
);

const move = fc.tuple(deed, fc.nat(1)).map(([what, at]): Move => ({ ...what, at }));

const brought: Move = { do: 'sheet', which: 0, who: 'recipient', guessed: false };
const take = fc.record({ do: fc.constant('take' as const), which: fc.constant(0), fails: fc.constant(false) });

/** How a sequence may begin, where chance alone would bring it too seldom. */
export const openingsOfLife = ['plain', 'sheet', 'two_for_one'] as const;
export const openings = [...openingsOfLife, 'without_consent', 'protected', 'at_conference'] as const;
export type Opening = (typeof openings)[number];
const opened = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Opening>('plain') },
  ...openings.slice(1).map((opening) => ({ weight: 1, arbitrary: fc.constant<Opening>(opening) })),
);

/**
 * Somebody refers somebody, mostly with a consent; what goes to a system or on a sheet arrives there; then anything.
 *
 * @param opening absent = any of them
 */
export const sequences = (maxLength: number, opening?: Opening): fc.Arbitrary<readonly Move[]> =>
  fc
    .tuple(
      opening === undefined ? opened : fc.constant(opening),
      refer,
      fc.tuple(consent, usually(true, false)),
      fc.option(take, { freq: 3 }),
      fc.array(move, { minLength: Math.floor(maxLength / 3), maxLength, size: 'max' }),
      fc.record({
        merge,
        split,
        after: fc.nat(maxLength),
        ground,
        ratify,
        seal,
        danger,
        underWay,
        carriedOut,
        comingToItsEnd,
        named: refer,
      }),
    )
    .map(([how, any, [said, isSaid], taken, rest, one]): readonly Move[] => {
      const first: Move & { readonly do: 'refer' } = how === 'plain' ? any : { ...any, ...begun(how, any) };
      const consents = (how === 'two_for_one' ? [0, 1] : isSaid ? [0] : []).map((referral) => ({ ...said, referral }));
      const arriving = first.carried ? [brought] : taken ? [taken] : [];
      switch (how) {
        case 'plain':
        case 'sheet':
          return [first, ...consents, ...arriving, ...rest];
        case 'two_for_one': {
          // The same desk refers somebody else to the same place, and holds the two for one, for a while.
          const other = { ...first, person: 1 - first.person };
          const [before, after] = [rest.slice(0, one.after), rest.slice(one.after)];
          return [first, other, ...consents, ...arriving, one.merge, ...before, one.split, ...after];
        }
        case 'without_consent':
          return [first, { ...one.ground, referral: 0 }, ...arriving, { ...one.ratify, which: 0 }, ...rest];
        case 'protected': {
          // Sealed or endangered before or after it has left.
          const known = [
            { ...one.seal, referral: 0 },
            { ...one.danger, referral: 0 },
          ];
          const [before, after] = [known.slice(0, one.after % 3), known.slice(one.after % 3)];
          return [first, ...before, ...consents, ...arriving, ...after, ...rest];
        }
        case 'at_conference': {
          // Somebody names it too early, or to whom nobody has called.
          const named = {
            ...one.named,
            kind: 'inquiry',
            person: first.person,
            atConference: true,
            carried: false,
          } as const;
          const at = one.after % (one.underWay.length + 1);
          const steps = [...one.underWay.slice(0, at), named, ...one.underWay.slice(at)];
          return [first, ...consents, ...steps, ...one.carriedOut, ...rest, ...one.comingToItsEnd];
        }
        default:
          return how satisfies never;
      }
    });

/** Of the referral with which it begins. */
function begun(how: Opening, any: { readonly kind: ReferralKind; readonly withHousehold: boolean }) {
  const kind = how === 'without_consent' && any.kind !== 'advice' ? any.kind : ('referral' as const);
  return { kind, carried: how === 'sheet', withHousehold: any.withHousehold || how === 'protected' };
}
