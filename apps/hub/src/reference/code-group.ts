// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** One table of the page of codes. The first column is the code. */
export interface CodeGroup {
  readonly id: string;
  readonly title: string;
  readonly english: string;
  /** Where a reader meets these codes. */
  readonly appears: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
