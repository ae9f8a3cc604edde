// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError, type NoGround } from '@tsunagi/domain';

/** Nothing can be recorded on this basis for this referral. */
export class NoGroundError extends DomainError {
  constructor(override readonly code: NoGround) {
    super('no row of the law lets this be recorded here');
  }
}

/** Its row asks for more than was said. */
export class GroundIncompleteError extends DomainError {
  override readonly code = 'GROUND_INCOMPLETE';

  constructor() {
    super('the row of the law asks for more');
  }
}

/** By 専決 another post decides. */
export class NotThePostError extends DomainError {
  override readonly code = 'NOT_THE_POST';

  constructor() {
    super('another post decides');
  }
}

/** Somebody has said the last word on it. */
export class GroundDecidedError extends DomainError {
  override readonly code = 'GROUND_DECIDED';

  constructor() {
    super('it has been decided on');
  }
}

export class GroundChangedError extends DomainError {
  override readonly code = 'VERSION_CONFLICT';

  constructor() {
    super('the ground has been changed in the meantime');
  }
}
