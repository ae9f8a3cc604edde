// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Whoever asks is shown this name without a second person. */
export class RevealNotNeededError extends DomainError {
  override readonly code = 'REVEAL_NOT_NEEDED';

  constructor() {
    super('the name is shown without a second person');
  }
}
