// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Absent, or another desk's: nobody learns which. */
export class RecommendationUnknownError extends DomainError {
  override readonly code = 'NOT_FOUND';

  constructor() {
    super('no such recommendation for this caller');
  }
}

/** Somebody else has recorded an answer in the meantime. */
export class RecommendationChangedError extends DomainError {
  override readonly code = 'VERSION_CONFLICT';

  constructor() {
    super('the recommendation has been changed in the meantime');
  }
}

/** The person has said yes or no: what comes later is another recommendation. */
export class RecommendationAnsweredError extends DomainError {
  override readonly code = 'RECOMMENDATION_ANSWERED';

  constructor() {
    super('the recommendation is answered for good');
  }
}

/** 8条 binds the departments of the municipality, and gives nobody else a duty. */
export class NotBoundToRecommendError extends DomainError {
  override readonly code = 'RECOMMENDATION_NOT_HERE';

  constructor() {
    super('only a department of the municipality recommends');
  }
}
