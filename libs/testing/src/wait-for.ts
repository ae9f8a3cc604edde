// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { setTimeout as pause } from 'node:timers/promises';

export interface WaitOptions {
  /** What is awaited, for the message when it does not come. */
  what: string;
  /** @default 10000 */
  timeoutMs?: number;
  /** @default 20 */
  everyMs?: number;
}

/**
 * Asks until the condition returns something truthy, and returns that. Specs wait with this instead of sleeping.
 * A condition that throws counts as "not yet"; its last error is the cause of ours.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs = 10_000, everyMs = 20 }: WaitOptions,
): Promise<Exclude<Awaited<T>, false | 0 | '' | null | undefined>> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value as Exclude<Awaited<T>, false | 0 | '' | null | undefined>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() >= deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`, { cause });
    await pause(everyMs);
  }
}
