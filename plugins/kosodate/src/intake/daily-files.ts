// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type CheckFinding,
  type DayCount,
  errorCode,
  type InputFile,
  type Intake,
  type Journal,
  type Log,
  type NotReleased,
  type Origin,
  type PassReport,
  type Release,
  type ResultRow,
  type SettledItem,
  type Source,
  type WaitingRow,
} from '@tsunagi/plugin-sdk';
import type { DeskAnswer } from '../answers/response-body';
import { countDailyFiles } from './count-daily-files';
import { DailyFolder, hashOf, isDailyFile, maxDailyBytes } from './daily-folder';
import { type DailyRow, readDailyFile } from './read-daily-file';
import { type EventDesk, type KosodateItem, serialAt, type SoundEvent } from './event-desk';
import { fieldNumber } from './event-body';
import { type EventRules, judgeEvent } from './judge-event';
import type { Request } from './to-submission';

/** A row that was not taken, for the department's own system. */
export interface RefusedRow {
  readonly eventId: string;
  readonly code: string;
  readonly field?: number | undefined;
}

export interface DailyFilesOptions {
  readonly folder: string;
  readonly everyMs: number;
  readonly desk: EventDesk;
  readonly rules: EventRules;
  readonly journal: Journal;
  readonly log: Log;
  /** Tells 90. @throws when the system cannot be told now */
  readonly tellRefusal: (row: RefusedRow) => Promise<void>;
}

const tooLarge = { ok: false, code: 'E-SIZE' } as const;
/** Rows on their way at a time; of one record they go one after the other all the same. */
const atOnce = 100;

/**
 * Reads `<folder>/kosodate/<yyyymmdd>/*.csv` once `.done` stands beside them. The folder is the department's: nothing in it
 * is moved, renamed or written. A file whose bytes are known is not read again, whatever its name.
 */
export function dailyFiles(options: DailyFilesOptions): Source<Request, DeskAnswer> {
  return new DailyFiles(options);
}

class DailyFiles implements Source<Request, DeskAnswer> {
  readonly name = 'daily';
  readonly everyMs: number;
  private readonly folder: DailyFolder;
  /** Files looked at by this host, by place, size and time of change. */
  private readonly seen = new Set<string>();

  constructor(private readonly options: DailyFilesOptions) {
    this.everyMs = options.everyMs;
    this.folder = new DailyFolder(options.folder);
  }

  async check(): Promise<CheckFinding[]> {
    const name = '日次のフォルダー kosodate';
    try {
      await this.folder.days();
      return [{ name, ok: true }];
    } catch (error) {
      const hint = 'フォルダーと、読み取りの権限を確かめてください。';
      return [{ name, ok: false, code: errorCode(error, 'FAILED'), hint }];
    }
  }

  async poll(intake: Intake<Request, DeskAnswer>): Promise<PassReport> {
    let code: string | undefined;
    for (const day of await this.folder.days()) {
      for (const name of await this.filesOf(day)) {
        if (intake.signal.aborted) return {};
        try {
          await this.take(day, name, intake);
        } catch (error) {
          // One file that cannot be finished must not hold up the others; it is taken up again in the next pass.
          if (intake.signal.aborted) throw error;
          code = errorCode(error, 'FILE_STUCK');
          this.options.log.error({ day, code }, 'daily file not finished');
        }
      }
    }
    return { code };
  }

  /** Every つなぎ先 of a row is a line of its own. Which version came before only the journal at work knows. */
  async dryRun(
    { name, bytes }: Pick<InputFile, 'name' | 'bytes'>,
    intake: Pick<Intake<Request, DeskAnswer>, 'send'>,
  ): Promise<readonly ResultRow[] | undefined> {
    if (!isDailyFile(name)) return undefined;
    const reading = bytes.length > maxDailyBytes ? tooLarge : readDailyFile(bytes);
    const file = hashOf(bytes);
    if (!reading.ok) {
      await intake.send([refusedFile(file, reading.code)]);
      return [{ row: 0, outcome: 'refused', code: reading.code }];
    }
    const results: ResultRow[] = [];
    const items = function* (desk: EventDesk, rules: EventRules): Generator<KosodateItem> {
      for (const row of reading.rows) {
        const judged = soundEvent(row, rules);
        const origin = { file, row: row.row };
        if (judged.ok) yield* desk.itemsOf(judged, { nameOf: namesIn(origin), origin });
        else yield waiting(rowName(origin), origin, row, judged.fault);
      }
    };
    await intake.send(items(this.options.desk, this.options.rules), {
      onSettled: ({ origin, answer, fault }) => {
        const { outcome, codes } = answer;
        results.push({
          row: origin.row,
          outcome: fault ? 'quarantined' : outcome,
          code: fault?.code ?? codes[0],
          field: fault?.field,
        });
      },
    });
    return results.sort((one, other) => one.row - other.row);
  }

  /** Nothing here is ever edited: other bytes are another file. */
  async release(
    { itemId, as, file, row, override }: WaitingRow,
    to: Release<Request, DeskAnswer>,
  ): Promise<NotReleased | undefined> {
    const found = file === undefined ? undefined : await this.rowIn(file, row);
    if (file === undefined || !found) return 'ROW_GONE';
    const { desk, rules } = this.options;
    const origin = { file, fileSerial: desk.nextSerial(), row };
    const judged = soundEvent(inSpiteOf(override, found, rules), rules);
    const again = judged.ok ? desk.again(judged, { nameOf: namesIn(origin), origin }, override) : undefined;
    if (!again) {
      to.send(waiting(as, origin, found, judged.ok ? otherVersion : judged.fault));
      return undefined;
    }
    const asked = again.items.find((item) => item.itemId === itemId.replace(/~[0-9]+$/, ''));
    if (!asked) return 'ROW_GONE';
    to.send({ ...asked, itemId: as }, again.onSettled);
    // Of a row that waited as a whole nothing had been sent; what had been is answered from the hub's record. In spite of a
    // version all of it goes once more, under names of their own that are no release of another row.
    if (itemId !== rowName(origin) || override === 'E-DUP-DIFF') return undefined;
    const time = override === undefined ? '' : as.slice(itemId.length).replace('#', '~');
    for (const item of again.items)
      if (item !== asked) to.send({ ...item, itemId: `${item.itemId}${time}` }, again.onSettled);
    return undefined;
  }

  /** Files that were written on that day; one that was never taken, for want of its mark, too, is told like one that was. */
  countDay(day: string): Promise<readonly DayCount[]> {
    return countDailyFiles(this.folder, day);
  }

  /** The newest day first: what waits has mostly come lately. */
  private async rowIn(file: string, row: number): Promise<DailyRow | undefined> {
    for (const day of (await this.folder.days()).reverse()) {
      for (const name of await this.filesOf(day)) {
        const found = await this.folder.lookAt(day, name);
        const { bytes, sha256 } = found && !found.isTooLarge ? await this.folder.read(found) : {};
        if (bytes === undefined || sha256 !== file) continue;
        const reading = readDailyFile(bytes);
        if (reading.ok) for (const one of reading.rows) if (one.row === row) return one;
        return undefined;
      }
    }
    return undefined;
  }

  /** None of a day that is not marked as done. */
  private async filesOf(day: string): Promise<readonly string[]> {
    const { names, isDone } = await this.folder.namesOf(day);
    return isDone ? names : [];
  }

  private async take(day: string, name: string, intake: Intake<Request, DeskAnswer>): Promise<void> {
    const found = await this.folder.lookAt(day, name);
    if (!found || this.seen.has(found.look)) return;
    const { bytes, sha256 } = await this.folder.read(found);
    const { journal, log } = this.options;
    if (journal.settled(known(sha256)) === undefined) {
      intake.fileTaken();
      // When it was written, whenever it is read: read once more, it says the same. A file of tomorrow was written by now.
      const fileSerial = Math.min(serialAt(new Date(found.mtimeMs)), this.options.desk.nextSerial());
      const counts = await this.settle(bytes, { file: sha256, fileSerial }, intake);
      log.info({ day, file: sha256, ...counts }, 'daily file finished');
    }
    this.seen.add(found.look);
  }

  private async settle(bytes: Uint8Array | undefined, place: PlaceOfFile, intake: Intake<Request, DeskAnswer>) {
    const { file } = place;
    const reading = bytes === undefined ? tooLarge : readDailyFile(bytes);
    if (!reading.ok) {
      const { code } = reading;
      await intake.send([refusedFile(file, code)]);
      await this.options.journal.append({ entry: 'settled', sha256: known(file), folder: 'error' });
      return { code };
    }
    const counts = { read: 0, taken: 0, duplicate: 0, quarantined: 0 };
    const rows = [...reading.rows];
    for (let from = 0; from < rows.length; from += atOnce) {
      const outcomes = await Promise.all(
        rows.slice(from, from + atOnce).map((row) => this.takeRow(row, place, intake)),
      );
      for (const outcome of outcomes) {
        counts.read += 1;
        counts[outcome] += 1;
      }
    }
    await this.options.journal.append({ entry: 'settled', sha256: known(file), folder: 'done' });
    return counts;
  }

  private async takeRow(row: DailyRow, place: PlaceOfFile, intake: Intake<Request, DeskAnswer>) {
    const origin = { ...place, row: row.row };
    const send = async (items: readonly KosodateItem[]) => {
      const settled: SettledItem[] = [];
      await intake.send(items, { onSettled: (item) => settled.push(item) });
      return settled;
    };
    const refuse = async (fault: RowFault) => {
      await send([waiting(rowName(origin), origin, row, fault)]);
      if (row.eventId !== undefined) await this.options.tellRefusal({ eventId: row.eventId, ...fault });
      return 'quarantined' as const;
    };
    const judged = soundEvent(row, this.options.rules);
    if (!judged.ok) return refuse(judged.fault);
    const { settled, refusals } = await this.options.desk.submit(judged, { nameOf: namesIn(origin), origin, send });
    if (settled === 'taken' || settled === 'duplicate') return settled;
    if (settled === 'conflict' && refusals.length === 0) return refuse(otherVersion);
    // The hub has said so already, of the item itself.
    const fault = settled === 'conflict' ? otherVersion : { code: refusals[0]?.code ?? 'E-REFUSED' };
    await this.options.tellRefusal({ eventId: judged.event.eventId, ...fault });
    return 'quarantined';
  }
}

interface PlaceOfFile {
  readonly file: string;
  readonly fileSerial: number;
}

type RowFault = Pick<RefusedRow, 'code' | 'field'>;

const otherVersion: RowFault = { code: 'E-VERSION', field: fieldNumber('/historyKey') };

/** By `<file>/<row>` the hub counts the rows of a file; what else a row asks for is named beside. */
const rowName = ({ file, row }: { readonly file: string; readonly row: number }) => `${file}/${row}`;
const namesIn = (place: Parameters<typeof rowName>[0]) => (key: string, at: number) =>
  at === 0 ? rowName(place) : `${key}/${rowName(place)}`;

function waiting(itemId: string, origin: Origin, { eventId }: DailyRow, fault: RowFault): KosodateItem {
  return { itemId, origin, reading: { quarantined: { ...fault, key: eventId } } };
}

/** There is no header here: the municipality of a row that a person has looked at is the one of the settings. */
function inSpiteOf(override: string | undefined, row: DailyRow, { municipality }: EventRules): DailyRow {
  if (override !== 'E-CD-MUNI' || !row.ok || municipality === undefined) return row;
  return { ...row, body: { ...row.body, municipalityCode: municipality } };
}

/** The event of a row, or what is wrong with it first. */
function soundEvent(row: DailyRow, rules: EventRules): SoundEvent | { readonly ok: false; readonly fault: RowFault } {
  if (!row.ok) return { ok: false, fault: { code: row.code, field: row.field } };
  const judged = judgeEvent(row.body, rules);
  if (judged.ok) return judged;
  const [{ code, pointer }] = judged.errors;
  return { ok: false, fault: { code, field: fieldNumber(pointer) } };
}

const refusedFile = (file: string, code: string): KosodateItem => ({
  itemId: rowName({ file, row: 0 }),
  origin: { file, row: 0 },
  reading: { quarantined: { code } },
});

const known = (sha256: string) => `daily-${sha256}`;
