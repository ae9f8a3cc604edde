// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** The plugin is being disabled: the source leaves everything where it is. */
export class IntakeStoppedError extends Error {
  readonly code = 'INTAKE_STOPPED';

  constructor() {
    super('the plugin is being disabled');
    this.name = 'IntakeStoppedError';
  }
}

/** The plugin has a setting under a name that is the hub's: it would never be given it. */
export class ReservedSettingError extends Error {
  readonly code = 'RESERVED_SETTING';

  constructor(readonly setting: string) {
    super(`the setting "${setting}" is the hub's own`);
    this.name = 'ReservedSettingError';
  }
}

/** What is wrong with a setting, by its place. */
export interface ConfigIssue {
  readonly pointer: string;
  readonly code: string;
  /** The words of a rule that the plugin itself has written; they hold no value. */
  readonly hint?: string;
}

/** Settings do not fit the plugin's schema. No values: one may be a mistyped secret. */
export class BadConfigError extends Error {
  readonly code = 'BAD_CONFIG';

  constructor(readonly issues: readonly ConfigIssue[]) {
    super(`settings refused: ${issues.map((issue) => `${issue.pointer} ${issue.code}`).join(', ')}`);
    this.name = 'BadConfigError';
  }
}
