// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError, type NotEntitled } from '@tsunagi/domain';

/** Where the answer to each is given. */
const pointers: Readonly<Record<NotEntitled, string>> = {
  giver: '/giver',
  age: '/giver',
  document: '/capacity/document',
  powerForThis: '/capacity/powerForThis',
  parental: '/capacity/parental',
  otherParent: '/capacity/otherParent',
  child_view: '/capacity/childView',
  child_agrees: '/capacity/childAgrees',
  understood: '/capacity/understood',
};

/** Whoever gave it cannot decide for the person, or nothing shows it. */
export class GiverNotEntitledError extends DomainError {
  override readonly code = 'GIVER_NOT_ENTITLED';
  readonly reason: string = 'GIVER_NOT_ENTITLED';
  readonly pointer: string;

  constructor(because: NotEntitled) {
    super('the giver cannot decide for the person');
    this.pointer = pointers[because];
  }
}

/** No form of the function in this version is approved and in force. */
export class FormNotApprovedError extends DomainError {
  override readonly code = 'FORM_NOT_APPROVED';

  constructor() {
    super('the form is not approved, or used no more');
  }
}

export class ScriptMissingError extends DomainError {
  override readonly code = 'SCRIPT_MISSING';

  constructor() {
    super('what was read out is not recorded');
  }
}

export class SecondListenerMissingError extends DomainError {
  override readonly code = 'SECOND_LISTENER_MISSING';

  constructor() {
    super('nobody else has listened');
  }
}
