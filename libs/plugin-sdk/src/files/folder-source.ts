// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding, Trial } from '@tsunagi/contracts';
import { japaneseDay } from '@tsunagi/domain';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readFile, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { Journal } from '../journal/journal';
import type { DayCount } from '../plugin/day-count';
import type { Intake, NotReleased, PassReport, Release, Source, SourceItem, WaitingRow } from '../plugin/source';
import { errorCode } from '../surroundings/error-code';
import { silentLog, type Log } from '../surroundings/log';
import type { FileReading, FileResult, FileRow } from './file-reading';
import { checkLegacyFolders, type LegacyFolder } from './legacy-folder';
import type { InputFile, ResultRow } from './result-row';
import { ResultRows } from './result-rows';
import { SettledFiles } from './settled-files';
import { exists, freeName, renameSynced, writeSynced } from './write-safely';

export interface FolderSourceOptions<Event, Answer, Header> {
  /**
   * Needed where several sources share a folder. A file known to one of them is not known to another, so that what came
   * under a wrong name can come again under the right one.
   * @default 'folder'
   */
  readonly name?: string | undefined;
  /** The folder with `in`, `processing`, `done`, `error` and `out` in it. */
  readonly folder: string;
  readonly journal: Journal;
  readonly log?: Log | undefined;
  /** Names to take from `in/`; everything else is left alone, such as `*.tmp`. Without the flag `g`. */
  readonly pattern: RegExp;
  /** @default 2000 */
  readonly everyMs?: number | undefined;
  /**
   * A larger file is refused with E-SIZE and not read.
   * @default 67108864 (64 MiB; a row of 介護 has about 250 bytes)
   */
  readonly maxBytes?: number | undefined;
  /**
   * Is a file of this source what the department's system is expected to bring every night? Its coming is told to the hub.
   * @default true
   */
  readonly nightly?: boolean | undefined;
  /**
   * Running number in the name: of two records of one moment the one in the file with the higher number is newer.
   * @default the last row of digits in the name
   */
  readonly serialOf?: ((name: string) => number | undefined) | undefined;
  /**
   * Number under which the legacy system sent a file (送信連番), from its header, and the header's field of it. A file
   * that comes under the number of another content is refused with E-SEQ-REUSE; one that was refused itself leaves its
   * number free, so that it can come again whole.
   * @default the system numbers no files
   */
  readonly transmission?: { readonly of: (header: Header) => string; readonly field: number } | undefined;
  /**
   * Reads a file. Must take any bytes without throwing.
   * @param released a row that a person lets go on, in spite of a fault of this code
   */
  readonly read: (file: InputFile, released?: ReleasedRow) => FileReading<Event, Answer, Header>;
  /**
   * Name of the result for an input of this name. A result name once given belongs to inputs of that one name; an input of
   * another name, or a result that still lies in `out/`, makes it `…-2` and so on.
   */
  readonly resultName: (inputName: string) => string;
  /** Bytes of the result: a pure function. Of a system with long files best in blocks, each made when it is asked for. */
  readonly writeResult: (result: FileResult<Header>) => Uint8Array | Iterable<Uint8Array>;
}

/** A row of a file, and the code of the fault in spite of which it goes on. */
export interface ReleasedRow {
  readonly row: number;
  readonly override?: string | undefined;
}

/**
 * Watches `<folder>/in`. A file whose size rests for two polls goes to `processing/`; its rows go to the hub; when each is
 * answered a result file is written into `out/` and the input goes to `done/`, or to `error/` if it was refused as a
 * whole. A file whose bytes are known, whatever its name, gets its first result again. The input is never edited.
 */
export function folderSource<Event = never, Answer = never, Header = undefined>(
  options: FolderSourceOptions<Event, Answer, Header>,
): Source<Event, Answer> {
  return new FolderSource(options);
}

class FolderSource<Event, Answer, Header> implements Source<Event, Answer> {
  readonly name: string;
  readonly everyMs: number;
  private readonly settledFiles = new SettledFiles();
  private readonly log: Log;

  constructor(private readonly options: FolderSourceOptions<Event, Answer, Header>) {
    this.name = options.name ?? 'folder';
    this.everyMs = options.everyMs ?? 2000;
    this.log = options.log ?? silentLog;
  }

  check(): Promise<CheckFinding[]> {
    return checkLegacyFolders(this.options.folder);
  }

  async poll(intake: Intake<Event, Answer>): Promise<PassReport> {
    let code: string | undefined;
    const handle = async (name: string) => {
      try {
        await this.finish(name, intake);
      } catch (error) {
        // One file that cannot be finished must not hold up the others; it is taken up again in the next pass.
        if (intake.signal.aborted) throw error;
        code = errorCode(error, 'FILE_STUCK');
        this.log.error({ file: name, code }, 'file not finished');
      }
    };
    for (const name of await this.namesIn('processing')) await handle(name);
    const looks = await this.looksOfIn();
    const settled = this.settledFiles.next(looks);
    for (const name of settled) {
      if (intake.signal.aborted) break;
      if (!(await this.take(name))) continue;
      if (this.options.nightly ?? true) intake.fileTaken();
      await handle(name);
    }
    // Whoever asked means the file that has just been put there: it is seen for the first time now.
    return { code, again: intake.asked && settled.length < looks.length };
  }

  /** The same way to the hub and to the lines of the result; folder and journal stay as they are. */
  async dryRun(
    { name, bytes }: Pick<InputFile, 'name' | 'bytes'>,
    intake: Pick<Intake<Event, Answer>, 'send'>,
  ): Promise<readonly ResultRow[] | undefined> {
    if (!this.options.pattern.test(name)) return undefined;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = { name, bytes, sha256, tooLarge: this.isTooLarge(bytes.length) };
    return [...(await this.send(file, this.readingOf(file), intake))];
  }

  /** In the input as it was put away, which is never edited: other bytes are another file. */
  async release(
    { as, file: sha256, row, override }: WaitingRow,
    to: Release<Event, Answer>,
  ): Promise<NotReleased | undefined> {
    const file = sha256 === undefined ? undefined : await this.putAwayWith(sha256);
    if (!file) return 'ROW_GONE';
    const reading = this.readingOf(file, { row, override });
    if (!reading.ok) return 'ROW_CHANGED';
    for (const found of reading.rows) {
      if (found.row !== row) continue;
      const origin = { file: file.sha256, fileSerial: this.serialOf(file.name), row };
      to.send({ itemId: as, origin, reading: found, key: keyOfAnswer(found) });
      return undefined;
    }
    return 'ROW_GONE';
  }

  /**
   * Files of that day, wherever in the folders they lie: one that was never taken is told like one that was. Of a file that
   * was refused whole its one refusal counts.
   */
  async countDay(day: string): Promise<readonly DayCount[]> {
    const counts = new Map<string, DayCount>();
    for (const folder of ['in', 'processing', 'done', 'error'] as const) {
      for (const name of await readdir(this.path(folder, ''))) {
        const came = this.options.pattern.test(name) ? name : nameBefore(name);
        const path = this.path(folder, name);
        const found = this.options.pattern.test(came) ? await lstat(path).catch(() => undefined) : undefined;
        if (!found?.isFile() || japaneseDay(found.mtime) !== day) continue;
        // One that is being put away just now is told from where it comes to lie.
        const file = await this.load(came, path).catch(goneMeanwhile);
        if (file) counts.set(file.sha256, await this.countOf(file, folder === 'error'));
      }
    }
    return [...counts.values()];
  }

  /** A record with a name of its own is the hub's once, in whatever file it comes: such files cannot be told by their rows. */
  private async countOf(file: InputFile & { tooLarge: boolean }, wasRefused: boolean): Promise<DayCount> {
    const counted = { what: 'events', items: this.known(file) } as const;
    const reading = wasRefused ? undefined : this.readingOf(file);
    if (!reading?.ok) return { ...counted, count: 1 };
    let count = 0;
    for (const row of reading.rows) {
      if (row.name !== undefined) return { what: 'answer' in row ? 'answers' : 'events' };
      count += 1;
      if (count % 1_000 === 0) await turn();
    }
    return { ...counted, count };
  }

  private async putAwayWith(sha256: string): Promise<(InputFile & { tooLarge: boolean }) | undefined> {
    for (const folder of ['done', 'error'] as const) {
      // The newest first: what waits has mostly come lately.
      for (const name of (await this.namesIn(folder)).reverse()) {
        const bytes = await readFile(this.path(folder, name)).catch(() => undefined);
        if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== sha256) continue;
        return { name, bytes, sha256, tooLarge: this.isTooLarge(bytes.length) };
      }
    }
    return undefined;
  }

  private async take(name: string): Promise<boolean> {
    if (await exists(this.path('processing', name))) return false;
    await this.options.journal.append({ entry: 'taken', name });
    await renameSynced(this.path('in', name), this.path('processing', name));
    return true;
  }

  private async finish(name: string, intake: Intake<Event, Answer>): Promise<void> {
    const { journal } = this.options;
    if (journal.taken(name) === undefined) await journal.append({ entry: 'taken', name });
    const file = await this.load(name);
    if (journal.settled(this.known(file)) === undefined) await this.settle(file, intake);
    await this.issue(file, intake);
    await this.putAway(file);
    this.log.info({ file: name, sha256: file.sha256 }, 'file finished');
  }

  /** Bytes stay empty when the file is too large to be read. */
  private async load(name: string, path = this.path('processing', name)): Promise<InputFile & { tooLarge: boolean }> {
    const tooLarge = this.isTooLarge((await stat(path)).size);
    const hash = createHash('sha256');
    const bytes = tooLarge ? Buffer.alloc(0) : await readFile(path);
    if (tooLarge) await pipeline(createReadStream(path), hash);
    else hash.update(bytes);
    return { name, bytes, sha256: hash.digest('hex'), tooLarge };
  }

  private isTooLarge(size: number): boolean {
    return size > (this.options.maxBytes ?? 64 * 1024 * 1024);
  }

  /** Sends every row and waits for every answer. */
  private async send(
    file: InputFile & { tooLarge: boolean },
    reading: FileReading<Event, Answer, Header>,
    intake: Pick<Intake<Event, Answer>, 'send'>,
  ): Promise<FileResult<Header>['rows']> {
    if (reading.ok) {
      return this.sendRows(file, reading.rows, intake);
    }
    const { code, field } = reading;
    const origin = { file: file.sha256, row: 0 };
    await intake.send([{ itemId: this.itemId(file, 0), origin, reading: { quarantined: { code, field } } }], {
      fileName: file.name,
    });
    return [{ row: 0, outcome: 'refused', code, field }];
  }

  /** A first file is gone through twice, and more often when the settings change meanwhile: it is tried, then taken. */
  private async sendRows(
    file: InputFile & { tooLarge: boolean },
    rows: FileRows<Event, Answer>,
    intake: Pick<Intake<Event, Answer>, 'send'>,
  ): Promise<ResultRows> {
    for (let trial: Trial = 'goes_on', from = rows; ; trial = trial === 'goes_on' ? 'waits' : 'goes_on') {
      const results = new ResultRows();
      let tried = false;
      await intake.send(this.items(file, from, results), {
        fileName: file.name,
        onSettled: (settled) => results.settle(settled),
        tryable: { trial, onTried: () => (tried = true) },
      });
      if (!tried) return results;
      this.log.info({ file: file.name, sha256: file.sha256 }, 'file tried, a person has to confirm');
      const again = this.readingOf(file);
      if (again.ok) from = again.rows;
    }
  }

  /** The result, kept before anything is put away. */
  private async settle(file: InputFile & { tooLarge: boolean }, intake: Intake<Event, Answer>): Promise<void> {
    const reading = this.readingOf(file);
    if (reading.ok) await this.claimNumber(file, reading.header);
    else this.log.warn({ file: file.name, code: reading.code, offset: reading.offset }, 'file refused');
    const rows = await this.send(file, reading, intake);
    const result = this.options.writeResult({ name: file.name, header: reading.header, rows });
    await this.keepResult(file, result);
    await this.options.journal.append({
      entry: 'settled',
      sha256: this.known(file),
      folder: reading.ok ? 'done' : 'error',
    });
  }

  private readingOf(
    file: InputFile & { tooLarge: boolean },
    released?: ReleasedRow,
  ): FileReading<Event, Answer, Header> {
    if (file.tooLarge) return { ok: false, code: 'E-SIZE' };
    const reading = this.read(file, released);
    const { transmission, journal } = this.options;
    if (!reading.ok || transmission === undefined) return reading;
    const { header } = reading;
    const sentUnder = journal.sentUnder(transmission.of(header)) ?? file.sha256;
    if (sentUnder === file.sha256) return reading;
    return { ok: false, code: 'E-SEQ-REUSE', field: transmission.field, header };
  }

  /** Before anything is sent: a crash must not leave the number free for another file. */
  private async claimNumber({ sha256 }: InputFile, header: Header): Promise<void> {
    const number = this.options.transmission?.of(header);
    if (number === undefined || this.options.journal.sentUnder(number) !== undefined) return;
    await this.options.journal.append({ entry: 'transmission', number, sha256 });
  }

  private read(file: InputFile, released?: ReleasedRow): FileReading<Event, Answer, Header> {
    try {
      return this.options.read(file, released);
    } catch {
      // The reader is at fault; the text of its error may hold a value of the file.
      this.log.error({ file: file.name }, 'reader failed');
      return { ok: false, code: 'E-READ' };
    }
  }

  private *items(
    file: InputFile,
    rows: FileRows<Event, Answer>,
    results: ResultRows,
  ): Generator<SourceItem<Event, Answer>> {
    const fileSerial = this.serialOf(file.name);
    const names = new Set<string>();
    for (const row of rows) {
      if (row.name !== undefined && names.has(row.name)) {
        results.repeat(row.row, row.label);
        continue;
      }
      if (row.name !== undefined) names.add(row.name);
      results.expect(row.row, row.label);
      const origin = { file: file.sha256, fileSerial, row: row.row };
      yield { itemId: row.name ?? this.itemId(file, row.row), origin, reading: row, key: keyOfAnswer(row) };
    }
  }

  /** Puts the kept result into `out/`, once for each time the file was taken. */
  private async issue(file: InputFile, intake: Intake<Event, Answer>): Promise<void> {
    const { journal } = this.options;
    const taken = journal.taken(file.name);
    if (taken?.issued) return;
    let result = taken?.result;
    if (result === undefined) {
      const bytes = await readFile(this.resultPath(file));
      result = await freeName(this.path('out', ''), this.options.resultName(file.name), {
        mayUse: (candidate) => sameName(journal.inputOf(candidate) ?? file.name, file.name),
        mayStand: async (path) => bytes.equals(await readFile(path)),
      });
      await writeSynced(this.path('out', `${result}.tmp`), bytes);
      await journal.append({ entry: 'result-ready', name: file.name, result });
      intake.failpoint('result-ready');
    }
    // After a crash: no temporary file means that it was renamed, and perhaps fetched already.
    const temporary = this.path('out', `${result}.tmp`);
    if (await exists(temporary)) await renameSynced(temporary, this.path('out', result));
    await journal.append({ entry: 'result-done', name: file.name });
  }

  private async putAway(file: InputFile): Promise<void> {
    const { journal } = this.options;
    const folder = journal.settled(this.known(file)) ?? 'done';
    const name = await freeName(this.path(folder, ''), file.name);
    await renameSynced(this.path('processing', file.name), this.path(folder, name));
    await journal.append({ entry: 'moved', name: file.name }, { sync: false });
  }

  private async keepResult(file: InputFile, bytes: Uint8Array | Iterable<Uint8Array>): Promise<void> {
    const path = this.resultPath(file);
    await mkdir(join(this.options.journal.folder, 'results'), { recursive: true, mode: 0o700 });
    await writeSynced(`${path}.tmp`, bytes);
    await rename(`${path}.tmp`, path);
  }

  private async namesIn(folder: LegacyFolder): Promise<string[]> {
    const names = await readdir(this.path(folder, ''));
    return names.filter((name) => this.options.pattern.test(name)).sort();
  }

  private async looksOfIn() {
    const names = await this.namesIn('in');
    const looks = await Promise.all(
      names.map(async (name) => {
        // A file may go while it is being looked at; a link is none of ours.
        const found = await lstat(this.path('in', name)).catch(() => undefined);
        return found?.isFile() ? [{ name, size: found.size, changedMs: found.mtimeMs }] : [];
      }),
    );
    return looks.flat();
  }

  private resultPath(file: InputFile): string {
    return join(this.options.journal.folder, 'results', this.known(file));
  }

  /** Under what this source remembers the bytes of a file. */
  private known({ sha256 }: InputFile): string {
    return this.options.name === undefined ? sha256 : `${this.options.name}-${sha256}`;
  }

  private itemId(file: InputFile, row: number): string {
    return `${this.known(file)}/${row}`;
  }

  private serialOf(name: string): number | undefined {
    return (this.options.serialOf ?? lastDigits)(name);
  }

  private path(folder: LegacyFolder, name: string): string {
    return join(this.options.folder, folder, name);
  }
}

type FileRows<Event, Answer> = Extract<FileReading<Event, Answer, unknown>, { ok: true }>['rows'];

/** The name under which a file came that was put away beside another of its name. */
const nameBefore = (name: string) => name.replace(/-[0-9]+(?=(\.[^.]*)?$)/, '');

function goneMeanwhile(error: unknown): undefined {
  if (errorCode(error, '') !== 'ENOENT') throw error;
}

/** A submission has a key of its own; an answer is known by what its sender calls it. */
function keyOfAnswer<Event, Answer>(row: FileRow<Event, Answer>): string | undefined {
  return 'answer' in row ? row.label : undefined;
}

/** On many shares case makes no difference. */
function sameName(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}

function lastDigits(name: string): number | undefined {
  const digits = /([0-9]{1,9})[^0-9]*$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
