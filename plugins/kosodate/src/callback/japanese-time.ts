// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** RFC 3339 as Japan's clocks show it. */
export function japaneseTime(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().replace(/\.\d{3}Z$/, '+09:00');
}
