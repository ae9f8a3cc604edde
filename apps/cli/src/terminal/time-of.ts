// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** As clocks in Japan show it. */
export const timeOf = (moment: string) =>
  new Date(Date.parse(moment) + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
