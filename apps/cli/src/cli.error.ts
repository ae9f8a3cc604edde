// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What the person at the terminal has to know: a code of the catalogue in `texts.ts` and what fills its blanks. */
export class CliError extends Error {
  constructor(
    readonly code: CliErrorCode,
    /** Paths, names and codes; never a secret or a personal datum. */
    readonly blanks: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    this.name = 'CliError';
  }
}

export type CliErrorCode =
  | 'ACCESS_MISSING'
  | 'ACCESS_UNREADABLE'
  | 'BROKER_AWAY'
  | 'CONFIG_INVALID'
  | 'CONFIG_UNREADABLE'
  | 'DATABASE_AWAY'
  | 'DATABASE_GIVEN_UP'
  | 'DATABASE_NOT_STARTED'
  | 'DATA_DIR_IN_USE'
  | 'DATA_DIR_OF_OTHERS'
  | 'DIRECTORY_UNUSABLE'
  | 'HUB_AWAY'
  | 'HUB_REFUSED'
  | 'HUB_STRANGE'
  | 'NEEDS_AMQP_URL'
  | 'NEEDS_DATABASE_URL'
  | 'ONE_URL_ONLY'
  | 'OPTION_INVALID'
  | 'PLUGIN_REFUSED'
  | 'PORT_TAKEN'
  | 'REFERRAL_UNKNOWN'
  | 'SANDBOX_ABSENT'
  | 'URL_NOT_TAKEN';
