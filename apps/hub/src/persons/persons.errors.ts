// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Nobody has confirmed enough that two persons are one. */
export class MatchNotConfirmedError extends DomainError {
  override readonly code = 'MATCH_NOT_CONFIRMED';

  constructor() {
    super('fewer than two further items agree');
  }
}
