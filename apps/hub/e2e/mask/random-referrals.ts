// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, Concern, dataCategories, japaneseDay, type DataCategory, type MemberItems } from '@tsunagi/domain';
import fc from 'fast-check';

/** Which of the two departments refers, and so in which way the other one's system is told. */
export type Direction = 'kaigo to konkyu' | 'konkyu to kaigo';

export type Toward = 'domain' | 'function' | 'type' | 'elsewhere';

/** What somebody in the referral (0 = the subject) has said, so many hours ago. */
export type Word =
  | {
      readonly word: 'consent';
      readonly of: number;
      readonly hoursAgo: number;
      readonly categories: readonly DataCategory[];
      readonly toward: Toward;
      readonly purpose: 'consultation' | 'coordination';
      readonly when: 'now' | 'over' | 'not yet';
      readonly excludesRecipient: boolean;
      readonly names: 'nobody' | 'theirs' | 'another';
      readonly feedback: 'none' | 'state' | 'state+note';
    }
  | {
      readonly word: 'refusal';
      readonly of: number;
      readonly hoursAgo: number;
      /** Absent = all. */
      readonly categories?: readonly DataCategory[] | undefined;
      /** Absent = everybody. */
      readonly toward?: Toward | undefined;
    };
export type ConsentWord = Extract<Word, { word: 'consent' }>;
export type RefusalWord = Extract<Word, { word: 'refusal' }>;

export interface RandomReferral {
  readonly direction: Direction;
  /** The subject first. Where a text has one of ◆◇♯♭, a word of its own goes in. */
  readonly members: readonly MemberItems[];
  readonly numbered: boolean;
  readonly words: readonly Word[];
  /** Who must not be found. */
  readonly protects: readonly number[];
  /** Somebody at the desk has read what is written of them, and found no place in it. */
  readonly isRead: boolean;
  /** The desk has said that what is written is true still. */
  readonly confirms: boolean;
  readonly dangers: readonly DangerTo[];
  readonly grounds: readonly GroundFor[];
  readonly later: Later;
}

/** An authority without consent, recorded by the sender for this referral. */
export interface GroundFor {
  readonly code: 'law' | 'benefit_of_person' | 'emergency';
  readonly persons: readonly number[];
  readonly categories: readonly DataCategory[];
  /** More than 72 hours before it is sent; otherwise just before. */
  readonly isEarly: boolean;
  /** Everything that its row asks for. */
  readonly saidAll: boolean;
  /** Where it is for an approver. */
  readonly decided: 'not yet' | 'refused' | { readonly approved: readonly DataCategory[]; readonly isOver: boolean };
  readonly overRefusal: boolean;
}

/** Of whom another in it, or the household, is a danger. */
export interface DangerTo {
  readonly to: number;
  readonly from: number | 'household';
}

/**
 * What happens when it has arrived: the sender adds a note, the subject takes the first consent back, refuses something, or the sender writes anew
 * what is in some categories.
 */
export type Later = 'nothing' | 'notes' | 'withdraws' | RefusalWord | { readonly corrects: MemberItems };

const some = <const T>(...each: readonly T[]) => fc.constantFrom(...each);
const dayFromNow = (days: number) => addDays(japaneseDay(new Date()), days);
/** Nobody under age: who speaks for a child is another matter. */
const birthDate = fc.integer({ min: 1905, max: 2000 }).map((year) => `${year}-07-31`);
const note = some('◆。', '◆が◆と言う。', `${'長'.repeat(120)}◆。`);

/** Any of these fields, also none. */
const anyOf = <T extends object>(fields: { [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> }) =>
  fc.record(fields, { requiredKeys: [] });

const items = fc.record(
  {
    identity: anyOf<NonNullable<MemberItems['identity']>>({
      // As it should be; wider than a file's field; wider than any; with a character that CP932 has none for.
      name: some('見本　◆', '見本　◆', '髙﨑　◆', 'Mihon ◆', `見本${'長'.repeat(15)}◆`, `${'見'.repeat(60)}◆`, '𠮷◆'),
      kana: some('ミホン　◇', 'ミホン　◇', 'みほん ◇', `${'ガ'.repeat(12)}◇`, 'ウメヱ◇', `${'ミ'.repeat(60)}◇`),
      otherNames: some([{ name: '旧姓　◆' }], [{ name: '◆', validFrom: '1960-04-01' }, { name: '◆' }]),
      birthDate,
      birthDateText: some('昭和十年頃◆'),
      sex: some('male', 'female', 'other', 'unknown'),
    }),
    contact: anyOf<NonNullable<MemberItems['contact']>>({
      postalCode: some('999-0001'),
      address: some('見本県◆１番１号', '見本県見本市◆ 1-2 ｱﾊﾟｰﾄ', `見本県${'町'.repeat(36)}◆`, '見本県𠮷◆'),
      residence: some('◆荘', `${'荘'.repeat(41)}◆`),
      telephone: some('0♯', '0♯', '代表 0♯ 内線1'),
      mobile: some('0♯'),
      mail: some('♭@example.invalid'),
    }),
    contact_wishes: anyOf<NonNullable<MemberItems['contact_wishes']>>({
      safe: some(true as const),
      number: some('0♯'),
      when: some('平日◆'),
      leaveMessage: fc.boolean(),
      mustNotKnow: some('◆'),
      letters: fc.boolean(),
      language: some('◆語'),
      interpreter: some('writing', 'spoken'),
    }),
    household_outline: anyOf<NonNullable<MemberItems['household_outline']>>({
      size: fc.integer({ min: 1, max: 99 }),
      relations: some(['長男◆'], ['母', '◆']),
      affected: some('◆'),
    }),
    concern: fc.record(
      { boxes: fc.subarray(Concern.options), mostPressing: fc.subarray(Concern.options) },
      { requiredKeys: ['boxes'] },
    ),
    wishes: anyOf<NonNullable<MemberItems['wishes']>>({ wishes: note, strengths: note, avoid: note }),
    care_level: anyOf<NonNullable<MemberItems['care_level']>>({
      level: some('22', '25'),
      application: some('1'),
      validFrom: some('2026-04-01'),
      validTo: some('2027-03-31'),
      physicalIndependence: some('4'),
      dementiaIndependence: some('3'),
    }),
    disability: anyOf<NonNullable<MemberItems['disability']>>({
      kinds: some(['◆'], ['身体', '◆']),
      physicalGrade: some('2'),
      intellectualGrade: some('B1'),
      mentalGrade: some('2'),
      supportLevel: some('3'),
      validFrom: some('2026-04-01'),
      validTo: some('2027-03-31'),
    }),
    health: anyOf<NonNullable<MemberItems['health']>>({ illness: note, pregnancyDue: some('2027-01-31') }),
    income_debt: anyOf<NonNullable<MemberItems['income_debt']>>({ income: note, arrears: note, debts: note }),
    public_assistance: anyOf<NonNullable<MemberItems['public_assistance']>>({ receiving: fc.boolean(), note }),
    employment: anyOf<NonNullable<MemberItems['employment']>>({ status: some('◆'), note }),
    housing: anyOf<NonNullable<MemberItems['housing']>>({ status: some('◆'), note }),
    education: anyOf<NonNullable<MemberItems['education']>>({ school: some('◆学校'), note }),
    child_rearing: anyOf<NonNullable<MemberItems['child_rearing']>>({ note }),
    service_use: anyOf<NonNullable<MemberItems['service_use']>>({
      planKind: some('1'),
      office: some('◆園'),
      services: some(['訪問介護', '◆']),
      note,
    }),
    abuse: anyOf<NonNullable<MemberItems['abuse']>>({ note }),
    criminal: anyOf<NonNullable<MemberItems['criminal']>>({ note }),
    narrative: anyOf<NonNullable<MemberItems['narrative']>>({
      fact: some('◆。', '一行目\n◆。', `${'長'.repeat(100)}◆`, `${'長'.repeat(1980)}◆`),
      words: some('◆。', `◆${'長'.repeat(80)}`, '◆。〔◆〕'),
      view: some('◆。', '◆-1 ﾒﾓ'),
      // From a record of long ago nothing leaves until its sender has confirmed it.
      writtenOn: some(dayFromNow(0), dayFromNow(-3), dayFromNow(-40)),
    }),
    origin: anyOf<NonNullable<MemberItems['origin']>>({ note }),
  },
  { requiredKeys: [] },
);

const chance = fc.integer({ min: 0, max: 9 });
/** A desk knows a name of whom it refers, or how it is read. */
const subject = fc.tuple(items, chance).map(([made, of10]): MemberItems => {
  const { identity, ...others } = made as MemberItems;
  return { ...others, identity: { ...(of10 < 2 ? { kana: 'ミホン　◇' } : { name: '見本　◆' }), ...identity } };
});
/** Another whose name is not known goes nowhere. */
const other = fc.tuple(items, chance).map(([made, of10]): MemberItems => {
  const { identity, ...others } = made as MemberItems;
  return of10 === 0 ? others : { ...others, identity: { name: '見本　◆', ...identity } };
});

const categories = fc
  .tuple(fc.subarray([...dataCategories], { minLength: 1 }), chance)
  .map(([chosen, of10]) => (of10 === 0 ? chosen : [...new Set<DataCategory>(['identity', ...chosen])]));
/** The usual one, and one time in eight another. */
const often = <const T>(usual: T, ...rare: readonly T[]) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...rare) });

const consentOf = (of: number) =>
  fc.record({
    word: fc.constant('consent' as const),
    of: fc.constant(of),
    categories,
    toward: fc.oneof(
      { weight: 7, arbitrary: some<Toward>('domain', 'function', 'type') },
      { weight: 1, arbitrary: some<Toward>('elsewhere') },
    ),
    purpose: often<ConsentWord['purpose']>('consultation', 'coordination'),
    when: often<ConsentWord['when']>('now', 'over', 'not yet'),
    excludesRecipient: often(false, true),
    names: often<ConsentWord['names']>('nobody', 'theirs', 'another'),
    feedback: some<ConsentWord['feedback']>('none', 'state', 'state+note'),
  });
/** Of the name alone nobody refuses: it all stays then, and there is nothing to see. */
const refusalOf = (of: number) =>
  fc.record({
    word: fc.constant('refusal' as const),
    of: fc.constant(of),
    categories: fc.option(fc.subarray([...dataCategories].slice(1), { minLength: 1 }), { nil: undefined, freq: 6 }),
    toward: fc.option(some<Toward>('domain', 'function', 'type', 'elsewhere'), { nil: undefined }),
  });
const wordsOf = (of: number, atLeast: number) =>
  fc.tuple(
    fc.array(consentOf(of), { minLength: atLeast, maxLength: 3 }),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(refusalOf(of), { maxLength: 2 }) },
    ),
  );

const danger: fc.Arbitrary<DangerTo> = fc.record({
  to: fc.nat(2),
  from: fc.constantFrom<DangerTo['from'][]>(0, 1, 2, 'household'),
});
/** One time in four. */
const rarely = <T>(each: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: each });

const ground: fc.Arbitrary<GroundFor> = fc
  .record({
    code: fc.constantFrom<GroundFor['code']>('law', 'benefit_of_person', 'emergency'),
    persons: fc.subarray([0, 1, 2], { minLength: 1 }),
    categories,
    isEarly: fc.boolean(),
    saidAll: often(true, false),
    decided: fc.oneof(
      fc.constantFrom<GroundFor['decided']>('not yet', 'refused'),
      fc.record({ approved: categories, isOver: often(false, true) }),
      fc.record({ approved: categories, isOver: often(false, true) }),
    ),
    overRefusal: fc.boolean(),
  })
  .map((made): GroundFor => {
    // The law itself asks nobody, and an emergency for nothing but its reason.
    if (made.code === 'law') return { ...made, decided: 'not yet', overRefusal: false };
    const saidAll = made.saidAll || made.code === 'emergency';
    const { decided } = made;
    if (typeof decided !== 'object') return { ...made, saidAll };
    // No more is approved than was recorded, and what is approved on one day is over on another.
    const approved = made.categories.filter((c, n) => n === 0 || decided.approved.includes(c));
    return { ...made, saidAll, decided: { approved, isOver: decided.isOver && made.isEarly } };
  });

export const randomReferral: fc.Arbitrary<Omit<RandomReferral, 'direction'>> = fc
  .record({
    subject,
    others: fc.array(other, { maxLength: 2 }),
    numbered: fc.boolean(),
    subjects: fc.oneof({ weight: 5, arbitrary: wordsOf(0, 1) }, { weight: 1, arbitrary: wordsOf(0, 0) }),
    firsts: wordsOf(1, 1),
    seconds: wordsOf(2, 0),
    // Of two words none is as old as the other.
    hours: fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 15, maxLength: 15 }),
    protects: rarely(fc.subarray([0, 1, 2])),
    isRead: often(true, false),
    confirms: often(false, true),
    dangers: rarely(fc.tuple(danger)),
    grounds: rarely(fc.array(ground, { minLength: 1, maxLength: 2 })),
    later: fc.oneof(
      fc.constantFrom<Later>('nothing', 'notes', 'withdraws'),
      refusalOf(0).map((refusal): Later => ({ ...refusal, hoursAgo: 0 })),
      items.map((corrects): Later => ({ corrects: corrects })),
    ),
  })
  .map(
    ({ subject: first, others, numbered, subjects, firsts, seconds, hours, protects, dangers, grounds, ...plain }) => {
      const said = [subjects, firsts, seconds].slice(0, others.length + 1).flat(2);
      return {
        members: [first, ...others],
        numbered,
        words: said.map((one, n): Word => ({ ...one, hoursAgo: hours[n]! })),
        protects: protects.filter((m) => m <= others.length),
        dangers: dangers.filter(
          ({ to, from }) => to !== from && to <= others.length && (from === 'household' || from <= others.length),
        ),
        grounds: grounds
          .map((each) => ({ ...each, persons: each.persons.filter((m) => m <= others.length) }))
          .filter(({ persons }) => persons.length > 0),
        ...plain,
      };
    },
  );
