// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../surroundings/error-code';
import type { JournalEntry } from './journal-entry';
import { JournalLines, replaceLines } from './journal-lines';
import {
  entriesOf,
  note,
  stateOf,
  type AcceptedRecord,
  type JournalState,
  type PendingOutput,
  type TakenFile,
} from './journal-state';

/**
 * Lines that say nothing any more, as far as they are borne. A batch of deliveries leaves four of them and a file five:
 * about a thousand of either, a megabyte or so, which a start reads in a moment. Fewer, and it would be written anew often.
 */
export const spentLinesBeforeCompaction = 5000;

/**
 * What a host remembers beside the legacy system: `<folder>/.tsunagi/journal.jsonl`, append-only; spent lines go
 * when it is opened. It holds file hashes, serials and ids, never a value of a record, and no business state.
 */
export class Journal {
  private constructor(
    /** The `.tsunagi` folder, for what a source or sink keeps beside the journal. */
    readonly folder: string,
    private readonly lines: JournalLines,
    private readonly state: JournalState,
  ) {}

  /**
   * Opens the journal beside a legacy folder, making `.tsunagi` where it is missing (the legacy folder itself must exist).
   * @throws JournalDamagedError
   */
  static async open(legacyFolder: string): Promise<Journal> {
    const folder = join(legacyFolder, '.tsunagi');
    await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
      if (errorCode(error, '') !== 'EEXIST') throw error;
    });
    const { lines, entries } = await openCompacted(join(folder, 'journal.jsonl'));
    const journal = new Journal(folder, lines, stateOf(entries));
    await journal.append({ entry: 'opened' });
    return journal;
  }

  /** Appends and remembers. Not synced entries survive the process but not a power cut. */
  async append(entry: JournalEntry, options: { sync?: boolean } = {}): Promise<void> {
    await this.lines.append(entry, options.sync);
    note(this.state, entry);
  }

  /** Folder the input went to, if a file with these bytes was settled before. */
  settled(sha256: string): 'done' | 'error' | undefined {
    return this.state.settled.get(sha256);
  }

  /** SHA-256 of the file that came under this number of the legacy system. */
  sentUnder(number: string): string | undefined {
    return this.state.transmissions.get(number);
  }

  /** What was last taken of the record whose name has this hash. */
  accepted(record: string): AcceptedRecord | undefined {
    return this.state.accepted.get(record);
  }

  taken(name: string): TakenFile | undefined {
    return this.state.taken.get(name);
  }

  /** The input that a result of this name was first given to. */
  inputOf(result: string): string | undefined {
    return this.state.resultsOf.get(result);
  }

  /** Five digits, counted up per kind of file; 1 follows 99999. */
  nextSerial(prefix: string): number {
    return ((this.state.serials.get(prefix) ?? 0) % 99_999) + 1;
  }

  /** Outputs whose rename is not on record. */
  get pendingOutputs(): readonly PendingOutput[] {
    return [...this.state.outputs.values()];
  }

  wasWritten(deliveryId: string): boolean {
    return this.state.written.has(deliveryId);
  }

  /** How often the host died with this delivery in hand. */
  killsOf(deliveryId: string): number {
    return this.state.kills.get(deliveryId) ?? 0;
  }

  close(): Promise<void> {
    return this.lines.close();
  }
}

/** Before the line `opened`: what was in hand at a death is still in hand in the new lines. */
async function openCompacted(path: string): ReturnType<typeof JournalLines.open> {
  const opened = await JournalLines.open(path);
  const needed = entriesOf(stateOf(opened.entries));
  if (opened.entries.length - needed.length <= spentLinesBeforeCompaction) return opened;
  // Closed first: a share may refuse to replace an open file.
  await opened.lines.close();
  await replaceLines(path, needed);
  return JournalLines.open(path);
}
