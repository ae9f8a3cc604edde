// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type CheckFinding,
  type Clock,
  errorCode,
  type Intake,
  type LegacyDatabase,
  type MarkedRows,
  type PassReport,
  type Source,
} from '@tsunagi/plugin-sdk';
import { MarkedTable, type Taken } from './marked-table';
import type { TakenIn } from './to-arrival';
import { fromJapaneseTimestamp, japaneseMoment } from '../database/japanese-timestamp';
import type { KonkyuConfig } from '../konkyu.config';

const hourMs = 3_600_000;

/** Whoever was refused asks again only now and then: each refusal is a line in the office's log. */
const askAgainMs = hourMs;

export interface TakenInOptions {
  readonly database: LegacyDatabase;
  /** By name of the hub in each. */
  readonly tables: readonly { readonly name: string; readonly key: string }[];
  readonly config: Pick<KonkyuConfig, 'pollMs' | 'alertAfterHours'>;
  readonly clock: Clock;
}

/**
 * Looks at `torikomi_flg` in the tables that the hub appends to, where the account may: what is 1 there has arrived, and
 * what stays 0 for too long is told.
 */
export function takenInSource(options: TakenInOptions): Source<never, TakenIn> {
  return new TakenInSource(options);
}

class TakenInSource implements Source<never, TakenIn> {
  readonly name = 'torikomi';
  readonly everyMs: number;
  private readonly tables: readonly MarkedTable[];
  /** Until when a table is left alone. */
  private readonly forbidden = new Map<MarkedTable, Date>();

  constructor(private readonly options: TakenInOptions) {
    this.everyMs = options.config.pollMs;
    this.tables = options.tables.map((table) => new MarkedTable(options.database, markedRows(table), options.clock));
  }

  /** Nobody has to let the hub look: without it the plugin works as well, and says less. */
  async check(): Promise<CheckFinding[]> {
    const findings: CheckFinding[] = [];
    for (const table of this.tables) {
      const name = `取り込みの印 ${table.rows.name}`;
      try {
        if (await table.tryLook()) findings.push({ name, ok: true });
        else findings.push({ name, ok: true, code: 'MARKS_NOT_READ', hint: notRead });
      } catch (error) {
        const hint = '接続先、表の名前、列（torikomi_flg・torikomi_dt）を確かめてください。';
        findings.push({ name, ok: false, code: errorCode(error, 'FAILED'), hint });
      }
    }
    return findings;
  }

  async poll(intake: Intake<never, TakenIn>): Promise<PassReport> {
    for (const table of this.tables) {
      const now = this.options.clock.now();
      const until = this.forbidden.get(table);
      if (intake.signal.aborted || (until && now < until && !intake.asked)) continue;
      if (await table.look((taken) => this.tell(taken, intake))) this.forbidden.delete(table);
      else this.forbidden.set(table, new Date(now.getTime() + askAgainMs));
    }
    const limit = this.options.config.alertAfterHours * hourMs;
    const late = this.tables.flatMap((table) => table.waitingFor(limit) ?? []);
    const [untakenSince] = late.sort((one, other) => one.getTime() - other.getTime());
    return { ...(untakenSince && { untakenSince }) };
  }

  /** Row 0 is nobody's: what the hub does not take of this is for nobody to mend, and waits nowhere. */
  private tell(taken: readonly Taken[], intake: Intake<never, TakenIn>): Promise<void> {
    const now = `${japaneseMoment(this.options.clock.now()).replace(' ', 'T')}+09:00`;
    return intake.send(
      taken.map(({ id, name, at }) => ({
        itemId: `${this.name}/${name}`,
        origin: { row: 0 },
        reading: { answer: { takenIn: id, at: (at === null ? null : fromJapaneseTimestamp(at)) ?? now } },
      })),
    );
  }
}

const notRead =
  'この表の SELECT の権限がないので、取り込まれたかは分からず、未取り込みの警告も出ません。要るなら README の権限を足してください。';

const markedRows = ({ name, key }: { readonly name: string; readonly key: string }): MarkedRows => ({
  ...{ name, key },
  ...{ mark: 'torikomi_flg', markedAt: 'torikomi_dt' },
});
