// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { lastMomentOfRow, type AuthorityCode, type AuthorityRow, type GroundFact } from './authority-row';
import type { HoldReason } from './decision';
import { lastMomentOfDay } from '../calendar/business-calendar';
import type { DataCategory } from '../member/data-category';

/** The approver's word on it. */
export interface GroundDecision {
  readonly at: string;
  readonly by: string;
  readonly outcome: 'approved' | 'refused';
  /** The items that it may go on with. */
  readonly categories: readonly DataCategory[];
  /** Said in so many words that the person's refusal is overridden, and why. */
  readonly overRefusal: boolean;
}

/**
 * An authority without consent, recorded by the sender for one referral. It lets out what it lists for the persons it
 * names, as long as its row is in force and the refusals and approvals that the row speaks of allow it.
 */
export interface Ground {
  readonly id: string;
  readonly version: number;
  readonly referral: string;
  /** The row of the law that it rests on. */
  readonly row: string;
  readonly code: AuthorityCode;
  /** The sending function. */
  readonly function: string;
  /** For which recipient: should the referral go elsewhere, it says nothing of that. */
  readonly recipient?: string | undefined;
  /** Who drafted it, and so may not approve it. */
  readonly by: string;
  readonly persons: readonly string[];
  readonly categories: readonly DataCategory[];
  /** Which facts were given; their words are sealed. */
  readonly said: readonly GroundFact[];
  readonly recordedAt: string;
  readonly decided?: GroundDecision | undefined;
  /** The last day, set by the approver: there whenever it was approved. */
  readonly until?: string | undefined;
}

/** Items that a ground lets out, and the last moment at which it does. */
export interface GroundPart {
  readonly categories: readonly DataCategory[];
  readonly until: number;
}

export type GroundStanding =
  | { readonly counts: true; readonly parts: readonly GroundPart[] }
  | { readonly counts: false; readonly because: HoldReason };

/**
 * Does it count now, with which items, how long? What was approved goes on until the day that the approver has set; what
 * needs no approval beforehand counts from its recording, for as many hours as the row says (DOMAIN §6 `emergency`).
 * `refused`: the person has refused something of it toward this recipient.
 */
export function groundStanding(ground: Ground, row: AuthorityRow, refused: boolean, now: Date): GroundStanding {
  const at = now.getTime();
  const { decided } = ground;
  if (decided?.outcome === 'refused') return not('GROUND_REFUSED');
  const approved = decided && Date.parse(decided.at) <= at ? decided : undefined;
  if (row.approval === 'before' && !approved) return not('GROUND_UNAPPROVED');
  if (refused && !standsOverRefusal(row, approved))
    return not(row.overRefusal === 'never' ? 'CONSENT_REFUSED' : 'GROUND_REFUSAL_WORDS');
  const rowUntil = lastMomentOfRow(row, now);
  if (rowUntil === undefined) return not('GROUND_EXPIRED');
  const unapprovedUntil = lastUnapproved(ground, row, at);
  const approvedUntil = Math.max(approved ? lastApproved(ground) : -Infinity, unapprovedUntil);
  const isApproved = (c: DataCategory) => approved?.categories.includes(c) === true;
  const parts = [
    { categories: ground.categories.filter(isApproved), until: approvedUntil },
    { categories: ground.categories.filter((c) => !isApproved(c)), until: unapprovedUntil },
  ].filter((part) => part.categories.length > 0 && at <= part.until);
  if (parts.length === 0) return not('GROUND_EXPIRED');
  return { counts: true, parts: parts.map((part) => ({ ...part, until: Math.min(part.until, rowUntil) })) };
}

const not = (because: HoldReason): GroundStanding => ({ counts: false, because });

/** 69条2項: over a refusal only with the approver's words; law, conference and emergency stand. */
function standsOverRefusal({ overRefusal }: AuthorityRow, approved: GroundDecision | undefined): boolean {
  return overRefusal === 'stands' || (overRefusal === 'with_words' && approved?.overRefusal === true);
}

/** The last moment at which it counts without anybody's approval; a moment before its recording it never did. */
function lastUnapproved({ recordedAt }: Ground, { approval, hours }: AuthorityRow, at: number): number {
  const recorded = Date.parse(recordedAt);
  if (approval === 'before' || at < recorded) return -Infinity;
  return hours === undefined ? Infinity : recorded + hours * hourMs - 1;
}

const lastApproved = ({ until }: Ground): number => (until === undefined ? -Infinity : lastMomentOfDay(until));

const hourMs = 3_600_000;
