// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralAction } from './referral.actions';
import type { ReferralState } from './referral.states';

/** Who may do it. `core` is the hub itself; it acts on decisions, receipts and withdrawals, never for a person. */
export type Actor = 'sender' | 'recipient' | 'recipient_supervisor' | 'coordinator' | 'municipality' | 'lead' | 'core';

/** Steps that only the hub takes. They are in the same table, so that every arrow of the life is in one place. */
export type CoreStep = 'await_authority' | 'deliver' | 'revoke' | 'coordinate' | 'wake' | 'redirect' | 'mark-error';

export type Guard =
  | 'permit'
  | 'no_open_twin'
  | 'meeting_known'
  | 'worker_named'
  | 'first_contact'
  | 'wake_date'
  | 'reason_codes'
  | 'questioned_before_301'
  | 'fitting_desk_named'
  | 'talk_recorded'
  | 'first_return_of_journey'
  | 'keeps_doing'
  | 'outcome_code'
  | 'person_informed'
  | 'result_recorded'
  | 'said_to_whom'
  | 'both_asked'
  | 'hop_limit'
  | 'sent_back_once'
  | 'never_accepted';

export interface Transition {
  readonly action: ReferralAction | CoreStep;
  readonly from: readonly ReferralState[];
  /** `before` = the state it was in before this one. */
  readonly to: ReferralState | 'before';
  readonly by: readonly Actor[];
  readonly guards: readonly Guard[];
  /** Working days of the function's calendar for normal and urgent; absent = none. */
  readonly due?: { readonly normal: number; readonly urgent: number };
}

const acceptDue = { normal: 5, urgent: 1 };
/** The last three can come before an acceptance or after it; only the referral's own past tells. */
const maybeNeverAccepted: readonly ReferralState[] = [
  'sent',
  'received',
  'questioned',
  'return_proposed',
  'on_hold',
  'coordinating',
];

/** The law of a referral's life. HTTP, plugins, console and docs read it; nothing else decides what may happen next. */
export const transitions: readonly Transition[] = [
  { action: 'await_authority', from: ['draft'], to: 'awaiting_authority', by: ['core'], guards: [] },
  {
    action: 'send',
    from: ['draft', 'awaiting_authority'],
    to: 'sent',
    by: ['sender', 'core'],
    guards: ['no_open_twin', 'permit', 'meeting_known', 'person_informed'],
  },
  {
    action: 'decline',
    from: ['awaiting_authority'],
    to: 'declined',
    by: ['sender'],
    guards: ['said_to_whom', 'person_informed'],
  },
  { action: 'deliver', from: ['sent'], to: 'received', by: ['core'], guards: [], due: { normal: 2, urgent: 0 } },
  // The desk opens it in the hub, which is a disclosure of its own.
  {
    action: 'receive',
    from: ['sent'],
    to: 'received',
    by: ['recipient'],
    guards: ['permit'],
    due: { normal: 2, urgent: 0 },
  },
  { action: 'ask', from: ['received'], to: 'questioned', by: ['recipient'], guards: [] },
  { action: 'answer', from: ['questioned'], to: 'received', by: ['sender'], guards: [], due: { normal: 3, urgent: 3 } },
  { action: 'accept', from: ['received'], to: 'accepted', by: ['recipient'], guards: ['worker_named'], due: acceptDue },
  {
    action: 'start',
    from: ['accepted'],
    to: 'in_progress',
    by: ['recipient'],
    guards: ['first_contact'],
    due: { normal: 10, urgent: 2 },
  },
  {
    action: 'hold',
    from: ['received', 'accepted', 'in_progress'],
    to: 'on_hold',
    by: ['recipient'],
    guards: ['wake_date'],
  },
  { action: 'wake', from: ['on_hold'], to: 'before', by: ['core'], guards: [] },
  { action: 'resume', from: ['on_hold'], to: 'before', by: ['recipient'], guards: [] },
  {
    action: 'propose-return',
    from: ['received', 'questioned', 'accepted', 'in_progress', 'on_hold'],
    to: 'return_proposed',
    by: ['recipient_supervisor'],
    guards: ['reason_codes', 'questioned_before_301', 'fitting_desk_named'],
    due: acceptDue,
  },
  {
    action: 'resume',
    from: ['return_proposed'],
    to: 'before',
    by: ['recipient'],
    guards: [],
    due: { normal: 2, urgent: 2 },
  },
  {
    action: 'decline',
    from: ['return_proposed'],
    to: 'declined',
    by: ['sender'],
    guards: ['both_asked', 'said_to_whom', 'person_informed'],
    due: { normal: 2, urgent: 2 },
  },
  {
    action: 'close',
    from: ['return_proposed'],
    to: 'closed',
    by: ['sender'],
    guards: ['both_asked', 'result_recorded', 'person_informed'],
    due: { normal: 2, urgent: 2 },
  },
  {
    action: 'agree-return',
    from: ['return_proposed'],
    to: 'returned',
    by: ['sender', 'coordinator', 'municipality'],
    guards: ['talk_recorded', 'keeps_doing', 'first_return_of_journey', 'person_informed'],
    due: { normal: 2, urgent: 2 },
  },
  {
    action: 'redirect',
    from: ['return_proposed'],
    to: 'redirected',
    by: ['coordinator'],
    guards: ['permit', 'hop_limit', 'person_informed'],
    due: { normal: 2, urgent: 2 },
  },
  {
    action: 'redirect',
    from: ['returned'],
    to: 'redirected',
    by: ['sender'],
    guards: ['permit', 'hop_limit', 'person_informed'],
    due: { normal: 5, urgent: 5 },
  },
  {
    action: 'close',
    from: ['returned'],
    to: 'closed',
    by: ['sender'],
    guards: ['result_recorded', 'person_informed'],
    due: { normal: 5, urgent: 5 },
  },
  {
    action: 'coordinate',
    from: ['sent', 'received', 'questioned', 'accepted', 'in_progress', 'on_hold', 'return_proposed', 'returned'],
    to: 'coordinating',
    by: ['coordinator', 'core'],
    guards: ['keeps_doing'],
    due: { normal: 10, urgent: 10 },
  },
  {
    action: 'accept',
    from: ['coordinating'],
    to: 'accepted',
    by: ['coordinator'],
    guards: ['worker_named', 'talk_recorded'],
  },
  {
    action: 'redirect',
    from: ['coordinating'],
    to: 'redirected',
    by: ['coordinator'],
    guards: ['permit', 'talk_recorded'],
  },
  {
    action: 'close',
    from: ['coordinating'],
    to: 'closed',
    by: ['coordinator'],
    guards: ['talk_recorded', 'person_informed'],
  },
  {
    action: 'complete',
    from: ['in_progress'],
    to: 'completed',
    by: ['recipient'],
    guards: ['outcome_code', 'person_informed'],
  },
  {
    action: 'send-back',
    from: ['completed'],
    to: 'in_progress',
    by: ['sender'],
    guards: ['sent_back_once'],
    due: { normal: 5, urgent: 5 },
  },
  {
    action: 'follow-up',
    from: ['completed'],
    to: 'follow_up',
    by: ['sender'],
    guards: [],
    due: { normal: 5, urgent: 5 },
  },
  {
    action: 'close',
    from: ['follow_up'],
    to: 'closed',
    by: ['sender', 'lead'],
    guards: ['result_recorded', 'person_informed'],
  },
  {
    action: 'withdraw',
    from: ['draft', 'awaiting_authority', 'sent', 'received', 'questioned'],
    to: 'withdrawn',
    by: ['sender'],
    guards: [],
  },
  // The person has died before anything of it left.
  { action: 'withdraw', from: ['draft', 'awaiting_authority', 'sent'], to: 'withdrawn', by: ['core'], guards: [] },
  { action: 'revoke', from: maybeNeverAccepted, to: 'revoked', by: ['core'], guards: ['never_accepted'] },
  {
    action: 'mark-error',
    from: [
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
    ],
    to: 'entered_in_error',
    by: ['sender', 'core'],
    guards: [],
  },
];

/** The arrows that leave a state by this action. */
export function arrowsFor(state: ReferralState, action: Transition['action']): readonly Transition[] {
  return transitions.filter((t) => t.action === action && t.from.includes(state));
}
