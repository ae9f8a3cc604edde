// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Urgency } from '../codes/vocabulary';
import { transitions, type Actor } from './referral.transitions';
import type { ReferralState } from './referral.states';

/** Working days until somebody must move a referral on from this state, and whose calendar counts; the nearest wins. */
export function nextDue(state: ReferralState, urgency: Urgency): { days: number; by: Actor } | undefined {
  const due = transitions
    .filter((t) => t.from.includes(state) && t.due)
    .map((t) => ({
      days: urgency === 'normal' ? (t.due?.normal ?? 0) : (t.due?.urgent ?? 0),
      by: t.by[0] ?? ('core' as const),
    }));
  return due.reduce<{ days: number; by: Actor } | undefined>(
    (nearest, d) => (!nearest || d.days < nearest.days ? d : nearest),
    undefined,
  );
}

/** Working days within which the recipient takes a referral or gives it back (引受期限). */
export function acceptWithin(urgency: Urgency): number {
  const due = transitions.find((t) => t.action === 'accept')?.due;
  return (urgency === 'normal' ? due?.normal : due?.urgent) ?? 0;
}
