// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** One row in natural keys, as it can be held against the same row of another town. */
export interface Line {
  /** What it is about: two lines may be about the same. */
  readonly of: string;
  readonly says: Readonly<Record<string, unknown>>;
}

const shown = 12;

/** What of `found` is not as `expected`, whatever the order: a sentence for each thing that differs, the first few of them. */
export function difference(expected: readonly Line[], found: readonly Line[]): string[] {
  const [before, after] = [byName(expected), byName(found)];
  const sentences = [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .flatMap((name) => compare(name, before.get(name) ?? [], after.get(name) ?? []));
  const more = sentences.length - shown;
  return more > 0 ? [...sentences.slice(0, shown), `… and ${more} more`] : sentences;
}

function compare(name: string, expected: readonly string[], found: readonly string[]): string[] {
  const missing = without(expected, found);
  const extra = without(found, expected);
  const [one, other] = [missing[0], extra[0]];
  if (one === undefined && other === undefined) return [];
  if (missing.length === 1 && extra.length === 1 && one !== undefined && other !== undefined)
    return [`${name}: ${changes(one, other).join(', ')}`];
  return [
    ...missing.map((line) => `${name}: missing (${found.length} of ${expected.length}) ${line}`),
    ...extra.map((line) => `${name}: too much (${found.length} for ${expected.length}) ${line}`),
  ];
}

function changes(one: string, other: string): string[] {
  const [before, after] = [one, other].map((text) => JSON.parse(text) as Record<string, unknown>);
  const columns = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return columns.flatMap((column) => {
    const [was, is] = [JSON.stringify(before?.[column]), JSON.stringify(after?.[column])];
    return was === is ? [] : [`${column} ${was} → ${is}`];
  });
}

function byName(lines: readonly Line[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { of, says } of lines) {
    const same = found.get(of);
    if (same) same.push(JSON.stringify(says));
    else found.set(of, [JSON.stringify(says)]);
  }
  return found;
}

/** Each as often as it stands in `these` and not in `those`. */
function without(these: readonly string[], those: readonly string[]): string[] {
  const left = [...those];
  return these.filter((text) => {
    const at = left.indexOf(text);
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
}
