// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Actor, Role } from '@tsunagi/domain';
import type { ReferralRecord } from './referral.record';
import type { Caller } from '../access';
import type { Directory } from '../organizations';

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

export function viewpointOf(
  caller: Caller,
  referral: Pick<ReferralRecord, 'fromFunction' | 'toFunction' | 'sentAt'>,
  directory: Pick<Directory, 'find'>,
): Viewpoint | undefined {
  const sender = speaksFor(caller, referral.fromFunction);
  const recipient = referral.sentAt !== undefined && speaksFor(caller, referral.toFunction);
  const municipality = referral.sentAt !== undefined && confirmsFor(caller, referral.toFunction, directory);
  const overview = municipality || overseeing.some((role) => caller.everywhere(role));
  if (!sender && !recipient && !overview) return undefined;

  const actors: Actor[] = [];
  if (sender) actors.push('sender');
  if (recipient) actors.push('recipient');
  if (recipient && caller.kind === 'staff' && caller.has(['supervisor'], referral.toFunction))
    actors.push('recipient_supervisor');
  if (caller.everywhere('coordinator')) {
    const ownDesk = referral.toFunction !== undefined && caller.functions.includes(referral.toFunction);
    actors.push(ownDesk ? 'coordinator_of_recipient' : 'coordinator');
  }
  if (municipality) actors.push('municipality');
  return { sender, recipient, overview, actors };
}

/** R2: what the coordinators' own desk gives back, the approver of the municipality confirms. */
function confirmsFor(caller: Caller, functionId: string | undefined, directory: Pick<Directory, 'find'>): boolean {
  if (functionId === undefined || caller.kind !== 'staff' || !caller.everywhere('approver')) return false;
  return isCoordinatorsDesk(functionId, directory);
}

export const isCoordinatorsDesk = (functionId: string, directory: Pick<Directory, 'find'>): boolean =>
  directory.find(functionId)?.domain === 'takikan';
