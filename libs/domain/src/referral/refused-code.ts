// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { KindLack } from './kinds';
import type { Guard } from './referral.transitions';

/** Why a step is refused. The hub has one sentence and one HTTP status for each. */
export type RefusedCode =
  | 'STATE_NOT_THERE'
  | 'NOT_YOUR_STEP'
  | 'AUTHORITY_MISSING'
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
  | 'NOT_OF_THIS_KIND'
  | 'DATE_OF_ANSWER_MISSING'
  | KindLack;

/** With what each guard refuses; documents read it, and the guards may say nothing else. */
export const refusalsOfGuard = {
  permit: ['AUTHORITY_MISSING'],
  no_open_twin: ['OPEN_TWIN'],
  meeting_known: ['MEETING_UNKNOWN'],
  worker_named: ['WORKER_MISSING'],
  first_contact: ['CONTACT_MISSING'],
  wake_date: ['WAKE_DATE_MISSING'],
  reason_codes: ['REASON_MISSING', 'REASON_IS_NO_RETURN'],
  questioned_before_301: ['ASK_FIRST'],
  fitting_desk_named: ['FITTING_DESK_MISSING'],
  talk_recorded: ['TALK_MISSING'],
  first_return_of_journey: ['SECOND_RETURN'],
  keeps_doing: ['KEEPS_DOING_MISSING'],
  outcome_code: ['OUTCOME_MISSING'],
  person_informed: ['PERSON_NOT_INFORMED'],
  result_recorded: ['RESULT_MISSING'],
  said_to_whom: ['SAID_TO_WHOM_MISSING'],
  both_asked: ['STATE_NOT_THERE'],
  hop_limit: ['HOP_LIMIT'],
  sent_back_once: ['SENT_BACK_ALREADY'],
  never_accepted: ['ACCEPTED_ALREADY'],
} as const satisfies Record<Guard, readonly RefusedCode[]>;
