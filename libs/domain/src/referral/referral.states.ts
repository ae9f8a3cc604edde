// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** Business states of a つなぎ. Delivery and authority are dimensions of their own and never mixed in here. */
export const ReferralState = z.enum([
  'draft',
  'awaiting_authority',
  'declined',
  'sent',
  'received',
  'questioned',
  'accepted',
  'in_progress',
  'on_hold',
  'return_proposed',
  'returned',
  'redirected',
  'coordinating',
  'completed',
  'follow_up',
  'closed',
  'withdrawn',
  'revoked',
  'entered_in_error',
]);
export type ReferralState = z.infer<typeof ReferralState>;

/** Delivery of one message to one recipient. */
export const DeliveryState = z.enum([
  'queued',
  'claimed',
  'sent',
  'delivered',
  'read',
  'recalled',
  'parked',
  'replayed',
]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** What is in one of these has not left its sender yet. */
export const unsentStates: ReadonlySet<ReferralState> = new Set(['draft', 'awaiting_authority']);

/** Nothing more happens to a referral in one of these, except by reopening, which makes a new one. */
export const finalStates: ReadonlySet<ReferralState> = new Set([
  'declined',
  'redirected',
  'closed',
  'withdrawn',
  'revoked',
  'entered_in_error',
]);

/**
 * The matter is in somebody's hands: a second referral of the same person between the same two desks waits for its end.
 * What is completed or followed up is no longer asked for.
 */
export const openStates: ReadonlySet<ReferralState> = new Set([
  'sent',
  'received',
  'questioned',
  'accepted',
  'in_progress',
  'on_hold',
  'return_proposed',
  'returned',
  'coordinating',
]);

/** With the recipient, and perhaps not taken: the last three can come before an acceptance or after it, which only the past tells. */
export const maybeNeverAccepted: readonly ReferralState[] = [
  'sent',
  'received',
  'questioned',
  'return_proposed',
  'on_hold',
  'coordinating',
];

/** The recipient has the person, and nothing has been reported. */
export const inHand: ReadonlySet<ReferralState> = new Set(['accepted', 'in_progress', 'on_hold']);

/** The recipient's own days stand still: it has asked, waits, or wants to give it back. */
export const standstill: ReadonlySet<ReferralState> = new Set(['questioned', 'on_hold', 'return_proposed']);

/** Status codes of the legacy interfaces. A state that is absent writes nothing: the last code stands. */
const statusCodes: Partial<Record<ReferralState, StatusCode>> = {
  received: '10',
  questioned: '10',
  accepted: '20',
  in_progress: '30',
  completed: '40',
  follow_up: '40',
  closed: '40',
  returned: '50',
  withdrawn: '60',
  declined: '60',
  entered_in_error: '60',
  revoked: '65',
};

export const StatusCode = z.enum(['10', '20', '30', '40', '50', '60', '65', '90']);
export type StatusCode = z.infer<typeof StatusCode>;

/** The code a state shows to the sender's system; `undefined` = none is written. Questions before 引受 still show 到着. */
export function statusCodeOf(state: ReferralState): StatusCode | undefined {
  return statusCodes[state];
}

/** 60, 65 and 90 tell the sender about its own record and carry nothing of the recipient, so they need no feedback scope. */
export function isOwnRecordCode(code: StatusCode): boolean {
  return code === '60' || code === '65' || code === '90';
}
