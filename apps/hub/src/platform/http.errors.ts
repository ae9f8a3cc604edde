// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';
import type { JsonFault } from '@tsunagi/text';
import type { z } from 'zod';

/** Absent, or not for this caller: the two look alike. */
export class NotFoundError extends DomainError {
  override readonly code = 'NOT_FOUND';

  constructor() {
    super('there is nothing here for this caller');
  }
}

/** Two pairs of eyes: whoever drafted it, or stands in for that person, does not decide on it. */
export class OwnDraftError extends DomainError {
  override readonly code = 'OWN_DRAFT';

  constructor() {
    super('the drafter does not decide');
  }
}

/** What came in does not fit its schema. Holds where and why, never the value. */
export class InvalidInputError extends DomainError {
  override readonly code = 'INVALID';

  constructor(
    readonly issues: readonly z.core.$ZodIssue[],
    /** Only for telling "absent" from "of another type"; never shown. */
    readonly input: unknown,
    /** Put in front of every pointer: `/query`, or nothing for a body. */
    readonly prefix = '',
  ) {
    super('the input does not fit its schema');
  }
}

/** The bytes of a request are refused before anybody parses them. */
export class UnreadableBodyError extends DomainError {
  constructor(override readonly code: JsonFault | 'BODY_TOO_LARGE' | 'BODY_MALFORMED' | 'BODY_TYPE') {
    super(`the body is refused: ${code}`);
  }
}
