// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** No token, no session, or one that does not count (any more). All look alike. */
export class NotSignedInError extends DomainError {
  override readonly code = 'NOT_SIGNED_IN';

  constructor() {
    super('there is no valid token or session');
  }
}

/** Name and password, or client id and secret, do not fit. Says not which. */
export class CredentialsRefusedError extends DomainError {
  constructor(override readonly code: 'CREDENTIALS_REFUSED' | 'CLIENT_REFUSED') {
    super('the credentials do not fit');
  }
}

export class TooManyAttemptsError extends DomainError {
  override readonly code = 'TOO_MANY_ATTEMPTS';

  constructor(readonly retryAfterSeconds: number) {
    super('too many failed attempts for this name');
  }
}

export class RoleMissingError extends DomainError {
  override readonly code = 'ROLE_MISSING';

  constructor() {
    super('the caller holds none of the roles this needs');
  }
}

/** A request by cookie that changes something must carry `Tsunagi-Request`. */
export class RequestHeaderMissingError extends DomainError {
  override readonly code = 'REQUEST_HEADER_MISSING';

  constructor() {
    super('a change by session needs the header Tsunagi-Request');
  }
}

/** `Tsunagi-Function` names no function of the caller; unknown and foreign look alike. */
export class FunctionNotYoursError extends DomainError {
  override readonly code = 'FUNCTION_NOT_YOURS';

  constructor() {
    super('the caller does not belong to the function named');
  }
}

/** Who belongs to several functions says for which one this is. */
export class FunctionNeededError extends DomainError {
  override readonly code = 'FUNCTION_NEEDED';

  constructor() {
    super('the header Tsunagi-Function is needed');
  }
}

/** The first password was made by somebody else: until it is changed it opens nothing. */
export class PasswordChangeNeededError extends DomainError {
  override readonly code = 'PASSWORD_CHANGE_NEEDED';

  constructor() {
    super('the first password must be changed');
  }
}

export class PasswordUnchangedError extends DomainError {
  override readonly code = 'PASSWORD_UNCHANGED';

  constructor() {
    super('the new password is the old one, or the name');
  }
}
