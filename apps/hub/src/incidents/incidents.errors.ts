// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Done already, not before another step, or nothing is left to do. */
export class IncidentStepError extends DomainError {
  override readonly code = 'INCIDENT_STEP';

  constructor() {
    super('the incident is not there yet, or past it');
  }
}
