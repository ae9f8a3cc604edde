// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** One session listens at a few places, not at any number of them. */
export class TooManyStreamsError extends DomainError {
  override readonly code = 'TOO_MANY_STREAMS';

  constructor() {
    super('this session has as many event streams as it may have');
  }
}
