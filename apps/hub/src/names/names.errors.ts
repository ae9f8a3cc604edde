// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Whoever asks so often makes a list of everybody. */
export class TooManySearchesError extends DomainError {
  override readonly code = 'TOO_MANY_SEARCHES';

  constructor(readonly retryAfterSeconds: number) {
    super('too many searches in so short a time');
  }
}

/** A desk has more than it may be asked to sort. */
export class TooManyToSortError extends DomainError {
  override readonly code = 'TOO_MANY_TO_SORT';

  constructor() {
    super('too many referrals to sort their persons by kana');
  }
}

/** Whoever asks is shown this name without a second person. */
export class RevealNotNeededError extends DomainError {
  override readonly code = 'REVEAL_NOT_NEEDED';

  constructor() {
    super('the name is shown without a second person');
  }
}
