// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What the person at the terminal has to know: a code of the catalogue in `texts.ts` and what fills its blanks. */
export class CliError extends Error {
  constructor(
    readonly code: CliErrorCode,
    /** Paths, names and codes; never a secret or a personal datum. */
    readonly blanks: Readonly<Record<string, string>> = {},
    /** Where something is wrong, one line each: places and codes, never a value. */
    readonly faults: readonly Fault[] = [],
  ) {
    super(code);
    this.name = 'CliError';
  }
}

/** One place that is wrong. */
export interface Fault {
  /** A JSON pointer, a row, a variable. */
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

export type CliErrorCode =
  | 'ACCESS_MISSING'
  | 'ACCESS_UNREADABLE'
  | 'ARGUMENTS_TOO_MANY'
  | 'ARGUMENT_MISSING'
  | 'AUTHORITY_NOT_ONE'
  | 'AUTHORITY_UNKNOWN'
  | 'BROKER_AWAY'
  | 'CANDIDATE_FAILED'
  | 'CANDIDATE_OTHER'
  | 'CANDIDATE_REFUSED'
  | 'COMMAND_LINE_INVALID'
  | 'COMMAND_UNKNOWN'
  | 'CONFIG_INVALID'
  | 'CONFIG_UNREADABLE'
  | 'DATABASE_AWAY'
  | 'DATABASE_GIVEN_UP'
  | 'DATABASE_NOT_STARTED'
  | 'DATA_DIR_IN_USE'
  | 'DATA_DIR_OF_OTHERS'
  | 'DIRECTORY_UNUSABLE'
  | 'FILE_NOT_CSV'
  | 'FILE_NOT_JSON'
  | 'FILE_NOT_TAKEN'
  | 'FILE_THERE'
  | 'FILE_TOO_LARGE'
  | 'FILE_UNREADABLE'
  | 'HUB_AWAY'
  | 'HUB_REFUSED'
  | 'HUB_STRANGE'
  | 'INIT_DONE'
  | 'INIT_UNWRITABLE'
  | 'KIND_UNKNOWN'
  | 'NAME_UNKNOWN'
  | 'NEEDS_AMQP_URL'
  | 'NEEDS_DATABASE_URL'
  | 'ONE_URL_ONLY'
  | 'OPTION_INVALID'
  | 'OPTION_MISSING'
  | 'OPTION_UNKNOWN'
  | 'OPTION_WITHOUT_VALUE'
  | 'PASSWORD_NEEDED'
  | 'PLUGIN_CONFIG_INVALID'
  | 'PLUGIN_DIR_THERE'
  | 'PLUGIN_KIT_MISSING'
  | 'PLUGIN_NAME_INVALID'
  | 'PLUGIN_NOT_CONNECTED'
  | 'PLUGIN_NOT_WRITTEN'
  | 'PLUGIN_PACKAGE_MISSING'
  | 'PLUGIN_REFUSED'
  | 'PORT_TAKEN'
  | 'HOST_PORT_TAKEN'
  | 'SANDBOX_PORT_TAKEN'
  | 'READS_NO_FILES'
  | 'PERSON_UNKNOWN'
  | 'DELIVERY_UNKNOWN'
  | 'ROW_UNKNOWN'
  | 'REFERRAL_UNKNOWN'
  | 'SANDBOX_ABSENT'
  | 'URL_NOT_TAKEN'
  | 'VALUE_NOT_ALLOWED';
