// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

type Version = readonly [major: number, minor: number, patch: number];

/** Does a version lie in a range of the forms `1.2.3`, `~1.2.3`, `^1.2.3`? Anything else is in no range. */
export function satisfiesRange(version: string, range: string): boolean {
  const [, operator = '', floor = ''] = /^([\^~]?)(.*)$/.exec(range) ?? [];
  const have = parseVersion(version);
  const want = parseVersion(floor);
  if (!have || !want || isLess(have, want)) return false;
  if (operator === '') return !isLess(want, have);
  if (have[0] !== want[0]) return false;
  // Before 1.0.0 a new minor version breaks; before 0.1.0 a new patch does.
  if (operator === '~' || want[0] === 0) {
    if (have[1] !== want[1]) return false;
    if (operator === '^' && want[0] === 0 && want[1] === 0) return have[2] === want[2];
  }
  return true;
}

function parseVersion(text: string): Version | undefined {
  const parts = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/.exec(text);
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : undefined;
}

function isLess(a: Version, b: Version): boolean {
  const place = a.findIndex((part, index) => part !== b[index]);
  return place !== -1 && a[place]! < b[place]!;
}
