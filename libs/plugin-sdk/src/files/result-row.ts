// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ItemOutcome } from '@tsunagi/domain';

/** An input file as it lies in `processing/`. */
export interface InputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** One line of a result file. */
export interface ResultRow {
  /** 0 = the whole file. */
  readonly row: number;
  readonly label?: string | undefined;
  /** The hub's answer; `quarantined` = a fault of the row; `refused` = a fault of the file. */
  readonly outcome: ItemOutcome | 'quarantined' | 'refused';
  readonly code?: string | undefined;
  readonly field?: number | undefined;
  readonly referralId?: string | undefined;
}
