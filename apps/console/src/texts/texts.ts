// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ja } from './ja';

/** Every word of the console. English says the same in the same places. */
export type Texts = Worded<typeof ja>;
/** The same places, in whatever words. */
export type Worded<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : T[K] extends string
      ? string
      : Worded<T[K]>;
};
