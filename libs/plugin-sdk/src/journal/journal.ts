// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../surroundings/error-code';
import type { JournalEntry } from './journal-entry';
import { JournalLines } from './journal-lines';

/** How far an input file has come since it was last taken. */
export interface TakenFile {
  /** Name of its result file, once that is chosen. */
  readonly result?: string;
  /** Its result lies in `out/`; only the input is still to be moved. */
  readonly issued: boolean;
}

/** A file for the legacy system that is written under its temporary name and perhaps not yet renamed. */
export interface PendingOutput {
  readonly name: string;
  readonly deliveries: readonly string[];
}

/**
 * What a host remembers beside the legacy system: `<folder>/.tsunagi/journal.jsonl`, append-only. It holds file hashes,
 * serials and ids, never a value of a record, and no business state.
 */
export class Journal {
  private readonly settledFiles = new Map<string, 'done' | 'error'>();
  private readonly takenFiles = new Map<string, TakenFile>();
  private readonly serials = new Map<string, number>();
  private readonly outputs = new Map<string, PendingOutput>();
  private readonly written = new Set<string>();
  private readonly kills = new Map<string, number>();
  private inHand: readonly string[] = [];

  private constructor(
    /** The `.tsunagi` folder, for what a source or sink keeps beside the journal. */
    readonly folder: string,
    private readonly lines: JournalLines,
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
    const { lines, entries } = await JournalLines.open(join(folder, 'journal.jsonl'));
    const journal = new Journal(folder, lines);
    for (const entry of entries) journal.apply(entry);
    await journal.append({ entry: 'opened' });
    return journal;
  }

  /** Appends and remembers. Not synced entries survive the process but not a power cut. */
  async append(entry: JournalEntry, options: { sync?: boolean } = {}): Promise<void> {
    await this.lines.append(entry, options.sync);
    this.apply(entry);
  }

  /** Folder the input went to, if a file with these bytes was settled before. */
  settled(sha256: string): 'done' | 'error' | undefined {
    return this.settledFiles.get(sha256);
  }

  taken(name: string): TakenFile | undefined {
    return this.takenFiles.get(name);
  }

  /** Five digits, counted up per kind of file; 1 follows 99999. */
  nextSerial(prefix: string): number {
    return ((this.serials.get(prefix) ?? 0) % 99_999) + 1;
  }

  /** Outputs whose rename is not on record. */
  get pendingOutputs(): readonly PendingOutput[] {
    return [...this.outputs.values()];
  }

  wasWritten(deliveryId: string): boolean {
    return this.written.has(deliveryId);
  }

  /** How often the host died with this delivery in hand. */
  killsOf(deliveryId: string): number {
    return this.kills.get(deliveryId) ?? 0;
  }

  close(): Promise<void> {
    return this.lines.close();
  }

  private apply(entry: JournalEntry): void {
    switch (entry.entry) {
      case 'opened':
        for (const id of this.inHand) this.kills.set(id, this.killsOf(id) + 1);
        this.inHand = [];
        return;
      case 'taken':
        this.takenFiles.set(entry.name, { issued: false });
        return;
      case 'settled':
        this.settledFiles.set(entry.sha256, entry.folder);
        return;
      case 'result-ready':
        this.takenFiles.set(entry.name, { result: entry.result, issued: false });
        return;
      case 'result-done':
        this.takenFiles.set(entry.name, { ...this.takenFiles.get(entry.name), issued: true });
        return;
      case 'moved':
        this.takenFiles.delete(entry.name);
        return;
      case 'output-ready':
        this.serials.set(entry.prefix, entry.serial);
        this.outputs.set(entry.name, { name: entry.name, deliveries: entry.deliveries });
        for (const id of entry.deliveries) this.written.add(id);
        return;
      case 'output-done':
        this.outputs.delete(entry.name);
        return;
      case 'written':
        for (const id of entry.deliveries) this.written.add(id);
        return;
      case 'in-hand':
        this.inHand = entry.deliveries;
        return;
      case 'put-down':
        for (const id of this.inHand) this.kills.delete(id);
        this.inHand = [];
        return;
    }
  }
}
