// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { open, type FileHandle } from 'node:fs/promises';
import { renameSynced, writeSynced } from '../files/write-safely';
import { journalEntry, type JournalEntry } from './journal-entry';

/** A line in the middle of a journal cannot be read; guessing could write something twice. */
export class JournalDamagedError extends Error {
  readonly code = 'JOURNAL_DAMAGED';

  constructor(readonly line: number) {
    super(`the journal cannot be read from line ${line} on`);
    this.name = 'JournalDamagedError';
  }
}

/** An append-only file of JSON lines. Appends that meet share one fsync. */
export class JournalLines {
  private waiting: { text: string; sync: boolean; resolve: () => void; reject: (error: unknown) => void }[] = [];
  private writing: Promise<void> | undefined;

  private constructor(private readonly file: FileHandle) {}

  /**
   * Reads what is there and cuts off a last line that was torn by a crash.
   * @throws JournalDamagedError
   */
  static async open(path: string): Promise<{ lines: JournalLines; entries: JournalEntry[] }> {
    const file = await open(path, 'a+', 0o600);
    try {
      const text = await file.readFile('utf8');
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      if (whole.length < text.length) {
        await file.truncate(Buffer.byteLength(whole));
        await file.sync();
      }
      return { lines: new JournalLines(file), entries: parseLines(whole) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Resolves when the entry is written and, unless `sync` is false, safe from a power cut. */
  append(entry: JournalEntry, sync = true): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ text: lineOf(entry), sync, resolve, reject });
      this.writing ??= this.writeWaiting().finally(() => (this.writing = undefined));
    });
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file.close();
  }

  private async writeWaiting(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.file.appendFile(batch.map(({ text }) => text).join(''));
        if (batch.some(({ sync }) => sync)) await this.file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }
}

/** Puts these lines in place of all others; a crash leaves either the old ones or the new, and a temporary file to overwrite. */
export async function replaceLines(path: string, entries: readonly JournalEntry[]): Promise<void> {
  const temporary = `${path}.tmp`;
  await writeSynced(temporary, Buffer.from(entries.map(lineOf).join('')), 0o600);
  await renameSynced(temporary, path);
}

const lineOf = (entry: JournalEntry): string => `${JSON.stringify(entry)}\n`;

function parseLines(text: string): JournalEntry[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => parseLine(line, index + 1));
}

function parseLine(line: string, number: number): JournalEntry {
  try {
    return journalEntry.parse(JSON.parse(line));
  } catch {
    throw new JournalDamagedError(number);
  }
}
