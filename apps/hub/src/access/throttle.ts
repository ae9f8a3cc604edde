// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What counts together, where nothing else is said. */
const windowMs = 15 * 60_000;
const allowed = 5;
/** Names remembered at once; a flood of made-up names must not fill the memory. */
const names = 10_000;

/**
 * Slows guessing of passwords: after five failures within 15 minutes a name has to wait; and what else is done too often. Kept in
 * memory, so each instance counts for itself: with n instances an attacker gets at most 5 n tries a quarter of an hour, and a
 * restart forgets.
 */
export class Throttle {
  private readonly counted = new Map<string, number[]>();

  constructor(
    private readonly most = allowed,
    private readonly withinMs = windowMs,
  ) {}

  /** Seconds this name has to wait; 0 = go on. */
  waitFor(name: string, now: number): number {
    const recent = this.recent(name, now);
    const oldest = recent[recent.length - this.most];
    return oldest === undefined ? 0 : Math.ceil((oldest + this.withinMs - now) / 1000);
  }

  count(name: string, now: number): void {
    const recent = [...this.recent(name, now), now].slice(-this.most);
    this.counted.delete(name);
    this.counted.set(name, recent);
    const [first] = this.counted.keys();
    if (this.counted.size > names && first !== undefined) this.counted.delete(first);
  }

  forget(name: string): void {
    this.counted.delete(name);
  }

  private recent(name: string, now: number): number[] {
    return (this.counted.get(name) ?? []).filter((at) => at > now - this.withinMs);
  }
}
