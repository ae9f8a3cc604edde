// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** The same code, login or name is taken. */
export class AlreadyThereError extends DomainError {
  override readonly code = 'ALREADY_THERE';

  constructor() {
    super('the same one is there already');
  }
}

export class PeriodOverlapsError extends DomainError {
  override readonly code = 'PERIOD_OVERLAPS';

  constructor() {
    super('the same one is registered for overlapping days');
  }
}

/** What is past is past: it is what records were made on. */
export class PeriodPastError extends DomainError {
  override readonly code = 'PERIOD_PAST';

  constructor() {
    super('a day in the past cannot be changed');
  }
}

/** It names something that is not there. */
export class ReferenceUnknownError extends DomainError {
  override readonly code = 'REFERENCE_UNKNOWN';
  readonly reason = 'REFERENCE_UNKNOWN';

  constructor(readonly pointer: string) {
    super('a reference leads nowhere');
  }
}

/** A channel names a plugin that no host has ever brought: what is sent there would wait unseen. */
export class PluginUnknownError extends DomainError {
  override readonly code = 'REFERENCE_UNKNOWN';
  readonly reason = 'PLUGIN_UNKNOWN';
  readonly pointer = '/channel';

  constructor(readonly known: readonly string[]) {
    super('a channel leads to no plugin');
  }
}

/** Nobody gives themselves anything, nor lengthens it. */
export class OwnAccountError extends DomainError {
  override readonly code = 'OWN_ACCOUNT';

  constructor() {
    super('what one holds somebody else has given');
  }
}

/**
 * Members and clients of an organization work only at functions that it operates, and hold for the whole municipality only
 * what their body may.
 */
export class OtherEmployerError extends DomainError {
  override readonly code = 'OTHER_EMPLOYER';

  constructor() {
    super('their organization does not operate the function in that time');
  }
}

export class NothingToAcknowledgeError extends DomainError {
  override readonly code = 'NOTHING_TO_ACKNOWLEDGE';

  constructor() {
    super('there is no secrecy to acknowledge here');
  }
}
