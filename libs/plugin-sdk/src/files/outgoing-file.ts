// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory } from '@tsunagi/domain';
import type { Delivery, DeliveryKind, DeliveryOf, Rendering, WriteOutcome } from '../plugin/sink';
import { errorCode } from '../surroundings/error-code';

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
  /**
   * Name of the record a delivery becomes, where the legacy system has records of its own naming: two deliveries of one
   * name are one record, written once. At most 64 characters. Pure.
   * @default the delivery id
   */
  readonly recordName?: ((delivery: DeliveryOf<Kind>) => string) | undefined;
  /**
   * Deliveries that differ in this go into different files, each with its own number. Pure.
   * @default all go into one
   */
  readonly apart?: ((delivery: DeliveryOf<Kind>) => string) | undefined;
  /** Pure. What cannot be written, as a fault with a code; an error with a `code` counts as one too. */
  readonly toRecord: (delivery: DeliveryOf<Kind>) => Rendering<Record>;
  /** Pure. Is also tried with each record alone, so that one that cannot be encoded fails alone. */
  readonly toBytes: (records: readonly Record[], file: OutgoingFileName) => Uint8Array;
  /**
   * How many records such a file says it has, for the daily comparison; undefined: it cannot be read. Pure.
   * @default files of this kind are not compared
   */
  readonly recordsIn?: ((bytes: Uint8Array) => number | undefined) | undefined;
}

/** A layout without its record type, as the sink holds it. */
export interface OutgoingFile {
  readonly prefix: string;
  readonly extension: string;
  /** Are they files of what became of the department's own referrals? */
  readonly tellsStatus: boolean;
  readonly recordsIn: ((bytes: Uint8Array) => number | undefined) | undefined;
  accepts(delivery: Delivery): boolean;
  recordName(delivery: Delivery): string;
  apart(delivery: Delivery): string;
  /** What the record of a delivery leaves out; undefined: it says nothing of it. */
  notCarried(delivery: Delivery): readonly DataCategory[] | undefined;
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
  const faultInPlaceOfError = (render: () => Rendering<Record>): Rendering<Record> => {
    try {
      return render();
    } catch (error) {
      return { ok: false, code: errorCode(error, 'RENDERING_FAILED') };
    }
  };
  const renderOne = (delivery: DeliveryOf<Kind>, file: OutgoingFileName): Rendering<Record> =>
    faultInPlaceOfError(() => {
      const rendering = layout.toRecord(delivery);
      if (rendering.ok) layout.toBytes([rendering.record], file);
      return rendering;
    });
  return {
    prefix: layout.prefix,
    extension: layout.extension ?? '.CSV',
    tellsStatus: layout.kinds.some((kind) => kind === 'status'),
    recordsIn: layout.recordsIn,
    accepts,
    recordName: (delivery) => (accepts(delivery) && layout.recordName?.(delivery)) || delivery.deliveryId,
    apart: (delivery) => (accepts(delivery) && layout.apart?.(delivery)) || '',
    notCarried: (delivery) => {
      if (!accepts(delivery)) return undefined;
      const rendering = faultInPlaceOfError(() => layout.toRecord(delivery));
      return rendering.ok ? rendering.notCarried : undefined;
    },
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
