// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomFillSync } from 'node:crypto';

/** Fetched for many at once: each call of the system's generator costs more than the rest of an id or a nonce. */
const stock = Buffer.alloc(4096);
let used = stock.length;

/** So many random bytes, never given twice; to be used up before anybody asks again. */
export function randomSlice(bytes: number): Buffer {
  if (used + bytes > stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  return stock.subarray(used, (used += bytes));
}
