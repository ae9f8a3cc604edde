// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '../calendar/business-calendar';

/** From one day to another, both included, `YYYY-MM-DD`; without an end it goes on. */
export interface Period {
  readonly validFrom: string;
  readonly validTo?: string | null | undefined;
}

export function isInForce({ validFrom, validTo }: Period, day: string): boolean {
  return validFrom <= day && day <= endOf(validTo);
}

export function overlaps(one: Period, other: Period): boolean {
  return one.validFrom <= endOf(other.validTo) && other.validFrom <= endOf(one.validTo);
}

/** It ends before it begins: it never was. */
export const isEmpty = ({ validFrom, validTo }: Period): boolean => endOf(validTo) < validFrom;

/** An end may be moved until its day is over, and put no further back than yesterday: what was held was held. */
export const rewritesThePast = (
  today: string,
  before: string | null | undefined,
  after: string | null | undefined,
): boolean => endOf(before) < today || endOf(after) < addDays(today, -1);

const endOf = (day: string | null | undefined) => day ?? '9999-12-31';
