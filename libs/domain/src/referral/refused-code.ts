// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { KindLack } from './kinds';
import type { ReportLack } from './reporting';
import type { Guard } from './referral.transitions';

/** Why a step is refused. The hub has one sentence and one HTTP status for each. */
export type RefusedCode =
  | 'STATE_NOT_THERE'
  | 'NOT_YOUR_STEP'
  | 'AUTHORITY_MISSING'
  | 'CONDITIONS_UNACKNOWLEDGED'
  /** No consent lifts it. */
  | 'NOT_TO_THERE'
  | 'OPEN_TWIN'
  | 'MEETING_UNKNOWN'
  | 'WORKER_MISSING'
  | 'CONTACT_MISSING'
  | 'WAKE_DATE_MISSING'
  | 'REASON_MISSING'
  | 'REASON_IS_NO_RETURN'
  | 'ASK_FIRST'
  | 'FITTING_DESK_MISSING'
  | 'TALK_MISSING'
  | 'SECOND_RETURN'
  | 'KEEPS_DOING_MISSING'
  | 'OUTCOME_MISSING'
  | 'PERSON_NOT_INFORMED'
  | 'RESULT_MISSING'
  | 'SAID_TO_WHOM_MISSING'
  | 'HOP_LIMIT'
  | 'SENT_BACK_ALREADY'
  | 'ACCEPTED_ALREADY'
  | 'RECEIVED_ALREADY'
  | 'MISDIRECTED'
  | 'PHONE_NOT_ANNOUNCED'
  | 'WITHDRAWAL_NOT_ASKED'
  | 'NOTHING_SAID'
  | 'PERSON_NOT_MATCHED'
  | 'WAKE_DATE_OUT_OF_RANGE'
  | 'PERSON_NOT_ASKED'
  | 'ATTEMPTS_MISSING'
  | 'REASON_DATE_MISSING'
  | 'DUPLICATE_MISSING'
  | 'TARGET_MISSING'
  | 'NOT_ON_TO_THERE'
  | 'NEED_MISSING'
  | 'SERIES_MISSING'
  | 'FOLLOW_UP_LEFT'
  | 'ASK_AGAIN_OUT_OF_RANGE'
  | 'LEAD_NOT_NAMED'
  | 'NOT_OF_THIS_KIND'
  | 'DATE_OF_ANSWER_MISSING'
  /** It is not there, is of others, or was not held: one word for all. */
  | 'CONFERENCE_UNKNOWN'
  | KindLack
  | ReportLack;

/** With what each guard refuses; documents read it, and the guards may say nothing else. */
export const refusalsOfGuard = {
  first_return_of_journey: ['SECOND_RETURN'],
  reason_ends_it: ['STATE_NOT_THERE'],
  hop_limit: ['HOP_LIMIT'],
  sent_back_once: ['SENT_BACK_ALREADY'],
  series_done: ['FOLLOW_UP_LEFT'],
  phone_announced: ['PHONE_NOT_ANNOUNCED'],
  withdrawal_asked: ['WITHDRAWAL_NOT_ASKED'],
  never_accepted: ['ACCEPTED_ALREADY'],
  never_received: ['RECEIVED_ALREADY'],
  not_misdirected: ['MISDIRECTED'],
  may_go_there: ['NOT_TO_THERE'],
  permit: ['AUTHORITY_MISSING'],
  conditions_acknowledged: ['CONDITIONS_UNACKNOWLEDGED'],
  phoned_first: ['PHONE_FIRST'],
  no_open_twin: ['OPEN_TWIN'],
  meeting_known: ['MEETING_UNKNOWN'],
  something_said: ['NOTHING_SAID'],
  worker_named: ['WORKER_MISSING'],
  person_matched: ['PERSON_NOT_MATCHED'],
  first_contact: ['CONTACT_MISSING'],
  wake_date: ['WAKE_DATE_MISSING', 'WAKE_DATE_OUT_OF_RANGE'],
  reason_codes: ['REASON_MISSING', 'REASON_IS_NO_RETURN'],
  questioned_before_301: ['ASK_FIRST'],
  fitting_desk_named: ['FITTING_DESK_MISSING'],
  reason_shown: ['PERSON_NOT_ASKED', 'ATTEMPTS_MISSING', 'REASON_DATE_MISSING', 'DUPLICATE_MISSING'],
  talk_recorded: ['TALK_MISSING'],
  keeps_doing: ['KEEPS_DOING_MISSING'],
  target_named: ['TARGET_MISSING'],
  outcome_code: ['OUTCOME_MISSING'],
  referred_on: ['TARGET_MISSING', 'NOT_ON_TO_THERE'],
  need_named: ['NEED_MISSING'],
  person_informed: ['PERSON_NOT_INFORMED'],
  series_chosen: ['SERIES_MISSING'],
  lead_named: ['LEAD_NOT_NAMED'],
  result_recorded: ['RESULT_MISSING'],
  contact_recorded: ['RESULT_MISSING'],
  informed_when_broken: ['PERSON_NOT_INFORMED'],
  said_to_whom: ['SAID_TO_WHOM_MISSING'],
  ask_again_in_time: ['ASK_AGAIN_OUT_OF_RANGE'],
  both_asked: ['PERSON_NOT_ASKED'],
} as const satisfies Record<Guard, readonly RefusedCode[]>;
