// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** Nobody has confirmed enough that two persons are one. */
export class MatchNotConfirmedError extends DomainError {
  override readonly code = 'MATCH_NOT_CONFIRMED';

  constructor() {
    super('nobody has confirmed that two further items agree');
  }
}

/** One system has two numbers for them. */
export class NumbersDifferError extends DomainError {
  override readonly code = 'NUMBERS_DIFFER';

  constructor() {
    super('both have a number of one system');
  }
}

/** Whoever asks for it does not judge it. */
export class OwnRequestError extends DomainError {
  override readonly code = 'OWN_REQUEST';

  constructor() {
    super('what somebody has asked for somebody else judges');
  }
}

/** Whoever asks may be the danger that is recorded: nobody but the person gets a page in hand. */
export class DangerRecordedError extends DomainError {
  override readonly code = 'DANGER_RECORDED';

  constructor() {
    super('a danger is recorded');
  }
}

/** It has been answered, once and for all. */
export class RequestAnsweredError extends DomainError {
  override readonly code = 'REQUEST_ANSWERED';

  constructor() {
    super('the request is answered');
  }
}

/** Whoever is not the person is answered by the 個人情報保護担当 alone. */
export class ReviewNeededError extends DomainError {
  override readonly code = 'REVIEW_NEEDED';

  constructor() {
    super('the request is not of the person');
  }
}
