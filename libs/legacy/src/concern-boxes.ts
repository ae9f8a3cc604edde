// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ConcernFlagsError } from './legacy.errors';

/** For each of the 12 boxes of a つなぐシート, the box of a 相談受付・申込票 it goes to (1–16). */
const SHEET_TO_FORM = [1, 1, 12, 1, 11, 3, 6, 2, 14, 16, 1, 16];
/** For each of the 16 boxes of a 相談受付・申込票, the box of a つなぐシート it goes to (1–12). */
const FORM_TO_SHEET = [1, 8, 6, 7, 7, 7, 6, 6, 12, 12, 5, 3, 12, 9, 7, 12];

/**
 * 12 flags (0 no, 1 yes, 2 most pressing) as 16. Where several boxes meet in one, the strongest stands.
 * The correspondence is this project's own.
 * @throws ConcernFlagsError
 */
export function concernsTo16(flags: string): string {
  return mapFlags(flags, SHEET_TO_FORM, 16);
}

/**
 * 16 flags as 12, likewise.
 * @throws ConcernFlagsError
 */
export function concernsTo12(flags: string): string {
  return mapFlags(flags, FORM_TO_SHEET, 12);
}

function mapFlags(flags: string, targets: readonly number[], boxes: number): string {
  if (flags.length !== targets.length || !/^[012]+$/.test(flags)) throw new ConcernFlagsError(targets.length);
  const mapped = Array.from({ length: boxes }, () => 0);
  targets.forEach((target, box) => {
    mapped[target - 1] = Math.max(mapped[target - 1]!, Number(flags[box]));
  });
  return mapped.join('');
}
