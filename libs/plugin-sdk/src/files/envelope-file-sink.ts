// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding } from '@tsunagi/contracts';
import { japaneseDay, type DataCategory } from '@tsunagi/domain';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal } from '../journal/journal';
import type { DayCount } from '../plugin/day-count';
import type { Delivery, Sink, WriteOutcome } from '../plugin/sink';
import { checkLegacyFolders } from './legacy-folder';
import { batchOf, type OutgoingBatch } from './outgoing-batch';
import type { OutgoingFile, OutgoingFileName } from './outgoing-file';
import { exists, renameSynced, writeSynced } from './write-safely';

export interface EnvelopeFileSinkOptions {
  /** The folder with `in`, `processing`, `done`, `error` and `out` in it. */
  readonly folder: string;
  readonly journal: Journal;
  /** Each delivery goes into the first file that takes its kind. */
  readonly files: readonly OutgoingFile[];
  /**
   * Does the legacy system leave files in `out/` until the day after? One that takes them away leaves nothing to count.
   * @default true
   */
  readonly keepsFiles?: boolean | undefined;
}

/**
 * Writes one file per batch and kind into `out/`: temporary file and fsync, journal *ready* with the delivery ids and the
 * names of the records, rename, journal *done*. A delivery is in at most one file, and in one as soon as it counts as
 * written; so is a record.
 */
export function envelopeFileSink(options: EnvelopeFileSinkOptions): Sink {
  return new EnvelopeFileSink(options);
}

class EnvelopeFileSink implements Sink {
  constructor(private readonly options: EnvelopeFileSinkOptions) {}

  check(): Promise<CheckFinding[]> {
    return checkLegacyFolders(this.options.folder);
  }

  wasWritten(deliveryId: string): boolean {
    return this.options.journal.wasWritten(deliveryId);
  }

  async recover(): Promise<void> {
    for (const { name } of this.options.journal.pendingOutputs) await this.complete(name);
  }

  notCarried(delivery: Delivery): readonly DataCategory[] | undefined {
    return this.fileOf(delivery)?.notCarried(delivery);
  }

  /** Records in the files of that day that lie in `out/`. A file that says of itself nothing any more has none. */
  async countDay(day: string): Promise<readonly DayCount[]> {
    const counts: DayCount[] = [];
    for (const file of this.options.files) {
      const what = file.tellsStatus ? 'statuses' : 'referrals';
      const { recordsIn } = file;
      if (!recordsIn || this.options.keepsFiles === false) counts.push({ what });
      else {
        let count = 0;
        for (const bytes of await this.writtenOn(day, file)) count += recordsIn(bytes) ?? 0;
        counts.push({ what, count });
      }
    }
    return counts;
  }

  private async writtenOn(day: string, { prefix, extension }: OutgoingFile): Promise<Uint8Array[]> {
    const folder = join(this.options.folder, 'out');
    const files: Uint8Array[] = [];
    for (const name of await readdir(folder)) {
      const serial = name.slice(prefix.length, name.length - extension.length);
      if (name !== `${prefix}${serial}${extension}` || !/^[0-9]{5}$/.test(serial)) continue;
      const found = await lstat(join(folder, name)).catch(() => undefined);
      if (found?.isFile() && japaneseDay(found.mtime) === day) files.push(await readFile(join(folder, name)));
    }
    return files;
  }

  async write(deliveries: readonly Delivery[]): Promise<readonly WriteOutcome[]> {
    await this.recover();
    const outcomes = new Map<string, WriteOutcome>();
    const batches = new Map<string, OutgoingBatch>();
    for (const delivery of deliveries) {
      const { deliveryId } = delivery;
      const file = this.fileOf(delivery);
      const name = file?.recordName(delivery) ?? deliveryId;
      if (this.wasWritten(deliveryId) || this.wasWritten(name)) outcomes.set(deliveryId, { deliveryId, ok: true });
      else if (file === undefined) outcomes.set(deliveryId, { deliveryId, ok: false, code: 'NOT_SUPPORTED' });
      else batchOf(batches, file, delivery).add(name, delivery);
    }
    for (const batch of batches.values()) {
      for (const outcome of await this.writeFile(batch)) outcomes.set(outcome.deliveryId, outcome);
    }
    return [...outcomes.values()];
  }

  private fileOf(delivery: Delivery): OutgoingFile | undefined {
    return this.options.files.find((candidate) => candidate.accepts(delivery));
  }

  private async writeFile(batch: OutgoingBatch): Promise<readonly WriteOutcome[]> {
    const { file } = batch;
    const { name, serial } = await this.nextName(file);
    const { bytes, outcomes } = file.render(batch.firsts, { name, serial });
    const written = outcomes.filter(({ ok }) => ok).map(({ deliveryId }) => deliveryId);
    if (bytes !== undefined) {
      await writeSynced(this.temporary(name), bytes);
      await this.options.journal.append({
        entry: 'output-ready',
        prefix: file.prefix,
        serial,
        name,
        deliveries: batch.idsAndNames(written),
      });
      await this.complete(name);
    }
    return outcomes.flatMap((outcome) => batch.everyOutcome(outcome));
  }

  /** Passes over a file that still lies there, as after a loss of the journal: nothing is overwritten. */
  private async nextName(file: OutgoingFile): Promise<OutgoingFileName> {
    const first = this.options.journal.nextSerial(file.prefix);
    for (let serial = first; ; serial = (serial % 99_999) + 1) {
      const name = `${file.prefix}${String(serial).padStart(5, '0')}${file.extension}`;
      if (!(await exists(join(this.options.folder, 'out', name)))) return { name, serial };
    }
  }

  /** No temporary file: it was renamed already, and perhaps fetched. */
  private async complete(name: string): Promise<void> {
    if (await exists(this.temporary(name)))
      await renameSynced(this.temporary(name), join(this.options.folder, 'out', name));
    await this.options.journal.append({ entry: 'output-done', name }, { sync: false });
  }

  private temporary(name: string): string {
    return join(this.options.folder, 'out', `${name}.tmp`);
  }
}
