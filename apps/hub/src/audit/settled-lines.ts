// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Database } from '../platform';

/** Every line up to here that was ever going to be seen is seen, unless a transaction from before this number still runs. */
interface Awaited {
  readonly last: number;
  readonly transaction: bigint;
}

/**
 * How far the audit is settled. Numbers are given out in one order and lines are committed in another: a line may appear
 * below one that is there already. So the last line that is seen counts once every transaction that was under way then has
 * ended. Nobody writes anything for it; it is asked for by looking again.
 */
export class SettledLines {
  private awaited: Awaited | undefined;
  private line: number | undefined;

  constructor(private readonly database: Database) {}

  /** The last line of which it is certain that none below it is missing; absent before the first is certain. */
  get last(): number | undefined {
    return this.line;
  }

  /** A line is seen that does not count yet: it may do so at the next look. */
  get isWaiting(): boolean {
    return this.awaited !== undefined;
  }

  /** Looks once. A line that is seen now counts at once while nobody writes, else at the next look, or later. */
  async look(): Promise<void> {
    const [now] = await this.database.query<{ last: string; oldest: string; next: string }>(
      `select coalesce((select max(id) from audit_entry), 0) as last,
         pg_snapshot_xmin(pg_current_snapshot())::text as oldest, pg_snapshot_xmax(pg_current_snapshot())::text as next`,
    );
    if (!now) return;
    if (this.awaited && BigInt(now.oldest) > this.awaited.transaction) {
      this.line = this.awaited.last;
      this.awaited = undefined;
    }
    const last = Number(now.last);
    // Asked after the last line was read: whoever holds a smaller number got its transaction's before, by the trigger
    // `audit_takes_its_turn`.
    if (this.awaited !== undefined || last === this.line) return;
    const transaction = await this.transaction();
    // Below this number nobody was under way, and from it on nobody had one yet: none holds a line that was not seen.
    if (now.oldest === now.next && transaction === BigInt(now.next)) this.line = last;
    else this.awaited = { last, transaction };
  }

  private async transaction(): Promise<bigint> {
    const [row] = await this.database.query<{ id: string }>('select pg_current_xact_id()::text as id');
    return BigInt(row?.id ?? 0);
  }
}
