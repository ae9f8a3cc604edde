// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

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
  | 'ACCEPTED_ALREADY';
