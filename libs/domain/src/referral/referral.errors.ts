// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '../errors/domain.error';
import type { RefusedCode } from './refused-code';
import type { Transition } from './referral.transitions';
import type { ReferralState } from './referral.states';

/** No arrow leaves this state by this action. */
export class ReferralNotThereError extends DomainError {
  override readonly code = 'STATE_NOT_THERE' satisfies RefusedCode;

  constructor(state: ReferralState, action: Transition['action']) {
    super(`no step '${action}' leaves the state '${state}'`);
  }
}

/** The arrow exists, but its actor or a guard refuses. */
export class StepRefusedError extends DomainError {
  constructor(override readonly code: RefusedCode) {
    super(`the step is refused: ${code}`);
  }
}
