// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { conferenceCodes, lastMomentOfRow, type AuthorityRow } from './authority-row';
import type { Basis } from './basis';
import type { DenyReason, DisclosureDecision, Permit } from './decision';
import type { DecisionInput, Question } from './question';
import { widest } from './feedback';
import { leavingUnasked, permitOf, textReasons } from './what-leaves';
import type { Feedback } from '../codes/vocabulary';
import type { DataCategory } from '../member/data-category';

/** Between whom, for what, when. */
export type Sides = Pick<DecisionInput, 'now' | 'kind' | 'purpose' | 'sender' | 'recipient'>;

/** Does the row speak of this kind and purpose? */
const isOfMatter = (row: AuthorityRow, { kind, purpose }: Sides): boolean =>
  row.purposes.includes(purpose) && row.kinds.includes(kind);

/** Is it a moment at which it counts? */
const isNow = (row: AuthorityRow, { now }: Sides): boolean => lastMomentOfRow(row, now) !== undefined;

const namesFunction = (row: AuthorityRow, { recipient }: Sides): boolean =>
  row.recipientTypes?.includes(recipient.functionType) !== false;

/** Does it speak of two such bodies? */
const isBetween = (row: AuthorityRow, { sender, recipient }: Sides): boolean =>
  row.senders.includes(sender.bodyKind) && row.recipients.includes(recipient.bodyKind);

/** May it be relied on for this kind and purpose, between these two? */
export const isFor = (row: AuthorityRow, sides: Sides): boolean =>
  isOfMatter(row, sides) && namesFunction(row, sides) && isBetween(row, sides);

/**
 * 利用目的の範囲内 (個人情報保護法61条・69条1項): the rows for a purpose that both functions hold, together. Without the name
 * they let nobody out.
 */
export function purposeRows(q: Sides & Pick<DecisionInput, 'authorities'>): readonly AuthorityRow[] {
  if (![q.sender, q.recipient].every((side) => side.purposes.includes(q.purpose))) return [];
  const rows = q.authorities.filter((r) => r.code === 'within_purpose' && isFor(r, q) && isNow(r, q));
  return rows.some((r) => r.categories.includes('identity')) ? rows : [];
}

/** At least the state goes back on it. */
export const purposeFeedback = (rows: readonly AuthorityRow[]) => widest('state', ...rows.map(feedbackOfRow));

/** A conference and an emergency let 到着 be told and nothing more (DOMAIN §6 Feedback), and so may any other row. */
export const tellsArrivalOnly = ({ code, feedback }: AuthorityRow): boolean =>
  feedback === 'arrival' || code === 'emergency' || conferenceCodes.has(code);

/** 到着 is told apart from any feedback. */
export const feedbackOfRow = (row: AuthorityRow): Feedback =>
  row.feedback === 'arrival' || tellsArrivalOnly(row) ? 'none' : row.feedback;

/** The subject only, with what is listed for the purpose; 連絡上の注意 exactly when the contact is. */
export function onPurpose(q: Question): Basis | undefined {
  const rows = purposeRows(q);
  const listed = new Set(rows.flatMap((r) => r.categories));
  if (listed.has('contact')) listed.add('contact_wishes');
  else listed.delete('contact_wishes');
  const categories = leavingUnasked(q.subject, listed);
  if (!categories.includes('identity')) return undefined;
  return {
    authority: 'within_purpose',
    subject: permitOf(q.subject, categories),
    others: [],
    feedback: purposeFeedback(rows),
    until: lastMomentOfRows(rows, q.now),
    rows,
    lacks: [],
    behind: [],
  };
}

/**
 * 通報・通告: everybody in it, without a word of theirs, with what the rows of the named law list. Only toward the function
 * that the law names.
 */
export function permitByStatute(q: Question): DisclosureDecision {
  const { authorities, statute, subject, others } = q;
  const named = authorities.filter((r) => r.code === statute && isOfMatter(r, q) && isNow(r, q));
  const there = named.filter((r) => namesFunction(r, q));
  const rows = there.filter((r) => isBetween(r, q));
  if (rows.length === 0) return { outcome: 'deny', reasons: [whyNoStatute(named, there)] };
  const listed = new Set<DataCategory>(rows.flatMap((r) => r.categories));
  const members = [subject, ...others];
  return {
    outcome: 'permit',
    authority: rows[0]!.code,
    members: members.map((m) => permitOf(m, leavingUnasked(m, listed))),
    feedback: 'none',
    ...until(lastMomentOfRows(rows, q.now)),
    ...restingOn(rows),
    reasons: textReasons(members),
  };
}

function whyNoStatute(named: readonly AuthorityRow[], there: readonly AuthorityRow[]): DenyReason {
  if (named.length === 0) return 'STATUTE_NOT_IN_FORCE';
  return there.length === 0 ? 'STATUTE_OTHER_FUNCTION' : 'BODY_KIND_NOT_OF_AUTHORITY';
}

const lastMomentOfRows = (rows: readonly AuthorityRow[], now: Date): number =>
  Math.min(...rows.map((r) => lastMomentOfRow(r, now) ?? -Infinity));

/** The end of a permit; what has none goes on. */
export const until = (ms: number): Pick<Permit, 'notAfter'> =>
  ms === Infinity ? {} : { notAfter: inJapaneseTime(ms) };

const inJapaneseTime = (ms: number) => new Date(ms + 9 * 3_600_000).toISOString().replace('Z', '+09:00');

/** The rows as they were, and what they ask of the recipient. */
export function restingOn(rows: readonly AuthorityRow[]): Pick<Permit, 'rows' | 'conditions'> {
  if (rows.length === 0) return {};
  const each = [...new Map(rows.map((r) => [r.id, r])).values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  const conditions = [...new Set(each.flatMap((r) => r.conditions))];
  return {
    rows: each.map(({ id, version }) => ({ id, version })),
    ...(conditions.length > 0 && { conditions }),
  };
}
