// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Failures that count together. */
const windowMs = 15 * 60_000;
const allowed = 5;
/** Names remembered at once; a flood of made-up names must not fill the memory. */
const names = 10_000;

/**
 * Slows guessing of passwords: after five failures within 15 minutes a name has to wait. Kept in memory, so each instance
 * counts for itself: with n instances an attacker gets at most 5 n tries a quarter of an hour, and a restart forgets.
 */
export class LoginThrottle {
  private readonly failures = new Map<string, number[]>();

  /** Seconds this name has to wait; 0 = go on. */
  waitFor(name: string, now: number): number {
    const recent = this.recent(name, now);
    const oldest = recent[recent.length - allowed];
    return oldest === undefined ? 0 : Math.ceil((oldest + windowMs - now) / 1000);
  }

  failed(name: string, now: number): void {
    const recent = [...this.recent(name, now), now].slice(-allowed);
    this.failures.delete(name);
    this.failures.set(name, recent);
    const [first] = this.failures.keys();
    if (this.failures.size > names && first !== undefined) this.failures.delete(first);
  }

  succeeded(name: string): void {
    this.failures.delete(name);
  }

  private recent(name: string, now: number): number[] {
    return (this.failures.get(name) ?? []).filter((at) => at > now - windowMs);
  }
}
