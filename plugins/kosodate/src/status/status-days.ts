// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type CheckFinding,
  type Clock,
  type DayCount,
  errorCode,
  type Journal,
  type Source,
} from '@tsunagi/plugin-sdk';
import { japaneseMoment } from '@tsunagi/plugin-sdk/records';
import { parse } from 'csv-parse/sync';
import { access, constants, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type StatusBody, statusFields } from './to-status';

export interface StatusDaysOptions {
  readonly folder: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly everyMs: number;
}

const graceMs = 300_000;

/**
 * The states of a day once more, for a system that has missed calls: `<folder>/kosodate/<yyyymmdd>/status.csv` in UTF-8, and
 * `.done` behind it. Until the day is over its rows lie beside the journal, so that the file comes whole.
 */
export class StatusDays implements Source<never, never> {
  readonly name = 'status-days';
  readonly everyMs: number;

  constructor(private readonly options: StatusDaysOptions) {
    this.everyMs = options.everyMs;
  }

  /** Once for each delivery, however often it is tried. */
  async add(deliveryId: string, body: StatusBody): Promise<void> {
    const { journal, clock } = this.options;
    const name = `${deliveryId}/csv`;
    if (journal.wasWritten(name)) return;
    const { day } = japaneseMoment(clock.now());
    await mkdir(this.rows(), { recursive: true, mode: 0o700 });
    // A line end first: what a crash has cut off must not spoil the next row.
    await writeSynced(join(this.rows(), day), `\n${JSON.stringify(body)}\n`, 'a');
    await journal.append({ entry: 'written', deliveries: [name] });
  }

  /** Writes the days that are over, a little later: what came at the very end of one has been kept by then. */
  async poll() {
    const today = japaneseMoment(new Date(this.options.clock.now().getTime() - graceMs)).day;
    const days = await readdir(this.rows()).catch(() => [] as string[]);
    for (const day of days.filter((name) => name < today).sort()) await this.finish(day);
    return {};
  }

  async check(): Promise<CheckFinding[]> {
    const name = '状態の日次のフォルダー';
    try {
      await access(this.options.folder, constants.W_OK);
      return [{ name, ok: true }];
    } catch (error) {
      const hint = 'フォルダーと、書き込みの権限を確かめてください。';
      return [{ name, ok: false, code: errorCode(error, 'FAILED'), hint }];
    }
  }

  /** Rows in the file of that day; a day on which nothing was told has no file. */
  async countDay(day: string): Promise<readonly DayCount[]> {
    const file = join(this.options.folder, 'kosodate', day.replaceAll('-', ''), 'status.csv');
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (errorCode(error, '') === 'ENOENT') return '';
      throw error;
    });
    return [{ what: 'statuses', count: Math.max(rowsOf(text).length - 1, 0) }];
  }

  private async finish(day: string): Promise<void> {
    const folder = join(this.options.folder, 'kosodate', day);
    const rows = rowsIn(await readFile(join(this.rows(), day), 'utf8'));
    await mkdir(folder, { recursive: true, mode: 0o750 });
    await writeSynced(join(folder, 'status.csv.tmp'), statusCsv(rows), 'w');
    await rename(join(folder, 'status.csv.tmp'), join(folder, 'status.csv'));
    await writeSynced(join(folder, '.done'), '', 'w');
    await rm(join(this.rows(), day));
  }

  private rows(): string {
    return join(this.options.journal.folder, 'status');
  }
}

async function writeSynced(path: string, text: string, flag: 'a' | 'w'): Promise<void> {
  const file = await open(path, flag, 0o640);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Its error may quote what stands there: of a file that is none any more nothing can be counted. */
function rowsOf(csv: string): string[][] {
  try {
    return parse(csv, { relax_column_count: true });
  } catch {
    return [];
  }
}

/** Without a row that a crash has cut off: its delivery was not noted, and it is there once more. */
function rowsIn(text: string): StatusBody[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as StatusBody];
    } catch {
      return [];
    }
  });
}

/** The names of the call-back as header; everything quoted, CR LF, no BOM. */
export function statusCsv(rows: readonly StatusBody[]): string {
  const lines = [statusFields, ...rows.map((row) => statusFields.map((name) => cell(row[name])))];
  return lines.map((line) => `${line.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')}\r\n`).join('');
}

function cell(value: string | boolean | null): string {
  const text = value === null ? '' : String(value);
  // A text that a spreadsheet would take for a formula stays a text.
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
