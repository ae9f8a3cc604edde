// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Delivery, WriteOutcome } from '../plugin/sink';
import type { OutgoingFile } from './outgoing-file';

/** What goes into one file: the deliveries by the names of their records. */
export class OutgoingBatch {
  private readonly byName = new Map<string, Delivery[]>();

  constructor(readonly file: OutgoingFile) {}

  add(name: string, delivery: Delivery): void {
    this.byName.set(name, [...(this.byName.get(name) ?? []), delivery]);
  }

  /** Of each record the delivery that is written; the others are the same record again. */
  get firsts(): Delivery[] {
    return [...this.byName.values()].map((deliveries) => deliveries[0]!);
  }

  /** Under what the records of these deliveries count as written from now on. */
  idsAndNames(written: readonly string[]): string[] {
    const found = [...this.byName].filter(([, deliveries]) => written.includes(deliveries[0]!.deliveryId));
    return [...new Set(found.flatMap(([name, deliveries]) => [...deliveries.map(idOf), name]))];
  }

  /** The outcome of a record, once for each delivery that asked for it. */
  everyOutcome(outcome: WriteOutcome): WriteOutcome[] {
    const same = [...this.byName.values()].find((deliveries) => deliveries[0]!.deliveryId === outcome.deliveryId) ?? [];
    return same.map(({ deliveryId }) => ({ ...outcome, deliveryId }));
  }
}

const idOf = ({ deliveryId }: Delivery): string => deliveryId;

/** The batch of this file in which the delivery goes; a new one where there is none yet. */
export function batchOf(batches: Map<string, OutgoingBatch>, file: OutgoingFile, delivery: Delivery): OutgoingBatch {
  const key = `${file.prefix}/${file.apart(delivery)}`;
  const batch = batches.get(key) ?? new OutgoingBatch(file);
  batches.set(key, batch);
  return batch;
}
