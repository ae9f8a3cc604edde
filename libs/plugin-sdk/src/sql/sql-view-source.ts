// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding } from '@tsunagi/contracts';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../plugin/canonical-json';
import type { Intake, PassReport, Reading, Source, SourceItem } from '../plugin/source';
import { systemClock, type Clock } from '../surroundings/clock';
import { errorCode } from '../surroundings/error-code';
import { sqlName, type SqlClient, type SqlRow, type SqlValue } from './sql-client';
import { isAfter, localTime, normalTime, parseWatermark, timeBefore, type Watermark } from './watermark';

export interface SqlViewSourceOptions<Event, Answer> {
  /** Name of the source and of its checkpoint, such as `sodan`. */
  readonly name: string;
  readonly client: SqlClient;
  /** Such as `v_hub_sodan`, with its schema where it needs one. */
  readonly view: string;
  readonly columns: readonly string[];
  /** Column with the local time of the last change. @default 'koshin_dt' */
  readonly changedAt?: string | undefined;
  /** Column with the row's own number. @default 'renban' */
  readonly number?: string | undefined;
  /** Reads a row. `changedAt` comes as text `YYYY-MM-DD HH:MM:SS.ffffff`. Must take any values without throwing. */
  readonly read: (row: SqlRow) => Reading<Event, Answer>;
  /** @default 60000 */
  readonly everyMs?: number | undefined;
  /** How far back each pass looks, because rows are not committed in the order of their time. @default 600000 */
  readonly overlapMs?: number | undefined;
  /** @default 200 */
  readonly pageSize?: number | undefined;
  /**
   * After this many new rows in one pass the source pauses with TOO_MANY_ROWS until a person asks for the next pass.
   * @default 50000
   */
  readonly pauseAfter?: number | undefined;
  /** Offset of the legacy system's local time. @default 540 (Japan) */
  readonly utcOffsetMinutes?: number | undefined;
  /** @default the system's */
  readonly clock?: Clock | undefined;
}

/**
 * Polls a view by (time of change, number). Rows of the last minutes are read again at each pass; those whose content was
 * sent before are left out, after a restart they are sent again and the hub answers from its record.
 */
export function sqlViewSource<Event = never, Answer = never>(
  options: SqlViewSourceOptions<Event, Answer>,
): Source<Event, Answer> {
  return new SqlViewSource(options);
}

/** A row with the place where it stands in the order of the view. */
interface PlacedRow extends Watermark {
  readonly row: SqlRow;
  readonly hash: string;
}

class SqlViewSource<Event, Answer> implements Source<Event, Answer> {
  readonly name: string;
  readonly everyMs: number;
  /** Content of the rows in the overlap by number. */
  private readonly sent = new Map<string, { at: string; hash: string }>();
  private reached: Watermark | undefined;
  private paused = false;
  private readonly at: string;
  private readonly no: string;
  private readonly pageSize: number;
  private readonly overlapMs: number;

  constructor(private readonly options: SqlViewSourceOptions<Event, Answer>) {
    this.name = options.name;
    this.everyMs = options.everyMs ?? 60_000;
    this.pageSize = options.pageSize ?? 200;
    this.overlapMs = options.overlapMs ?? 600_000;
    this.at = sqlName(options.changedAt ?? 'koshin_dt');
    this.no = sqlName(options.number ?? 'renban');
  }

  async check(): Promise<CheckFinding[]> {
    const name = `ビュー ${this.options.view}`;
    try {
      await this.options.client.query(this.select('1 = 0', 1), []);
      return [{ name, ok: true }];
    } catch (error) {
      const hint = '接続先、ビューの名前、列、読み取りの権限を確かめてください。';
      return [{ name, ok: false, code: errorCode(error, 'FAILED'), hint }];
    }
  }

  async poll(intake: Intake<Event, Answer>): Promise<PassReport> {
    if (this.paused && !intake.asked) return { code: 'TOO_MANY_ROWS' };
    this.paused = false;
    this.reached ??= parseWatermark(intake.checkpoint);
    let page = await this.firstPage();
    for (let fresh = 0; page.length > 0 && !intake.signal.aborted;) {
      const unsent = page.filter(({ no, hash }) => this.sent.get(no)?.hash !== hash);
      await this.send(unsent, page, intake);
      fresh += unsent.length;
      if (page.length < this.pageSize) break;
      if (fresh >= (this.options.pauseAfter ?? 50_000)) {
        this.paused = true;
        return { code: 'TOO_MANY_ROWS' };
      }
      page = await this.pageAfter(page.at(-1)!);
    }
    this.forgetBeforeOverlap();
    return {};
  }

  /** The watermark moves with the answers, never ahead of the clock and never back. */
  private async send(unsent: readonly PlacedRow[], page: readonly PlacedRow[], intake: Intake<Event, Answer>) {
    const last = this.notAheadOfClock(page.at(-1)!);
    const next = this.reached === undefined || isAfter(last, this.reached) ? last : this.reached;
    if (unsent.length > 0) {
      await intake.send(
        unsent.map((placed) => this.item(placed)),
        { checkpoint: JSON.stringify(next) },
      );
    }
    this.reached = next;
    for (const { no, at, hash } of unsent) this.sent.set(no, { at, hash });
  }

  private item({ no, hash, row }: PlacedRow): SourceItem<Event, Answer> {
    return { itemId: `${no}/${hash}`, origin: { row: Number(no) }, reading: this.read(row) };
  }

  private read(row: SqlRow): Reading<Event, Answer> {
    try {
      return this.options.read(row);
    } catch {
      return { quarantined: { code: 'E-READ' } };
    }
  }

  /** A row dated into the future would hide all that come after it: it is read again until its time has come. */
  private notAheadOfClock({ at, no }: Watermark): Watermark {
    const now = localTime((this.options.clock ?? systemClock).now(), this.options.utcOffsetMinutes ?? 540);
    return at > now ? { at: now, no: '0' } : { at, no };
  }

  private forgetBeforeOverlap(): void {
    if (this.reached === undefined) return;
    const from = timeBefore(this.reached.at, this.overlapMs);
    for (const [no, { at }] of this.sent) if (at < from) this.sent.delete(no);
  }

  private firstPage(): Promise<PlacedRow[]> {
    if (this.reached === undefined) return this.query('1 = 1', []);
    return this.query(`${this.at} >= CAST($1 AS timestamp)`, [timeBefore(this.reached.at, this.overlapMs)]);
  }

  private pageAfter({ at, no }: Watermark): Promise<PlacedRow[]> {
    return this.query(
      `(${this.at} > CAST($1 AS timestamp) OR (${this.at} = CAST($1 AS timestamp) AND ${this.no} > CAST($2 AS bigint)))`,
      [at, no],
    );
  }

  private async query(condition: string, params: readonly SqlValue[]): Promise<PlacedRow[]> {
    const rows = await this.options.client.query(this.select(condition, this.pageSize), params);
    return rows.map((row) => this.place(row));
  }

  private select(condition: string, limit: number): string {
    const columns = this.options.columns.map(sqlName).filter((column) => column !== this.at && column !== this.no);
    // Read as text: a driver's Date would lose microseconds and guess a time zone.
    const place = `CAST(${this.at} AS varchar(40)) AS ${this.at}, CAST(${this.no} AS varchar(40)) AS ${this.no}`;
    const order = `${this.options.view}.${this.at}, ${this.options.view}.${this.no}`;
    return `SELECT ${[place, ...columns].join(', ')} FROM ${sqlName(this.options.view)} WHERE ${condition} ORDER BY ${order} LIMIT ${limit}`;
  }

  private place(read: SqlRow): PlacedRow {
    const at = normalTime(String(read[this.at]));
    const no = String(read[this.no]);
    const row = { ...read, [this.at]: at, [this.no]: no };
    // The time is part of the content: a row that was changed and changed back is a new item.
    const hash = createHash('sha256').update(this.name).update(canonicalJson(row)).digest('hex');
    return { at, no, row, hash };
  }
}
