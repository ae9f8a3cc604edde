// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '../errors/domain.error';

/** Why a step of a conference is refused. The hub has one sentence and one HTTP status for each. */
export type ConferenceRefusal =
  /** As one that does not exist: of a conference, a part, an item or a person that is not theirs nobody learns. */
  | 'NOT_FOUND'
  | 'CONFERENCE_STATE'
  | 'CONFERENCE_NOT_HELD_THERE'
  | 'CONFERENCES_APART'
  | 'NO_PERSONS_HERE'
  | 'PERSONS_NEEDED'
  | 'MEMBER_UNKNOWN'
  | 'SEAT_MISSING'
  | 'SECRECY_UNACKNOWLEDGED'
  | 'NOT_YOUR_PART'
  | 'NOT_PROMOTABLE'
  | 'CONSENT_NEEDED'
  | 'REVIEW_DATE';

export class ConferenceRefusedError extends DomainError {
  constructor(override readonly code: ConferenceRefusal) {
    super(`the step of a conference is refused: ${code}`);
  }
}
