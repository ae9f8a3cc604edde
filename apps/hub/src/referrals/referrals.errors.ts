// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Two moved the same referral at once; the other one was first. */
export class VersionConflictError extends DomainError {
  override readonly code = 'VERSION_CONFLICT';

  constructor() {
    super('the referral has been changed in the meantime');
  }
}

/** Absent, or not for this caller: nobody learns which. */
export class ReferralUnknownError extends DomainError {
  override readonly code = 'NOT_FOUND';

  constructor() {
    super('no such referral for this caller');
  }
}

/** The same Idempotency-Key with other content. */
export class IdempotencyKeyReusedError extends DomainError {
  override readonly code = 'IDEMPOTENCY_KEY_REUSED';

  constructor() {
    super('the Idempotency-Key was used with other content');
  }
}

export class IdempotencyKeyMissingError extends DomainError {
  override readonly code = 'IDEMPOTENCY_KEY_MISSING';

  constructor() {
    super('the Idempotency-Key header is missing');
  }
}

/** What a client sent was not taken: it fits the schema, but not this sender. */
export class SubmissionRejectedError extends DomainError {
  override readonly code = 'SUBMISSION_REJECTED';

  constructor(
    readonly reason: string,
    readonly pointer: string | undefined,
  ) {
    super(`the submission is rejected: ${reason}`);
  }
}

/** What was typed is no code, or there is a slip in it. It says nothing of whether there is such a referral. */
export class CodeMistypedError extends DomainError {
  override readonly code = 'CODE_MISTYPED';

  constructor() {
    super('what was typed is not the code of a sheet');
  }
}

/** There is no sheet of this referral for this caller to print: it goes by none, has not left, or may not be seen any more. */
export class NothingToPrintError extends DomainError {
  override readonly code = 'NOTHING_TO_PRINT';

  constructor() {
    super('there is nothing to print of this referral');
  }
}

/** This to-do is done when its referral moves on, not by saying so. */
export class TodoNotTickableError extends DomainError {
  override readonly code = 'TODO_NOT_TICKABLE';

  constructor() {
    super('the to-do waits for its referral to move on');
  }
}

/** What became of recalled data has to be said. */
export class DispositionMissingError extends DomainError {
  override readonly code = 'DISPOSITION_MISSING';

  constructor() {
    super('what became of the recalled data is not said');
  }
}

/** The same key was accepted with other content. */
export class ConflictingContentError extends DomainError {
  override readonly code = 'CONTENT_CONFLICT';

  constructor(readonly reason: string) {
    super(`the submission conflicts: ${reason}`);
  }
}

/** Nothing of this referral waits to be written, or it would not be written now. */
export class NothingProposedError extends DomainError {
  override readonly code = 'NOTHING_PROPOSED';

  constructor() {
    super('nothing of this referral waits for its desk');
  }
}
