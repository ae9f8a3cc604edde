// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Numbers that look random and are the same on every machine (mulberry32): a failure can be seen again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes of no form at all. */
export function junk(random: () => number, most = 400): Buffer {
  return Buffer.from(Array.from({ length: Math.floor(random() * most) }, () => Math.floor(random() * 256)));
}

/** A sound file with a few things wrong with it: cut, doubled, a byte changed, put in or taken out, pieces swapped. */
export function mutated(bytes: Uint8Array, random: () => number): Buffer {
  let found = Buffer.from(bytes);
  const at = () => Math.floor(random() * (found.length + 1));
  for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1) {
    const place = at();
    const [before, after] = [found.subarray(0, place), found.subarray(place)];
    const one = Buffer.of(Math.floor(random() * 256));
    const ways = [
      () => before,
      () => Buffer.concat([before, one, after]),
      () => Buffer.concat([before, after.subarray(1)]),
      () => Buffer.concat([before, one, after.subarray(1)]),
      () => Buffer.concat([found, before]),
      () => Buffer.concat([after, before]),
    ];
    found = Buffer.from(ways[Math.floor(random() * ways.length)]!());
  }
  return found;
}
