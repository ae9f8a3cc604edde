// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { lastMomentOfDay } from '../calendar/business-calendar';
import { Statute } from '../codes/statute';
import type { BodyKind, Feedback, Purpose, ReferralKind } from '../codes/vocabulary';
import type { DataCategory } from '../member/data-category';
import { isInForce } from '../organization/period';

/**
 * 根拠: what permits a disclosure (DOMAIN §6). The order is that of the answer: of several that add something to a
 * permit the first gives it its name. `to_person`: the person carries it (69条2項1号); `person_free`: nobody is in it.
 */
export const AuthorityCode = z.enum([
  'consent',
  'within_purpose',
  'to_person',
  'person_free',
  'law',
  'internal_reasonable',
  'public_body_reasonable',
  'benefit_of_person',
  'private_necessity',
  'shien_kaigi',
  'shien_kaigi_konkyu',
  'chosei_kaigi',
  'yotaikyo',
  ...Statute.options,
  'disaster',
  'emergency',
  'chiiki_care_kaigi',
  'shogai_kyogikai',
  'konnan_josei',
  'young_carer',
  /** No authority of the law: lines of the ledger about what a function has read or printed of its own. */
  'own_desk',
]);
export type AuthorityCode = z.infer<typeof AuthorityCode>;

/** What somebody must have said before a basis without consent counts; each row of the law lists its own. */
export const GroundFact = z.enum([
  'law',
  'article',
  'reason',
  'why_no_consent',
  'harms_nobody',
  /** 児童虐待防止法13条の4: who asked, on which day. */
  'request',
  /** A disaster has been declared. */
  'window',
]);
export type GroundFact = z.infer<typeof GroundFact>;

/** What a desk may record for one referral instead of a consent. */
export const groundCodes = [
  'law',
  'internal_reasonable',
  'public_body_reasonable',
  'benefit_of_person',
  'private_necessity',
  'disaster',
  'emergency',
] as const satisfies readonly AuthorityCode[];

/** R11: an emergency does not wait for it, and neither does a sitting; the person is told when that is safe. */
export const isToldWhenSafe = (code: AuthorityCode): boolean => code === 'emergency' || conferenceCodes.has(code);

/** What lets the members of a sitting share (DOMAIN §7); the last four are switched off until a municipality checks them. */
export const conferenceCodes: ReadonlySet<AuthorityCode> = new Set([
  'shien_kaigi',
  'shien_kaigi_konkyu',
  'chosei_kaigi',
  'yotaikyo',
  'chiiki_care_kaigi',
  'shogai_kyogikai',
  'konnan_josei',
  'young_carer',
] as const);

/** Whether what is recorded without consent waits for somebody's word: never, before it counts, or to go on counting. */
export const Approval = z.enum(['none', 'before', 'after']);
export type Approval = z.infer<typeof Approval>;

/** A refusal of the person: it changes nothing, it asks for the approver's words, or it ends the matter. */
export const OverRefusal = z.enum(['stands', 'with_words', 'never']);
export type OverRefusal = z.infer<typeof OverRefusal>;

/** By which ways it may travel. `hub_only`: no plugin's system ever hears of it. */
export const AuthorityWay = z.enum(['any', 'hub_only']);
export type AuthorityWay = z.infer<typeof AuthorityWay>;

/** The post that decides, by the municipality's 専決規程; absent `function` = the one of the sending function. */
export interface ApproverPost {
  readonly role: 'approver' | 'supervisor';
  readonly function?: string | undefined;
}

/** A declared disaster: from the first moment up to, but without, the second. */
export interface AuthorityWindow {
  readonly from: string;
  readonly until: string;
}

/**
 * One basis of the law as dated data: who may disclose what to whom on it, what must be said, who decides, how long it
 * counts. Several rows may carry one code. A row that is off, not in force or, in production, not checked permits nothing.
 */
export interface AuthorityRow {
  readonly id: string;
  /** Counts up at every change; a decision names the version that it was made on. */
  readonly version: number;
  readonly code: AuthorityCode;
  /** The law and its article, shown. */
  readonly statute: string;
  readonly senders: readonly BodyKind[];
  readonly recipients: readonly BodyKind[];
  /** 通報・通告: the types of function that the law names. Absent = any. */
  readonly recipientTypes?: readonly string[] | undefined;
  readonly kinds: readonly ReferralKind[];
  readonly purposes: readonly Purpose[];
  /** All that may leave on it. */
  readonly categories: readonly DataCategory[];
  /** What must have been said before it counts. */
  readonly needs: readonly GroundFact[];
  readonly approval: Approval;
  readonly approvers: readonly ApproverPost[];
  /** Without an approval it counts for so long from its recording. */
  readonly hours?: number | undefined;
  readonly overRefusal: OverRefusal;
  /** The least that goes back to the sender; `arrival` = 到着 and nothing after it. */
  readonly feedback: Feedback | 'arrival';
  readonly way: AuthorityWay;
  /** What the recipient must keep to (個人情報保護法70条). */
  readonly conditions: readonly string[];
  /** 「個別・例外」: so many a month between two functions, more of them is reported and never denied. */
  readonly occasional?: number | undefined;
  /** It counts within these only. */
  readonly windows?: readonly AuthorityWindow[] | undefined;
  /** The municipality's own row: it narrows that one and never widens it. */
  readonly overrides?: string | undefined;
  readonly validFrom: string;
  readonly validTo?: string | undefined;
  readonly checkedOn?: string | undefined;
  readonly checkedBy?: string | undefined;
  readonly active: boolean;
}

/** Why a row does not count. */
export const AuthorityOff = z.enum(['off', 'not_yet', 'ended', 'unchecked', 'overridden']);
export type AuthorityOff = z.infer<typeof AuthorityOff>;

/** Why this row permits nothing on this day, whoever asks; `checkedOnly`: what nobody has checked counts as off. */
export function whyOff(
  row: AuthorityRow,
  on: { readonly day: string; readonly checkedOnly: boolean },
): AuthorityOff | undefined {
  if (!row.active) return 'off';
  if (!isInForce(row, on.day)) return on.day < row.validFrom ? 'not_yet' : 'ended';
  const checked = row.checkedOn !== undefined && row.checkedBy !== undefined;
  return on.checkedOnly && !checked ? 'unchecked' : undefined;
}

/**
 * The last moment at which the row permits anything as it stands: its own last day, and the end of the window in which it
 * is asked. `undefined` outside of its windows; in no declared disaster nothing leaves on that law (災害対策基本法49条の11).
 */
export function lastMomentOfRow({ code, windows, validTo }: AuthorityRow, now: Date): number | undefined {
  const end = validTo === undefined ? Infinity : lastMomentOfDay(validTo);
  if (windows === undefined) return code === 'disaster' ? undefined : end;
  const at = now.getTime();
  const ends = windows.filter((w) => Date.parse(w.from) <= at && at < Date.parse(w.until));
  return ends.length === 0 ? undefined : Math.min(end, Math.max(...ends.map((w) => Date.parse(w.until) - 1)));
}

/** By which ways may travel what rests on these rows? */
export const wayOf = (rows: readonly Pick<AuthorityRow, 'way'>[]): AuthorityWay =>
  rows.some((r) => r.way === 'hub_only') ? 'hub_only' : 'any';
