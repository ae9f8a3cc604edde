// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** A moment as Japan's clocks show it (UTC+9, no summer time): `YYYYMMDD` and `HHMMSS`. */
export function japaneseMoment(at: Date): { day: string; time: string } {
  const local = new Date(at.getTime() + 9 * 3_600_000).toISOString().replace(/[-:]/g, '');
  return { day: local.slice(0, 8), time: local.slice(9, 15) };
}
