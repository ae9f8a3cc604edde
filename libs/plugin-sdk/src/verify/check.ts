// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Bench } from './bench';

/** One promise of a plugin, as it is checked and as people read it. */
export interface Check {
  readonly name: string;
  /** What holds of a plugin that passes, in Japanese. */
  readonly sentence: string;
  /** What to do where it does not. */
  readonly remedy: string;
  /** What was found wrong: places and codes, never a value. Empty: nothing. */
  readonly run: (bench: Bench) => Promise<readonly string[]>;
}
