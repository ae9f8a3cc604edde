// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Base of the errors of this library. `code` is for programs; no message ever holds a value from a record. */
export abstract class LegacyError extends Error {
  abstract readonly code: string;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** A character has no place in CP932. Never answered with a `?`. */
export class UnencodableError extends LegacyError {
  readonly code = 'UNENCODABLE';

  /** @param codePoint such as `U+20BB7`: one character, not the value it stands in. */
  constructor(
    readonly fieldName: string,
    readonly codePoint: string,
  ) {
    super(`${fieldName}: ${codePoint} cannot be written in CP932`);
  }
}

/** A value to be written holds a control character or the 0x27 that these files forbid. */
export class ForbiddenCharacterError extends LegacyError {
  readonly code = 'E-ATTR';

  constructor(readonly fieldName: string) {
    super(`${fieldName}: holds a forbidden character`);
  }
}

/** A value of a control record to be written is not of its form. */
export class ControlRecordError extends LegacyError {
  readonly code = 'E-CONTROL';

  /** @param field 1-based place in the control record. */
  constructor(readonly field: number) {
    super(`control record: value ${field} is not of its form`);
  }
}

/** A value to be written into a fixed-length record takes more bytes than its field has. Never cut. */
export class FieldWidthError extends LegacyError {
  readonly code = 'E-LENGTH';

  constructor(readonly fieldName: string) {
    super(`${fieldName}: is wider than its field`);
  }
}

/** A value of a header record to be written is not of its form. */
export class HeaderRecordError extends LegacyError {
  readonly code = 'E-HEADER';

  /** @param field 1-based place in the header record. */
  constructor(readonly field: number) {
    super(`header record: value ${field} is not of its form`);
  }
}

/** A date handed over for writing is not a real `YYYY-MM-DD`. */
export class InvalidDateError extends LegacyError {
  readonly code = 'E-DATE';

  constructor() {
    super('not a real date of the form YYYY-MM-DD');
  }
}

/** Concern flags are not of the expected length, or hold something other than 0, 1 and 2. */
export class ConcernFlagsError extends LegacyError {
  readonly code = 'E-CODE';

  /** @param boxes how many flags were expected. */
  constructor(readonly boxes: number) {
    super(`not ${boxes} flags of 0, 1 and 2`);
  }
}
