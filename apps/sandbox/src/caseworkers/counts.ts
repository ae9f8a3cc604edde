// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Code → how many there are of it. */
export type Counts = Readonly<Record<string, number>>;

export function countOf(codes: readonly string[]): Counts {
  return codes.reduce<Counts>((counts, code) => addCounts(counts, { [code]: 1 }), {});
}

export function addCounts(one: Counts, other: Counts): Counts {
  const added = Object.entries(other).map(([code, count]) => [code, count + (one[code] ?? 0)] as const);
  return { ...one, ...Object.fromEntries(added) };
}
