// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from './business-calendar';

/** A row of master data with its first and last day, each `YYYY-MM-DD`. */
export interface DatedRow {
  readonly validFrom: string;
  /** Absent = until others follow. */
  readonly validTo?: string | undefined;
  /** `false` = switched off, whatever the day. */
  readonly active?: boolean | undefined;
}

export const isRowInForce = ({ active, validFrom, validTo }: DatedRow, day: string): boolean =>
  active !== false && validFrom <= day && (validTo === undefined || day <= validTo);

/** What becomes of the rows on file when others begin on this day: those then in force end, later ones go before them. */
export function succeeding<T extends DatedRow>(
  rows: readonly T[],
  validFrom: string,
): { readonly ended: readonly T[]; readonly validTo: string | undefined } {
  const everInForce = rows.filter((r) => r.validTo === undefined || r.validTo >= r.validFrom);
  const next = everInForce.map((r) => r.validFrom).filter((day) => day > validFrom);
  return {
    ended: everInForce.filter((r) => r.validFrom <= validFrom && (r.validTo === undefined || r.validTo >= validFrom)),
    validTo: next.length === 0 ? undefined : addDays(next.sort()[0] as string, -1),
  };
}
