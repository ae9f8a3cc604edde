// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { GaijiTable } from '@tsunagi/plugin-sdk';

/** What the settings say about judging a row. */
export interface IntakeRules {
  readonly gaiji: GaijiTable;
  /** 証記載保険者番号 that are taken; empty = all. */
  readonly insurers: readonly string[];
}
