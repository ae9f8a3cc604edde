// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { maxPlace, type CheckFinding, type Trial } from '@tsunagi/contracts';
import { createHash } from 'node:crypto';
import type { InputFile, ResultRow } from '../files/result-row';
import { canonicalJson } from '../plugin/canonical-json';
import type { DayCount } from '../plugin/day-count';
import type {
  Intake,
  NotReleased,
  PassReport,
  Reading,
  Release,
  SettledItem,
  Source,
  SourceItem,
  Tryable,
  WaitingRow,
} from '../plugin/source';
import { systemClock, type Clock } from '../surroundings/clock';
import { errorCode } from '../surroundings/error-code';
import {
  type LegacyDatabase,
  type LegacyView,
  type PagePlace,
  sqlName,
  type SqlRow,
  timesOfDay,
} from './legacy-database';
import {
  isAfter,
  isWatermark,
  localTime,
  normalTime,
  parseViewCheckpoint,
  timeBefore,
  type ViewCheckpoint,
  type Watermark,
} from './watermark';

export interface SqlViewSourceOptions<Event, Answer> {
  /** Name of the source and of its checkpoint, such as `sodan`. */
  readonly name: string;
  readonly database: LegacyDatabase;
  /** Such as `v_hub_sodan`, with its schema where it needs one. */
  readonly view: string;
  readonly columns: readonly string[];
  /** Column with the local time of the last change. @default 'koshin_dt' */
  readonly changedAt?: string | undefined;
  /** Column with the row's own number. @default 'renban' */
  readonly number?: string | undefined;
  /**
   * Column that says whether a row is for the hub at all: one that is NULL or blank there is not even read.
   * @default every row is
   */
  readonly onlyWith?: string | undefined;
  /** What its rows are, for the daily comparison. @default 'events' */
  readonly holds?: 'events' | 'answers' | undefined;
  /**
   * Reads a row. `changedAt` comes as text `YYYY-MM-DD HH:MM:SS.ffffff`, `number` as text, either as null where the view
   * has none. Must take any values without throwing.
   */
  readonly read: (row: SqlRow) => Reading<Event, Answer>;
  /**
   * Is told what became of rows, before the watermark moves on. May be told of one row several times: after a failure,
   * its own included, rows are sent again and get the same answers.
   */
  readonly onAnswered?: ((answered: readonly AnsweredRow[]) => Promise<void>) | undefined;
  /**
   * Reads rows that somebody has taken out of the view into a file, for a dry run; with all of these columns, as the database
   * would give them. Must take any bytes without throwing. Files are taken whose name begins with that of the view.
   * @default no file can be tried
   */
  readonly readExport?: ((bytes: Uint8Array, name: string, columns: readonly string[]) => ExportedRows) | undefined;
  /** @default 60000 */
  readonly everyMs?: number | undefined;
  /** How far back each pass looks, because rows are not committed in the order of their time. @default 600000 */
  readonly overlapMs?: number | undefined;
  /** @default 200 */
  readonly pageSize?: number | undefined;
  /**
   * After this many new rows in one pass the source pauses with TOO_MANY_ROWS until a person asks for the next pass. The
   * pause stands in the checkpoint: neither a restart of the host nor other settings end it.
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

/** Rows of a view from a file, in its order; or why there are none. */
export type ExportedRows =
  | { readonly ok: true; readonly rows: readonly SqlRow[] }
  | { readonly ok: false; readonly code: string };

/** A row of the view with what became of it. */
export interface AnsweredRow extends SettledItem {
  readonly row: SqlRow;
}

/**
 * A row with the place where it stands in the order of the view. A view without the promised key may give `null`,
 * `infinity` or worse for it: such a row is sent like any other, and no watermark is ever made of it.
 */
interface PlacedRow extends Watermark {
  readonly row: SqlRow;
  readonly hash: string;
}

interface PageToSend {
  readonly page: readonly PlacedRow[];
  /** Rows of it whose content was not sent before. */
  readonly unsent: readonly PlacedRow[];
  /** The source pauses behind this page. */
  readonly pausedSince: Date | undefined;
}

class SqlViewSource<Event, Answer> implements Source<Event, Answer> {
  readonly name: string;
  readonly everyMs: number;
  /** Content of the rows in the overlap by number, or by content where they have none. */
  private readonly sent = new Map<string, { at: string; hash: string }>();
  private reached: Watermark | undefined;
  /** How far a host before this one read: what of the overlap was sent by it, nobody here knows. */
  private resumedAt: Watermark | undefined;
  private pausedSince: Date | undefined;
  private readonly view: LegacyView;
  private readonly pageSize: number;
  private readonly overlapMs: number;
  private readonly clock: Clock;

  constructor(private readonly options: SqlViewSourceOptions<Event, Answer>) {
    this.name = options.name;
    this.everyMs = options.everyMs ?? 60_000;
    this.pageSize = options.pageSize ?? 200;
    this.overlapMs = options.overlapMs ?? 600_000;
    this.clock = options.clock ?? systemClock;
    this.view = {
      name: sqlName(options.view),
      columns: options.columns.map(sqlName),
      changedAt: sqlName(options.changedAt ?? 'koshin_dt'),
      number: sqlName(options.number ?? 'renban'),
      onlyWith: options.onlyWith === undefined ? undefined : sqlName(options.onlyWith),
    };
  }

  async check(): Promise<CheckFinding[]> {
    const name = `ビュー ${this.options.view}`;
    try {
      await this.options.database.tryRead(this.view);
      return [{ name, ok: true }];
    } catch (error) {
      const hint = '接続先、ビューの名前、列、読み取りの権限を確かめてください。';
      return [{ name, ok: false, code: errorCode(error, 'FAILED'), hint }];
    }
  }

  async poll(intake: Intake<Event, Answer>): Promise<PassReport> {
    this.resume(intake.checkpoint);
    if (this.pausedSince && !intake.asked) return { code: 'TOO_MANY_ROWS', pausedSince: this.pausedSince };
    // The row at the watermark goes once more: with it the hub hears that the pause is over, though nothing else be new.
    if (this.pausedSince && this.reached) this.sent.delete(this.reached.no);
    this.pausedSince = undefined;
    for (let trial: Trial = 'goes_on'; !intake.signal.aborted; trial = trial === 'goes_on' ? 'waits' : 'goes_on') {
      const passed = await this.pass(intake, trial);
      if (passed === 'tried') continue;
      if (passed instanceof Date) this.pausedSince = passed;
      break;
    }
    this.resumedAt = undefined;
    if (this.pausedSince) return { code: 'TOO_MANY_ROWS', pausedSince: this.pausedSince };
    this.forgetBeforeOverlap();
    return {};
  }

  private resume(checkpoint: string | undefined): void {
    if (this.reached !== undefined) return;
    const found = parseViewCheckpoint(checkpoint);
    if (!found) return;
    const { pausedSince, ...reached } = found;
    this.reached = reached;
    this.resumedAt = reached;
    if (pausedSince !== undefined) this.pausedSince = new Date(pausedSince);
  }

  /**
   * Through the rows that are there now. Where the hub only tries them, nothing has been read yet: they are all sent again.
   * @returns a time: since then it pauses
   */
  private async pass(intake: Intake<Event, Answer>, trial: Trial): Promise<'tried' | 'taken' | Date> {
    let tried = false;
    const tryable = { trial, onTried: () => void (tried = true), hasTried: () => tried };
    let page = await this.firstPage();
    for (let fresh = 0; page.length > 0 && !intake.signal.aborted;) {
      const unsent = page.filter((placed) => this.sent.get(keyOf(placed))?.hash !== placed.hash);
      fresh += unsent.filter((placed) => this.isNew(placed)).length;
      const isLast = page.length < this.pageSize;
      const isTooMuch = !isLast && fresh >= (this.options.pauseAfter ?? 50_000);
      const pausedSince = isTooMuch ? this.clock.now() : undefined;
      await this.send({ unsent, page, pausedSince }, intake, tryable);
      if (isLast) break;
      if (pausedSince) return tryable.hasTried() ? 'tried' : pausedSince;
      page = await this.pageAfter(page.at(-1)!);
    }
    return tryable.hasTried() ? 'tried' : 'taken';
  }

  /** What a host before this one had read is nobody's surprise, though it is sent again. */
  private isNew(placed: PlacedRow): boolean {
    return this.resumedAt === undefined || !isWatermark(placed) || isAfter(placed, this.resumedAt);
  }

  /**
   * Rows go in the order of the view, as they would at work, and are named by their place in the file. What was sent and how
   * far the view was read stays as it is: a row is tried though it was sent before.
   */
  async dryRun(
    { name, bytes }: Pick<InputFile, 'name' | 'bytes'>,
    intake: Pick<Intake<Event, Answer>, 'send'>,
  ): Promise<readonly ResultRow[] | undefined> {
    const { readExport } = this.options;
    if (!readExport || !isExportOf(this.view.name, name)) return undefined;
    const reading = readExport(bytes, name, this.view.columns);
    if (!reading.ok) return [{ row: 0, outcome: 'refused', code: reading.code }];
    const asked = reading.rows
      .map((row, at) => ({ row: at + 1, placed: this.place(row) }))
      .filter(({ placed }) => this.isWanted(placed.row))
      .sort((one, other) => byPlace(one.placed, other.placed));
    const results: ResultRow[] = [];
    await intake.send(
      asked.map(({ row, placed }) => ({
        itemId: `${row}/${placed.hash}`,
        origin: { row },
        reading: this.read(placed.row),
      })),
      {
        onSettled: ({ origin: { row }, answer: { outcome, codes }, fault }) =>
          results.push({
            row,
            outcome: fault ? 'quarantined' : outcome,
            code: fault?.code ?? codes[0],
            field: fault?.field,
          }),
      },
    );
    return results.sort((one, other) => one.row - other.row);
  }

  /** By its number; one that was written anew is read by the next pass. */
  async release({ itemId, as, row }: WaitingRow, to: Release<Event, Answer>): Promise<NotReleased | undefined> {
    if (row === 0) return 'ROW_GONE';
    const placed = await this.page({ from: 'number', number: String(row) });
    const same = placed.find((one) => nameOf(one) === itemId);
    if (!same) return placed.length > 0 ? 'ROW_CHANGED' : 'ROW_GONE';
    to.send({ ...this.item(same), itemId: as });
    return undefined;
  }

  /** Rows that were changed last on that day, by their numbers. */
  async countDay(day: string): Promise<readonly DayCount[]> {
    const { name, changedAt: at, number, onlyWith } = this.view;
    const count = await this.options.database.count?.({ name, at, number, onlyWith }, ...timesOfDay(day));
    return [{ what: this.options.holds ?? 'events', ...(count !== undefined && { count }) }];
  }

  /** The watermark moves with the answers, never ahead of the clock and never back. */
  private async send(
    { unsent, page, pausedSince }: PageToSend,
    intake: Intake<Event, Answer>,
    { hasTried, ...tryable }: Tryable & { readonly hasTried: () => boolean },
  ) {
    const last = page.findLast(isWatermark);
    const found = last && this.notAheadOfClock(last);
    const next = found && (this.reached === undefined || isAfter(found, this.reached)) ? found : this.reached;
    if (unsent.length > 0) {
      const settled: SettledItem[] = [];
      await intake.send(
        unsent.map((placed) => this.item(placed)),
        {
          // Behind rows that were only tried no watermark stands.
          checkpoint: next && !hasTried() ? JSON.stringify(checkpointAt(next, pausedSince)) : undefined,
          onSettled: (item) => settled.push(item),
          tryable,
        },
      );
      if (hasTried()) return;
      await this.tell(unsent, settled);
    }
    this.reached = next;
    for (const placed of unsent) this.sent.set(keyOf(placed), { at: placed.at, hash: placed.hash });
  }

  private async tell(sent: readonly PlacedRow[], settled: readonly SettledItem[]): Promise<void> {
    if (!this.options.onAnswered) return;
    const rows = new Map(sent.map((placed) => [nameOf(placed), placed.row]));
    await this.options.onAnswered(settled.map((item) => ({ ...item, row: rows.get(item.itemId)! })));
  }

  private isWanted(row: SqlRow): boolean {
    const { onlyWith } = this.view;
    if (onlyWith === undefined) return true;
    const value = row[onlyWith];
    return typeof value === 'string' ? value.trim() !== '' : value !== null && value !== undefined;
  }

  private item(placed: PlacedRow): SourceItem<Event, Answer> {
    // Row 0 is nobody's: what has no number that a row may have cannot be named by one.
    const number = Number(placed.no);
    const row = Number.isInteger(number) && number > 0 && number <= maxPlace ? number : 0;
    return { itemId: nameOf(placed), origin: { row }, reading: this.read(placed.row) };
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
    const now = localTime(this.clock.now(), this.options.utcOffsetMinutes ?? 540);
    return at > now ? { at: now, no: '0' } : { at, no };
  }

  private forgetBeforeOverlap(): void {
    if (this.reached === undefined) return;
    const from = timeBefore(this.reached.at, this.overlapMs);
    for (const [key, { at }] of this.sent) if (at < from) this.sent.delete(key);
  }

  private firstPage(): Promise<PlacedRow[]> {
    if (this.reached === undefined) return this.page({ from: 'start' });
    return this.page({ from: 'time', at: timeBefore(this.reached.at, this.overlapMs) });
  }

  private pageAfter({ at, no }: Watermark): Promise<PlacedRow[]> {
    if (isWatermark({ at, no })) return this.page({ from: 'row', at, number: no });
    // Behind rows without a number stand those of a later time; behind rows without a time, none.
    return isWatermark({ at, no: '0' }) ? this.page({ from: 'after-time', at }) : Promise.resolve([]);
  }

  private async page(place: PagePlace): Promise<PlacedRow[]> {
    const rows = await this.options.database.read(this.view, place, this.pageSize);
    return rows.map((row) => this.place(row));
  }

  private place(read: SqlRow): PlacedRow {
    const { changedAt, number } = this.view;
    const [at, no] = [textOf(read[changedAt]), textOf(read[number])];
    const row = { ...read, [changedAt]: at && normalTime(at), [number]: no };
    // The time is part of the content: a row that was changed and changed back is a new item.
    const hash = createHash('sha256').update(this.name).update(canonicalJson(row)).digest('hex');
    return { at: String(row[changedAt]), no: String(no), row, hash };
  }
}

const checkpointAt = ({ at, no }: Watermark, pausedSince: Date | undefined): ViewCheckpoint => ({
  ...{ at, no },
  ...(pausedSince && { pausedSince: pausedSince.toISOString() }),
});

/** The same on every re-sending; another content is another item. */
const nameOf = ({ no, hash }: PlacedRow) => `${no}/${hash}`;

const keyOf = ({ no, hash }: PlacedRow) => (no === 'null' ? hash : no);

/** In the order in which a database gives them: by time, then by number, what has none last. */
function byPlace(one: PlacedRow, other: PlacedRow): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  const [a, b] = [one, other].map(({ no }) => (/^-?[0-9]{1,19}$/.test(no) ? BigInt(no) : undefined));
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a < b ? -1 : Number(a > b);
}

/** `v_hub_sodan.csv`, `V_HUB_SODAN_20261120.json`: as databases and their people name them. */
function isExportOf(view: string, name: string): boolean {
  const [own = ''] = view.split('.').slice(-1);
  const [rest] = name.toLowerCase().startsWith(own.toLowerCase()) ? [name.slice(own.length)] : [];
  return rest !== undefined && /^([^a-z0-9].*)?\.(csv|json)$/i.test(rest);
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
