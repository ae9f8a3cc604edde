// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hiddenKinds, type Actor, type Role } from '@tsunagi/domain';
import type { ReferralRecord } from './referral.record';
import type { Caller } from '../access';

/** From where a caller looks at a referral. Whoever has none learns not even that it exists. */
export interface Viewpoint {
  readonly sender: boolean;
  /** Only once it has been released: before, nobody outside the sending function opens it. */
  readonly recipient: boolean;
  /** Ids, functions, state and age of every crossing referral; never the content. */
  readonly overview: boolean;
  readonly actors: readonly Actor[];
}

const desk: readonly Role[] = ['caseworker', 'supervisor'];
const overseeing: readonly Role[] = ['coordinator', 'privacy_officer', 'auditor'];

/** Speaks for this function just now: belongs to it, works at its desk, and has not chosen another one. */
export function speaksFor(caller: Caller, functionId: string | undefined): boolean {
  if (functionId === undefined || !caller.functions.includes(functionId)) return false;
  return (caller.acting === undefined || caller.acting === functionId) && caller.has(desk, functionId);
}

/** @param bySheet the caller holds the sheet that the person carries; before it is there, nobody at the desk knows of it. */
export function viewpointOf(
  caller: Caller,
  referral: Pick<ReferralRecord, 'kind' | 'state' | 'channel' | 'fromFunction' | 'toFunction' | 'sentAt'>,
  { bySheet = false }: { readonly bySheet?: boolean } = {},
): Viewpoint | undefined {
  const hidden = hiddenKinds.includes(referral.kind);
  if (hidden && caller.kind !== 'staff') return undefined;
  const underWay = referral.channel === 'carried_by_person' && referral.state === 'sent' && !bySheet;
  const sender = speaksFor(caller, referral.fromFunction);
  const recipient = referral.sentAt !== undefined && !underWay && speaksFor(caller, referral.toFunction);
  const overview = !hidden && overseeing.some((role) => caller.everywhere(role));
  if (!sender && !recipient && !overview) return undefined;

  const actors: Actor[] = [];
  if (sender) actors.push('sender');
  if (recipient) actors.push('recipient');
  if (recipient && caller.kind === 'staff' && caller.has(['supervisor'], referral.toFunction))
    actors.push('recipient_supervisor');
  // A coordinator never confirms for the coordinator's own desk.
  const ownDesk = [referral.fromFunction, referral.toFunction].some(
    (f) => f !== undefined && caller.functions.includes(f),
  );
  if (overview && caller.everywhere('coordinator') && !ownDesk) actors.push('coordinator');
  return { sender, recipient, overview, actors };
}
