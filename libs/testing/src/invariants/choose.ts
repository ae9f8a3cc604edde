// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralAction } from '@tsunagi/domain';

/** Who looks at a referral, as far as sequences tell them apart: mostly those whose matter it is. */
export const roles = [
  'sender',
  'recipient',
  'recipient_supervisor',
  'recipient',
  'sender',
  'recipient',
  'recipient_supervisor',
  'coordinator',
  'sender_program',
  'approver',
  'stranger',
] as const;
export type RoleInPlay = (typeof roles)[number];

/** What ends a matter at once, and what leaves it where it is, would otherwise be most of what happens. */
const ending: readonly ReferralAction[] = ['mark-error', 'misdirected', 'withdraw', 'reopen'];
const still: readonly ReferralAction[] = ['edit', 'supplement', 'inform', 'confirm-phone'];
const rare: readonly ReferralAction[] = ['coordinate', 'hold'];

/** The one that is taken of the actions that are offered. */
export function chosen(offered: readonly ReferralAction[], which: number): ReferralAction | undefined {
  const left = offered
    .filter((a) => which % 16 === 7 || !ending.includes(a))
    .filter((a) => which % 8 === 5 || !still.includes(a));
  const usual = left.filter((a) => which % 4 === 3 || !rare.includes(a));
  const among = usual.length > 0 ? usual : left;
  return among[which % Math.max(1, among.length)];
}

export const pick = <T>(all: readonly T[], which: number): T | undefined => all[which % Math.max(1, all.length)];
