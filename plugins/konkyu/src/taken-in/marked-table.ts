// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Clock, LegacyDatabase, Mark, MarkedRows } from '@tsunagi/plugin-sdk';
import { deliveryNamed, firstNameOf, type NamedDelivery } from './delivery-names';

const dayMs = 86_400_000;
/** Older ones are not looked at any more: the office has had a month to take them in, or to be asked. */
const lookedBackMs = 31 * dayMs;
/**
 * Names made of chance (those of 90, which no delivery lies behind) come long after. The hub's clock may be ahead of the
 * host's; a year is more than any.
 */
const lookedAheadMs = 366 * dayMs;
const pageSize = 500;
/** One pass looks at no more; a larger table is gone through by several. */
const pagesOfPass = 10;

/** A delivery that was taken in and of which nobody was told yet. */
export interface Taken extends NamedDelivery {
  readonly name: string;
  /** The office's own time of it, if it says one. */
  readonly at: string | null;
}

/**
 * One table of what the office was brought, gone through again and again by name. A row may be marked at any time, may be
 * written late under an early name, and need not say when it was marked: so each time all of the last weeks is looked at,
 * three columns of it.
 */
export class MarkedTable {
  private after: string | undefined;
  private readonly told = new Set<string>();
  /** By name, since when it waits; as of the last time that the table was gone through to its end. */
  private waiting = new Map<string, Date>();
  private found = new Map<string, Date>();
  private seen = new Set<string>();
  private wentThrough = false;

  constructor(
    private readonly database: Pick<LegacyDatabase, 'readMarks'>,
    readonly rows: MarkedRows,
    private readonly clock: Clock,
  ) {}

  /** The statement of {@link look}, on no row. @returns whether the account may look */
  async tryLook(): Promise<boolean> {
    return (await this.database.readMarks?.(this.rows, { after: '', before: '' }, 1)) !== undefined;
  }

  /** @returns what was taken in, a page at a time; false when the account may not look */
  async look(tell: (taken: readonly Taken[]) => Promise<void>): Promise<boolean> {
    const now = this.clock.now();
    const before = firstNameOf(new Date(now.getTime() + lookedAheadMs));
    for (let pages = 0; pages < pagesOfPass; pages += 1) {
      const after = this.after ?? firstNameOf(new Date(now.getTime() - lookedBackMs));
      const marks = await this.database.readMarks?.(this.rows, { after, before }, pageSize);
      if (marks === undefined) {
        this.beginAnew();
        this.waiting = new Map();
        return false;
      }
      await this.note(marks, now, tell);
      if (marks.length < pageSize) {
        this.endOfTable();
        break;
      }
      this.after = marks.at(-1)!.key;
    }
    return true;
  }

  /** Since when the oldest of those waits that have waited this long; undefined: none has. */
  waitingFor(milliseconds: number): Date | undefined {
    const [oldest] = [...this.waiting.values()].sort((one, other) => one.getTime() - other.getTime());
    return oldest && oldest.getTime() + milliseconds <= this.clock.now().getTime() ? oldest : undefined;
  }

  private async note(marks: readonly Mark[], now: Date, tell: (taken: readonly Taken[]) => Promise<void>) {
    const taken: Taken[] = [];
    for (const { key: name, taken: isTaken, at } of marks) {
      const named = deliveryNamed(name);
      if (!named) continue;
      this.seen.add(name);
      if (!isTaken) this.found.set(name, this.waiting.get(name) ?? this.sinceWhen(named, now));
      else {
        this.waiting.delete(name);
        if (!this.told.has(name)) taken.push({ ...named, name, at });
      }
    }
    if (taken.length > 0) await tell(taken);
    for (const { name } of taken) this.told.add(name);
  }

  /**
   * What was not there before was written just now, however early its name. What lies there when the host starts counts from
   * when its name was made: the account need not be allowed to read when a row was written.
   */
  private sinceWhen({ madeAt }: NamedDelivery, now: Date): Date {
    return this.wentThrough || madeAt > now ? now : madeAt;
  }

  private endOfTable(): void {
    this.waiting = this.found;
    this.wentThrough = true;
    for (const name of this.told) if (!this.seen.has(name)) this.told.delete(name);
    this.beginAnew();
  }

  private beginAnew(): void {
    this.after = undefined;
    this.found = new Map();
    this.seen = new Set();
  }
}
