// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { whyNotBetween, type Party, type ReferralAction, type ReferralKind } from '@tsunagi/domain';

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

/** All of them, this one first: where nothing is offered to it, the next one goes on. */
export const rolesFrom = (who: number): readonly RoleInPlay[] => {
  const first = who % roles.length;
  return [...roles.slice(first), ...roles.slice(0, first)];
};

/** What ends a matter at once, and what leaves it where it is, would otherwise be most of what happens. */
const ending: readonly ReferralAction[] = ['mark-error', 'misdirected', 'withdraw', 'reopen'];
const still: readonly ReferralAction[] = ['edit', 'supplement', 'inform', 'confirm-phone'];
const rare: readonly ReferralAction[] = ['coordinate', 'hold', 'ask', 'decline'];

/** The one that is taken of the actions that are offered. */
export function chosen(offered: readonly ReferralAction[], which: number): ReferralAction | undefined {
  const left = offered
    .filter((a) => which % 16 === 7 || !ending.includes(a))
    .filter((a) => which % 8 === 5 || !still.includes(a));
  const usual = left.filter((a) => which % 4 === 3 || !rare.includes(a));
  const among = usual.length > 0 ? usual : left;
  return among[which % Math.max(1, among.length)];
}

/** Between whom this kind goes; most often to where a system is, because there most is under way. */
export function pairs<D extends Party & { readonly plugin?: string | undefined }>(
  desks: readonly D[],
  kind: ReferralKind,
): (readonly [from: D, to: D])[] {
  const fits = (d: D, e: D) => d !== e && whyNotBetween(kind, d, e) === undefined;
  const asks = (d: D) => kind !== 'inquiry' || d.domain === 'takikan';
  const all = desks.filter(asks).flatMap((d) => desks.filter((e) => fits(d, e)).map((e) => [d, e] as const));
  return [...all, ...all.filter(([, to]) => to.plugin !== undefined)];
}

export const pick = <T>(all: readonly T[], which: number): T | undefined => all[which % Math.max(1, all.length)];
