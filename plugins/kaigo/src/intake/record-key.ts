// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** What the care system knows its own record by; it travels as `source.echo` and comes back in every status. */
export interface RecordKey {
  readonly insurer: string;
  readonly insured: string;
  readonly externalNumber: string;
}

/** Longest 外部管理番号 of any system; ours has 20. */
export const longestNumber = 200;

const echo = z.tuple([z.string().max(8), z.string().max(10), z.string().max(longestNumber)]);

export function writeEcho({ insurer, insured, externalNumber }: RecordKey): string {
  return JSON.stringify([insurer, insured, externalNumber]);
}

/** `undefined` for anything that {@link writeEcho} did not write. */
export function readEcho(text: string | undefined): RecordKey | undefined {
  try {
    const [insurer, insured, externalNumber] = echo.parse(JSON.parse(text ?? ''));
    return { insurer, insured, externalNumber };
  } catch {
    return undefined;
  }
}

/** Does it fit where our own records have a 外部管理番号? */
export const isOwnForm = (externalNumber: string): boolean => /^[A-Z0-9-]{1,20}$/.test(externalNumber);

/** 外部管理番号 is unique per insurer. */
export function submissionKey({ insurer, externalNumber }: Omit<RecordKey, 'insured'>): string {
  return `${insurer}/${externalNumber}`;
}
