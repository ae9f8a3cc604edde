// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Japan has one time zone without summer time; legacy systems write its wall clock without saying so. */
const japanOffsetMs = 9 * 3_600_000;

/** The day in Japan as `YYYYMMDD`, moved by whole days. */
export function japanYmd(at: Date, days = 0): string {
  return japanTimestamp(new Date(at.getTime() + days * 86_400_000))
    .slice(0, 10)
    .replaceAll('-', '');
}

/** The wall clock in Japan as `YYYY-MM-DD hh:mm:ss.mmm`, for a column without time zone. */
export function japanTimestamp(at: Date): string {
  return new Date(at.getTime() + japanOffsetMs).toISOString().slice(0, 23).replace('T', ' ');
}
