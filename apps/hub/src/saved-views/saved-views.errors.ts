// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Absent, or another's: nobody learns which. */
export class ViewUnknownError extends DomainError {
  override readonly code = 'NOT_FOUND';

  constructor() {
    super('no such view for this caller');
  }
}

/** A list that nobody reads to its end helps nobody, and each is counted. */
export class TooManyViewsError extends DomainError {
  override readonly code = 'TOO_MANY_VIEWS';

  constructor() {
    super('the function, or the person, has as many views as it may');
  }
}
