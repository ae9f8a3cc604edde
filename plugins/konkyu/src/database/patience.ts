// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** How much of the office's database the plugin takes, and how long it waits for it. */
export interface Patience {
  readonly connections: number;
  readonly connectMs: number;
  readonly queryMs: number;
  readonly idleMs: number;
}

export const patienceWithOffices: Patience = {
  /** One pass of a source and one batch of the sink. */
  connections: 2,
  connectMs: 5_000,
  queryMs: 20_000,
  idleMs: 30_000,
};
