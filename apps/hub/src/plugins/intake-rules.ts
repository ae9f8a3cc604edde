// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { intakeKey, intakeSettings, type IntakeSettings } from '@tsunagi/contracts';
import { japaneseDay } from '@tsunagi/domain';
import type { Row } from '../platform';

/**
 * How the intake of a plugin with these settings is watched; undefined: not at all. Where the settings say nothing, a
 * production hub watches. Settings of a version that knew no such part count as none.
 */
export function rulesOf(config: Row, { demo }: { readonly demo: boolean }): IntakeSettings | undefined {
  const given = intakeSettings.optional().safeParse(config[intakeKey]).data;
  if (given === undefined) return demo ? undefined : intakeSettings.parse({});
  return given.guard === 'off' ? undefined : given;
}

/** From which day records make referrals. One that was never enabled would begin with the day on which it is. */
export function startOf({ startsOn }: IntakeSettings, firstEnabledAt: Date | null, now: Date): string | undefined {
  return startsOn === null ? undefined : (startsOn ?? japaneseDay(firstEnabledAt ?? now));
}
