// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Two persons take a protection away, neither of them alone. */
export class SecondPersonNeededError extends DomainError {
  override readonly code = 'SECOND_PERSON_NEEDED';

  constructor() {
    super('whoever asks does not confirm it');
  }
}
