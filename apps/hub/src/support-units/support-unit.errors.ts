// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Two changed the same unit at once; the other one was first. */
export class UnitChangedError extends DomainError {
  override readonly code = 'VERSION_CONFLICT';

  constructor() {
    super('the support unit has been changed in the meantime');
  }
}

/** A text holds what may be a マイナンバー. */
export class UnitTextRefusedError extends DomainError {
  override readonly code = 'SUBMISSION_REJECTED';
  readonly reason = 'S-MYNUMBER';

  constructor(readonly pointer: string) {
    super('a text of the step is refused');
  }
}
