// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay } from '../calendar/business-calendar';

/** What the hub does just now with the records of a plugin: takes them, only tries them, or leaves them where they are. */
export type Gate = 'take' | 'rehearse' | 'wait';

export interface IntakeState {
  /** Something waits for a person's word. */
  readonly paused: boolean;
  /** A person has looked at what the first file would do. */
  readonly confirmed: boolean;
}

/** The first file is tried until a person has looked at it; that is a pause, too. Any other pause lets nothing through. */
export function gateOf(rules: { readonly firstFile: 'confirm' | 'take' }, { paused, confirmed }: IntakeState): Gate {
  if (rules.firstFile === 'confirm' && !confirmed) return 'rehearse';
  return paused ? 'wait' : 'take';
}

/** Is this record older than the day from which records make referrals? The day is one in Japan. */
export function isBeforeStart(occurredAt: string, startsOn: string | undefined): boolean {
  return startsOn !== undefined && japaneseDay(new Date(occurredAt)) < startsOn;
}
