// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What one caseworker did in one step. */
export interface PlayedStep {
  /** Referrals, corrections and recalls taken in. */
  readonly taken: number;
  /** 対応区分 → answers given. */
  readonly answers: Readonly<Record<string, number>>;
}
