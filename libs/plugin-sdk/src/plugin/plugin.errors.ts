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

/** Settings do not fit the plugin's schema. Pointers and codes only: a setting's value may be a mistyped secret. */
export class BadConfigError extends Error {
  readonly code = 'BAD_CONFIG';

  constructor(readonly issues: readonly { readonly pointer: string; readonly code: string }[]) {
    super(`settings refused: ${issues.map((issue) => `${issue.pointer} ${issue.code}`).join(', ')}`);
    this.name = 'BadConfigError';
  }
}
