// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** A plugin's account speaks for another plugin, or names a host that is not its own. */
export class ForgedHostError extends DomainError {
  override readonly code = 'FORGED_HOST';

  constructor() {
    super('a plugin speaks for a host or plugin that is not its own');
  }
}

export class CheckNeededError extends DomainError {
  override readonly code = 'CHECK_NEEDED';

  constructor() {
    super('enabling needs a passed check');
  }
}

export class HostAwayError extends DomainError {
  override readonly code = 'HOST_AWAY';

  constructor() {
    super('no host holds this plugin just now');
  }
}

export class CheckUnansweredError extends DomainError {
  override readonly code = 'CHECK_UNANSWERED';

  constructor() {
    super('the host did not answer the check in time');
  }
}
