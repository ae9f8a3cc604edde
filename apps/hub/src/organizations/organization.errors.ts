// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

export class FunctionUnknownError extends DomainError {
  override readonly code = 'FUNCTION_UNKNOWN';

  constructor() {
    super('no desk function has this id');
  }
}
