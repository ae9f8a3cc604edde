// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '../errors/domain.error';

/** Why a change of lead or of a unit is refused. The hub has one sentence and one HTTP status for each. */
export type LeadRefusal =
  | 'LEAD_NOT_YOURS'
  | 'LEAD_NOT_OFFERED'
  | 'LEAD_ALREADY'
  | 'CONFERENCE_NOT_YOURS'
  /** It is not there, is of others, or was not held: one word for all. */
  | 'CONFERENCE_UNKNOWN'
  | 'PERSON_NOT_INFORMED'
  | 'LEAD_DATE_AHEAD'
  /** One word for all that is wrong with a selection of members: it must not tell whom the caller does not see. */
  | 'UNIT_NOT_DIVISIBLE'
  | 'LEADS_DIFFER'
  /** As one that does not exist: which desks are at work with somebody is not told. */
  | 'FUNCTION_UNKNOWN';

export class LeadRefusedError extends DomainError {
  constructor(override readonly code: LeadRefusal) {
    super(`the change of a support unit is refused: ${code}`);
  }
}
