// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';
import { startRefusals } from './catalogue';

/** The hub does not start like this. `remedy` is for the person at the terminal. */
export class StartRefusedError extends DomainError {
  readonly remedy: string;

  constructor(override readonly code: keyof typeof startRefusals) {
    super(`${code}: ${startRefusals[code]}`);
    this.remedy = startRefusals[code];
  }
}
