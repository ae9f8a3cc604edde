// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Two changed the same conference at once; the other one was first. */
export class ConferenceChangedError extends DomainError {
  override readonly code = 'VERSION_CONFLICT';

  constructor() {
    super('the conference has been changed in the meantime');
  }
}
