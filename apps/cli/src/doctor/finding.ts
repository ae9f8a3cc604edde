// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export type Verdict = 'ok' | 'warning' | 'failure';

/** One thing the doctor has looked at. */
export interface Finding {
  readonly name: string;
  readonly verdict: Verdict;
  readonly says: string;
  /** What to do, unless all is well. */
  readonly remedy?: string;
}

/** A failed attempt as a finding in the words of the catalogue. */
export const failed = (name: string, { says, remedy }: { says: string; remedy: string }): Finding => ({
  name,
  verdict: 'failure',
  says,
  remedy,
});
