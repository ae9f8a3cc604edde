// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuthorityRow } from './authority-row';
import type { Ground } from './ground';
import type { Party } from './party';
import type { Statute } from '../codes/statute';
import type { Purpose, ReferralKind } from '../codes/vocabulary';
import type { Sitting } from '../conference/sitting';
import type { Consent, Refusal } from '../consent/consent.schema';
import type { DataCategory } from '../member/data-category';
import type { Protection } from '../people/danger';

/** One member as the decision sees it: who, and which categories carry something. */
export interface MemberInQuestion {
  readonly ref: string;
  /** The hub's person; absent when nobody is known by the member's identifiers, so no consent can be theirs. */
  readonly person?: string | undefined;
  readonly present: readonly DataCategory[];
  /** Tax data (地方税法22条): they leave on a consent and on nothing else. */
  readonly consentOnly?: readonly DataCategory[] | undefined;
  /** Nobody of the sending function has looked yet whether the texts give a protected person's whereabouts away. */
  readonly textUnchecked?: true | undefined;
  /** A text of these speaks of a 在留資格, and no supervisor of the sending function has cleared this version of it. */
  readonly uncleared?: readonly DataCategory[] | undefined;
  /** The sender says that these 連絡上の注意 are safe to follow. */
  readonly safeWishes?: true | undefined;
}

/** Seals and dangers are those of the persons in question; absent = there are none. */
export interface DecisionInput extends Protection {
  readonly now: Date;
  readonly kind: ReferralKind;
  readonly purpose: Purpose;
  readonly sender: Party;
  readonly recipient: Party;
  readonly subject: MemberInQuestion;
  readonly others: readonly MemberInQuestion[];
  readonly consents: readonly Consent[];
  readonly refusals: readonly Refusal[];
  /** The rows of the law that are in force now. */
  readonly authorities: readonly AuthorityRow[];
  /** The law that a 通報・通告 names. */
  readonly statute?: Statute | undefined;
  /** The referral itself, by which its grounds are found. */
  readonly referral?: string | undefined;
  /** What was recorded for these persons without their consent. */
  readonly grounds?: readonly Ground[] | undefined;
  /** The sitting that an inquiry rests on. */
  readonly conference?: string | undefined;
  /** The sittings in which these persons are discussed. */
  readonly sittings?: readonly Sitting[] | undefined;
  /** A sheet is made for the person to carry, so it is provided to the person and to nobody else. */
  readonly carried?: boolean | undefined;
  /** What is on the sheet that the person has, as far as it says the same now. Absent = there is none. */
  readonly onSheet?: readonly DataCategory[] | undefined;
}

/** One of those who are in it, and whether what gives the whereabouts away stays out. */
export interface MemberInIt extends MemberInQuestion {
  readonly sealed?: true | undefined;
}

/** The same question about those who are in it. */
export interface Question extends DecisionInput {
  readonly subject: MemberInIt;
  readonly others: readonly MemberInIt[];
}
