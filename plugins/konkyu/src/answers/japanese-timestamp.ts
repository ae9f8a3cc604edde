// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { parseYmd } from '@tsunagi/plugin-sdk';

const form = /^([0-9]{4})-([0-9]{2})-([0-9]{2})[ T]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(\.[0-9]+)?$/;

/**
 * A `timestamp` without zone, as PostgreSQL writes it, is local time in Japan: `2026-11-21 09:30:00.123456` as RFC 3339
 * with +09:00 and at most milliseconds. Null for anything else, `infinity` and years before Christ included.
 */
export function fromJapaneseTimestamp(text: string): string | null {
  const [, year, month, day, hour, minute, second, fraction = ''] = form.exec(text) ?? [];
  const date = parseYmd(`${year}${month}${day}`);
  return date.ok ? `${date.date}T${hour}:${minute}:${second}${fraction.slice(0, 4)}+09:00` : null;
}
