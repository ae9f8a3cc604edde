// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralAction } from './referral.actions';
import { maybeNeverAccepted, ReferralState } from './referral.states';

/**
 * Who may do it. `core` is the hub itself; it acts on decisions, receipts and withdrawals, never for a person. R2: a
 * coordinator whose own desk is the recipient confirms no return of it; then the municipality does.
 */
export type Actor =
  | 'sender'
  | 'recipient'
  | 'recipient_supervisor'
  | 'coordinator'
  | 'coordinator_of_recipient'
  | 'municipality'
  /** Audits, or protects personal data, for the municipality: looks on, and says what it notices. */
  | 'overseer'
  | 'lead'
  | 'core';

/** Steps that only the hub takes. They are in the same table, so that every arrow of the life is in one place. */
export type CoreStep = 'await_authority' | 'deliver' | 'revoke' | 'wake';

/** What the past of the referral decides, whatever is said with the step. */
export type StateGuard =
  | 'first_return_of_journey'
  | 'reason_ends_it'
  | 'hop_limit'
  | 'sent_back_once'
  | 'series_done'
  | 'phone_announced'
  | 'withdrawal_asked'
  | 'never_accepted'
  | 'never_received'
  | 'not_misdirected';

/** What must be said with the step, or be true at its moment. */
export type FactGuard =
  | 'permit'
  | 'conditions_acknowledged'
  | 'phoned_first'
  | 'may_go_there'
  | 'no_open_twin'
  | 'meeting_known'
  | 'something_said'
  | 'worker_named'
  | 'person_matched'
  | 'first_contact'
  | 'wake_date'
  | 'reason_codes'
  | 'questioned_before_301'
  | 'fitting_desk_named'
  | 'reason_shown'
  | 'talk_recorded'
  | 'keeps_doing'
  | 'target_named'
  | 'outcome_code'
  | 'referred_on'
  | 'need_named'
  | 'person_informed'
  | 'series_chosen'
  | 'lead_named'
  | 'result_recorded'
  | 'contact_recorded'
  | 'informed_when_broken'
  | 'said_to_whom'
  | 'ask_again_in_time'
  | 'both_asked';

export type Guard = StateGuard | FactGuard;

export interface Transition {
  readonly action: ReferralAction | CoreStep;
  readonly from: readonly ReferralState[];
  /** `before` = the state it was in before this one; `same` = it does not move. */
  readonly to: ReferralState | 'before' | 'same';
  readonly by: readonly Actor[];
  readonly guards: readonly Guard[];
  /** Only for the kinds that do not know that step. */
  readonly insteadOf?: ReferralAction;
  /** What somebody has heard or seen, no system may say. */
  readonly byPerson?: true;
  /** Working days of the function's calendar for normal and urgent; absent = none. */
  readonly due?: { readonly normal: number; readonly urgent: number };
}

const acceptDue = { normal: 5, urgent: 1 };
/** The desks talk; nobody has given up the matter yet. */
const active: readonly ReferralState[] = [
  'sent',
  'received',
  'questioned',
  'accepted',
  'in_progress',
  'on_hold',
  'return_proposed',
  'returned',
];
const any: readonly ReferralState[] = ReferralState.options;
const bothCoordinators: readonly Actor[] = ['coordinator', 'coordinator_of_recipient'];

/** The law of a referral's life. HTTP, plugins, console and docs read it; nothing else decides what may happen next. */
export const transitions: readonly Transition[] = [
  // Sending
  {
    action: 'edit',
    from: ['draft', 'awaiting_authority'],
    to: 'same',
    by: ['sender'],
    guards: ['something_said'],
  },
  { action: 'await_authority', from: ['draft'], to: 'awaiting_authority', by: ['core'], guards: [] },
  {
    action: 'send',
    from: ['draft', 'awaiting_authority'],
    to: 'sent',
    by: ['sender', 'core'],
    guards: ['may_go_there', 'no_open_twin', 'permit', 'meeting_known', 'phoned_first', 'person_informed'],
  },
  {
    action: 'decline',
    from: ['awaiting_authority'],
    to: 'declined',
    by: ['sender'],
    guards: ['said_to_whom', 'ask_again_in_time', 'person_informed'],
  },
  { action: 'deliver', from: ['sent'], to: 'received', by: ['core'], guards: [], due: { normal: 2, urgent: 0 } },
  // The desk opens it in the hub, which is a disclosure of its own.
  {
    action: 'receive',
    from: ['sent'],
    to: 'received',
    by: ['recipient'],
    guards: ['permit', 'conditions_acknowledged'],
    due: { normal: 2, urgent: 0 },
  },
  // The desks spoke about it before it had arrived; the desk opens it still.
  {
    action: 'receive',
    from: ['coordinating', 'accepted', 'in_progress', 'on_hold'],
    to: 'same',
    by: ['recipient'],
    guards: ['never_received', 'permit', 'conditions_acknowledged'],
  },
  {
    action: 'confirm-phone',
    from: maybeNeverAccepted,
    to: 'same',
    by: ['recipient'],
    guards: ['not_misdirected', 'phone_announced'],
    byPerson: true,
  },
  // Taking and working
  { action: 'ask', from: ['received'], to: 'questioned', by: ['recipient'], guards: ['not_misdirected'] },
  // What the sender writes to the other desk is a disclosure of its own.
  {
    action: 'answer',
    from: ['questioned'],
    to: 'received',
    by: ['sender'],
    guards: ['permit'],
    due: { normal: 3, urgent: 3 },
  },
  {
    action: 'accept',
    from: ['received'],
    to: 'accepted',
    by: ['recipient'],
    guards: ['not_misdirected', 'worker_named', 'person_matched'],
    due: acceptDue,
  },
  {
    action: 'start',
    from: ['accepted'],
    to: 'in_progress',
    by: ['recipient'],
    guards: ['not_misdirected', 'first_contact'],
    due: { normal: 10, urgent: 2 },
  },
  {
    action: 'hold',
    from: ['received', 'accepted', 'in_progress'],
    to: 'on_hold',
    by: ['recipient'],
    guards: ['not_misdirected', 'wake_date'],
  },
  { action: 'hold', from: ['on_hold'], to: 'same', by: ['recipient'], guards: ['not_misdirected', 'wake_date'] },
  { action: 'wake', from: ['on_hold'], to: 'before', by: ['core'], guards: [] },
  { action: 'resume', from: ['on_hold'], to: 'before', by: ['recipient'], guards: [] },
  {
    action: 'complete',
    from: ['in_progress'],
    to: 'completed',
    by: ['recipient'],
    guards: ['not_misdirected', 'outcome_code', 'referred_on', 'need_named', 'person_informed'],
  },
  // Giving back
  {
    action: 'propose-return',
    from: ['received', 'questioned', 'accepted', 'in_progress', 'on_hold'],
    to: 'return_proposed',
    by: ['recipient_supervisor'],
    guards: ['reason_codes', 'questioned_before_301', 'fitting_desk_named', 'reason_shown'],
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
    guards: ['reason_ends_it', 'both_asked', 'said_to_whom', 'ask_again_in_time', 'person_informed'],
    due: { normal: 2, urgent: 2 },
  },
  {
    action: 'close',
    from: ['return_proposed'],
    to: 'closed',
    by: ['sender'],
    guards: ['reason_ends_it', 'result_recorded', 'person_informed'],
    due: { normal: 2, urgent: 2 },
  },
  {
    action: 'agree-return',
    from: ['return_proposed'],
    to: 'returned',
    by: ['sender', 'coordinator', 'municipality'],
    guards: ['first_return_of_journey', 'talk_recorded', 'keeps_doing', 'person_informed'],
    due: { normal: 2, urgent: 2 },
  },
  // The child goes out on a decision of its own, or waits for one.
  {
    action: 'redirect',
    from: ['return_proposed'],
    to: 'redirected',
    by: ['coordinator'],
    guards: ['hop_limit', 'target_named', 'person_informed'],
    due: { normal: 2, urgent: 2 },
  },
  {
    action: 'redirect',
    from: ['returned'],
    to: 'redirected',
    by: ['sender'],
    guards: ['hop_limit', 'target_named', 'person_informed'],
    due: { normal: 5, urgent: 5 },
  },
  {
    action: 'close',
    from: ['returned'],
    to: 'closed',
    by: ['sender'],
    guards: ['lead_named', 'result_recorded', 'person_informed'],
    due: { normal: 5, urgent: 5 },
  },
  // Talking
  {
    action: 'coordinate',
    from: active,
    to: 'coordinating',
    by: [...bothCoordinators, 'core'],
    guards: ['keeps_doing'],
    due: { normal: 10, urgent: 10 },
  },
  {
    action: 'accept',
    from: ['coordinating'],
    to: 'accepted',
    by: bothCoordinators,
    guards: ['not_misdirected', 'worker_named', 'person_matched', 'talk_recorded', 'keeps_doing'],
  },
  // What the desks have agreed on at the table goes on, however far it has come already.
  {
    action: 'redirect',
    from: ['coordinating'],
    to: 'redirected',
    by: bothCoordinators,
    guards: ['talk_recorded', 'keeps_doing', 'target_named', 'person_informed'],
  },
  {
    action: 'close',
    from: ['coordinating'],
    to: 'closed',
    by: bothCoordinators,
    guards: ['lead_named', 'talk_recorded', 'keeps_doing', 'result_recorded', 'person_informed'],
  },
  // Afterwards
  {
    action: 'send-back',
    from: ['completed'],
    to: 'in_progress',
    by: ['sender'],
    guards: ['sent_back_once', 'permit'],
    due: { normal: 5, urgent: 5 },
  },
  {
    action: 'follow-up',
    from: ['completed'],
    to: 'follow_up',
    by: ['sender'],
    guards: ['series_chosen'],
    due: { normal: 5, urgent: 5 },
  },
  // Nobody is in it who could be followed up.
  {
    action: 'close',
    from: ['completed'],
    to: 'closed',
    by: ['sender'],
    guards: ['result_recorded', 'person_informed'],
    insteadOf: 'follow-up',
    due: { normal: 5, urgent: 5 },
  },
  {
    action: 'follow-up',
    from: ['follow_up'],
    to: 'same',
    by: ['sender'],
    guards: ['contact_recorded', 'informed_when_broken'],
  },
  {
    action: 'close',
    from: ['follow_up'],
    to: 'closed',
    by: ['sender', 'lead'],
    guards: ['series_done', 'lead_named', 'result_recorded', 'person_informed'],
  },
  // It does not hold: this one ends, and a new one begins.
  { action: 'reopen', from: ['follow_up'], to: 'closed', by: ['sender', 'lead'], guards: ['person_informed'] },
  {
    action: 'reopen',
    // A result that has come is accepted or sent back.
    from: ['declined', 'closed', 'withdrawn'],
    to: 'same',
    by: ['sender', 'lead'],
    guards: ['person_informed'],
  },
  // At any time
  {
    action: 'withdraw',
    from: ['draft', 'awaiting_authority', 'sent', 'received', 'questioned'],
    to: 'withdrawn',
    by: ['sender'],
    guards: [],
  },
  // Later it asks the recipient, who agrees or goes on; silence does neither.
  {
    action: 'withdraw',
    from: ['accepted', 'in_progress', 'on_hold'],
    to: 'same',
    by: ['sender'],
    guards: [],
  },
  {
    action: 'withdraw',
    from: ['accepted', 'in_progress', 'on_hold'],
    to: 'withdrawn',
    by: ['recipient'],
    guards: ['withdrawal_asked'],
  },
  // The person has died before anything of it left.
  { action: 'withdraw', from: ['draft', 'awaiting_authority', 'sent'], to: 'withdrawn', by: ['core'], guards: [] },
  { action: 'revoke', from: maybeNeverAccepted, to: 'revoked', by: ['core'], guards: ['never_accepted'] },
  { action: 'supplement', from: any, to: 'same', by: ['sender', 'recipient'], guards: ['something_said'] },
  { action: 'inform', from: any, to: 'same', by: ['sender', 'recipient'], guards: ['person_informed'] },
  {
    action: 'misdirected',
    from: any,
    to: 'same',
    by: ['sender', 'recipient', ...bothCoordinators, 'municipality', 'overseer', 'lead'],
    guards: [],
    byPerson: true,
  },
  {
    action: 'mark-error',
    from: any.filter((state) => state !== 'entered_in_error'),
    to: 'entered_in_error',
    by: ['sender', 'core'],
    guards: [],
  },
];

/** The arrows that leave a state by this action. */
export function arrowsFor(state: ReferralState, action: Transition['action']): readonly Transition[] {
  return transitions.filter((t) => t.action === action && t.from.includes(state));
}
