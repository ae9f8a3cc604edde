// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { lastMomentOfRow, type AuthorityCode, type AuthorityRow, type GroundFact } from './authority-row';
import type { Ground } from './ground';
import { isFor, type Sides } from './rows';
import { lastMomentOfDay } from '../calendar/business-calendar';
import { kindRules } from '../referral/kinds';

/** Why nothing can be recorded on this basis here. */
export type NoGround = 'GROUND_NOT_OF_THIS_KIND' | 'AUTHORITY_OFF';

/** The row on which a desk records, instead of a consent, why it discloses: in force, and for these two sides. */
export function rowForGround(
  code: AuthorityCode,
  sides: Sides,
  inForce: readonly AuthorityRow[],
): AuthorityRow | NoGround {
  if (!kindRules[sides.kind].grounds.includes(code)) return 'GROUND_NOT_OF_THIS_KIND';
  const rows = inForce.filter((row) => row.code === code);
  if (rows.length === 0) return 'AUTHORITY_OFF';
  const fitting = rows.filter((row) => isFor(row, sides));
  if (fitting.length === 0) return 'GROUND_NOT_OF_THIS_KIND';
  return fitting.find((row) => lastMomentOfRow(row, sides.now) !== undefined) ?? 'AUTHORITY_OFF';
}

/** What its row asks for and nobody has said. */
export const missingFacts = ({ needs }: Pick<AuthorityRow, 'needs'>, said: readonly GroundFact[]): GroundFact[] =>
  needs.filter((fact) => !said.includes(fact));

/** The longest that an approver lets it go on, and what is taken when no day is named (ours). */
export const approvedDays = 30;

const hourMs = 3_600_000;
/** Its sender hears of the end so long before it: of one that counts by hours, and of one that counts by days. */
const noticeHours = { hours: 24, days: 7 * 24 };

/**
 * When its sender and its approvers hear that something of it ends: what nobody has approved after its row's hours, what
 * was approved with the day that was set. `undefined` = nothing ends any more without a word.
 */
export function groundAlarm(
  { decided, recordedAt, until, categories }: Ground,
  { hours }: Pick<AuthorityRow, 'hours'>,
  now: Date,
): Date | undefined {
  if (decided?.outcome === 'refused') return undefined;
  const approved = decided?.categories ?? [];
  const isPartly = categories.some((c) => !approved.includes(c));
  const ends = [
    ...(hours !== undefined && isPartly ? [[Date.parse(recordedAt) + hours * hourMs, noticeHours.hours] as const] : []),
    ...(until !== undefined ? [[lastMomentOfDay(until), noticeHours.days] as const] : []),
  ].filter(([end]) => end > now.getTime());
  const alarms = ends.map(([end, notice]) => Math.max(end - notice * hourMs, now.getTime() + 1));
  return alarms.length === 0 ? undefined : new Date(Math.min(...alarms));
}
