// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding } from '@tsunagi/contracts';
import { join } from 'node:path';
import type { Journal } from '../journal/journal';
import type { Delivery, DeliveryKind, DeliveryOf, Rendering, Sink, WriteOutcome } from '../plugin/sink';
import { errorCode } from '../surroundings/error-code';
import { checkLegacyFolders } from './legacy-folder';
import { exists, renameSynced, writeSynced } from './write-safely';

/** Name and number of a file about to be written. */
export interface OutgoingFileName {
  readonly name: string;
  /** Counted up per prefix, 1 to 99999. */
  readonly serial: number;
}

/** One kind of file a sink writes: what goes into it and how it looks. */
export interface OutgoingFileLayout<Kind extends DeliveryKind, Record> {
  /** Such as `KAO`. */
  readonly prefix: string;
  /** @default '.CSV' */
  readonly extension?: string | undefined;
  readonly kinds: readonly Kind[];
  /** Pure. What cannot be written, as a fault with a code; an error with a `code` counts as one too. */
  readonly toRecord: (delivery: DeliveryOf<Kind>) => Rendering<Record>;
  /** Pure. Is also tried with each record alone, so that one that cannot be encoded fails alone. */
  readonly toBytes: (records: readonly Record[], file: OutgoingFileName) => Uint8Array;
}

/** A layout without its record type, as the sink holds it. */
export interface OutgoingFile {
  readonly prefix: string;
  readonly extension: string;
  accepts(delivery: Delivery): boolean;
  /** Undefined file: every delivery failed. */
  render(
    deliveries: readonly Delivery[],
    file: OutgoingFileName,
  ): { bytes: Uint8Array | undefined; outcomes: readonly WriteOutcome[] };
}

export function outgoingFile<Kind extends DeliveryKind, Record>(
  layout: OutgoingFileLayout<Kind, Record>,
): OutgoingFile {
  const accepts = (delivery: Delivery): delivery is DeliveryOf<Kind> =>
    layout.kinds.some((kind) => kind === delivery.kind);
  const renderOne = (delivery: DeliveryOf<Kind>, file: OutgoingFileName): Rendering<Record> => {
    try {
      const rendering = layout.toRecord(delivery);
      if (rendering.ok) layout.toBytes([rendering.record], file);
      return rendering;
    } catch (error) {
      return { ok: false, code: errorCode(error, 'RENDERING_FAILED') };
    }
  };
  return {
    prefix: layout.prefix,
    extension: layout.extension ?? '.CSV',
    accepts,
    render: (deliveries, file) => {
      const records: Record[] = [];
      const outcomes = deliveries.filter(accepts).map((delivery): WriteOutcome => {
        const { deliveryId } = delivery;
        const rendering = renderOne(delivery, file);
        if (!rendering.ok) return { deliveryId, ok: false, code: rendering.code, retryable: rendering.retryable };
        records.push(rendering.record);
        return { deliveryId, ok: true, notCarried: rendering.notCarried };
      });
      return { bytes: records.length === 0 ? undefined : layout.toBytes(records, file), outcomes };
    },
  };
}

export interface EnvelopeFileSinkOptions {
  /** The folder with `in`, `processing`, `done`, `error` and `out` in it. */
  readonly folder: string;
  readonly journal: Journal;
  /** Each delivery goes into the first file that takes its kind. */
  readonly files: readonly OutgoingFile[];
}

/**
 * Writes one file per batch and kind into `out/`: temporary file and fsync, journal *ready* with the delivery ids, rename,
 * journal *done*. A delivery is in at most one file, and in one as soon as it counts as written.
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

  async write(deliveries: readonly Delivery[]): Promise<readonly WriteOutcome[]> {
    await this.recover();
    const outcomes = new Map<string, WriteOutcome>();
    const groups = new Map<OutgoingFile, Map<string, Delivery>>();
    for (const delivery of deliveries) {
      const { deliveryId } = delivery;
      const file = this.options.files.find((candidate) => candidate.accepts(delivery));
      if (this.wasWritten(deliveryId)) outcomes.set(deliveryId, { deliveryId, ok: true });
      else if (file === undefined) outcomes.set(deliveryId, { deliveryId, ok: false, code: 'NOT_SUPPORTED' });
      else groups.set(file, (groups.get(file) ?? new Map<string, Delivery>()).set(deliveryId, delivery));
    }
    for (const [file, group] of groups) {
      for (const outcome of await this.writeFile(file, [...group.values()])) outcomes.set(outcome.deliveryId, outcome);
    }
    return [...outcomes.values()];
  }

  private async writeFile(file: OutgoingFile, deliveries: readonly Delivery[]): Promise<readonly WriteOutcome[]> {
    const { name, serial } = await this.nextName(file);
    const { bytes, outcomes } = file.render(deliveries, { name, serial });
    if (bytes === undefined) return outcomes;
    await writeSynced(this.temporary(name), bytes);
    await this.options.journal.append({
      entry: 'output-ready',
      prefix: file.prefix,
      serial,
      name,
      deliveries: outcomes.filter(({ ok }) => ok).map(({ deliveryId }) => deliveryId),
    });
    await this.complete(name);
    return outcomes;
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
