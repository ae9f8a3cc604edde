// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { parseYmd } from '@tsunagi/plugin-sdk';

const form = /^([0-9]{4})-([0-9]{2})-([0-9]{2})[ T]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(\.[0-9]+)?$/;

/**
 * A `timestamp` without zone, as PostgreSQL writes it, is local time in Japan: `2026-11-21 09:30:00.123456` as RFC 3339
 * with +09:00 and at most milliseconds. Null for anything else, `infinity`, years before Christ and the years 0001 and
 * 9999 that stand for "none" included.
 */
export function fromJapaneseTimestamp(text: string): string | null {
  const [, year, month, day, hour, minute, second, fraction = ''] = form.exec(text) ?? [];
  const date = parseYmd(`${year}${month}${day}`);
  return date.ok && isOfOurTimes(date.date)
    ? `${date.date}T${hour}:${minute}:${second}${fraction.slice(0, 4)}+09:00`
    : null;
}

/** Days that records of living people hold; others are a system's way to say "none". */
export function isOfOurTimes(day: string): boolean {
  return /^(1[89]|2[01])/.test(day);
}

/** Local time in Japan without zone, to the second, for a column of type `timestamp`. */
export function japaneseTimestamp(at: Date): string {
  return japaneseMoment(at).slice(0, 19);
}

/** The same to the millisecond: what happened in one second keeps its order. */
export function japaneseMoment(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ');
}
