// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Nobody has to look at it: it is under way, has arrived, was taken back, or is of no use any more. */
export class DeliveryNotParkedError extends DomainError {
  override readonly code = 'DELIVERY_NOT_PARKED';

  constructor() {
    super('this delivery does not wait for anybody');
  }
}
