// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Only a demo has a clock that may be put forward. */
export class ClockNotMovableError extends DomainError {
  override readonly code = 'CLOCK_NOT_MOVABLE';

  constructor() {
    super('this hub is no demo: its clock cannot be moved');
  }
}

export class ClockRunsForwardError extends DomainError {
  override readonly code = 'CLOCK_RUNS_FORWARD';

  constructor() {
    super('a clock can only be put forward');
  }
}
