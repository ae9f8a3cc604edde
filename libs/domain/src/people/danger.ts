// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** `from` endangers the person: somebody known, or everybody of the household. It works for both of them. */
export interface Danger {
  readonly person: string;
  /** The hub's person, or `household`. */
  readonly from: string;
}
