// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pauseTexts, usualFileTime, type IntakePause, type IntakeSettings, type IntakeView } from '@tsunagi/contracts';
import { missedFile } from '@tsunagi/domain';
import { startOf } from './intake-rules';
import type { IntakeRow, PauseRow, RehearsedCount } from './intake.rows';
import { municipalCalendar } from '../platform';

/** How the intake stands, as IT staff see it. */
export function viewOf(
  row: IntakeRow,
  rules: IntakeSettings | undefined,
  pause: IntakePause | undefined,
  now: Date,
): IntakeView {
  const lastFileAt = row.last_file_at?.toISOString();
  const also = { ...(lastFileAt !== undefined && { lastFileAt }), ...(pause && { pause }) };
  if (!rules) return { guard: 'off', ...also };
  const { perFile, perHour } = rules;
  // Before it is enabled nobody knows the day.
  const startsOn = row.first_enabled_at || rules.startsOn ? startOf(rules, row.first_enabled_at, now) : undefined;
  const missed = missedOf(row, rules, now);
  return {
    guard: 'on',
    ...(startsOn !== undefined && { startsOn }),
    ...(perFile !== null && { perFile }),
    ...(perHour !== null && { perHour }),
    ...also,
    ...(missed && { missedSince: missed.toISOString() }),
    ...(row.differing.length > 0 && { differsOn: row.differing.map(({ day }) => day) }),
  };
}

/**
 * By when a file should have come; undefined: none is missed. Where the settings do not say, a plugin that has brought a
 * file of the nightly kind is expected to bring the next: others read a view, or are called.
 */
export function missedOf(row: IntakeRow, rules: IntakeSettings, now: Date): Date | undefined {
  const { expectedBy, expectedOn: on } = rules;
  const by = expectedBy === undefined && row.last_file_at ? usualFileTime : expectedBy;
  if (!by || !row.enabled) return undefined;
  const seen = { lastFileAt: row.last_file_at ?? undefined, enabledAt: row.enabled_at ?? undefined };
  return missedFile({ by, on }, seen, now, municipalCalendar(now));
}

/** A source of the plugin has stopped by itself and waits for a person, however the intake is watched; undefined: none. */
export const pausedByItself = ({ enabled, paused_since: since }: IntakeRow) => (enabled && since) || undefined;

export const pauseOfView = (since: Date): IntakePause => ({
  reason: 'FLOOD_VIEW',
  sentence: pauseTexts.FLOOD_VIEW.says,
  since: since.toISOString(),
  rehearsed: [],
  quarantined: 0,
});

export function pauseOf(pause: PauseRow, rehearsed: readonly RehearsedCount[], quarantined: number): IntakePause {
  const { reason, file, made, most, at, trial } = pause;
  const counts = new Map<string, IntakePause['rehearsed'][number]>();
  for (const { outcome, code, desk, count } of rehearsed) {
    const name = `${outcome} ${code} ${desk}`;
    const before = counts.get(name)?.count ?? 0;
    counts.set(name, {
      outcome,
      ...(code !== null && { code }),
      ...(desk !== null && { desk }),
      count: before + count,
    });
  }
  return {
    reason,
    sentence: pauseTexts[reason].says,
    since: new Date(at).toISOString(),
    ...(file !== null && { file }),
    newReferrals: reason === 'FIRST_FILE' ? rehearsed.reduce((sum, { begins }) => sum + begins, 0) : made,
    ...(most !== null && { limit: most }),
    rehearsed: [...counts.values()],
    ...(trial !== null && { trial }),
    quarantined,
  };
}
