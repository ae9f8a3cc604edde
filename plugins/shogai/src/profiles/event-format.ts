// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FixedField, FixedFrame, GaijiTable } from '@tsunagi/plugin-sdk';
import { type ChangeRecord, type EventKey, eventLayout, layoutFor } from '../intake/event-layout';
import { submissionKey } from '../intake/record-key';
import type { FixedRecordField } from '../layout/fixed-record-field';
import { type Eol, frameOf } from '../layout/frames';

/** つなぎ先分野 and 同意 may stand in fields of their own. */
export type ReadKey = EventKey | 'target' | 'consent';
export type ReadField = FixedRecordField & { readonly key: ReadKey };

/** The fields of a record of fixed length. */
export interface EventLayout {
  /** All of them, in the order of their bytes. */
  readonly all: readonly FixedField[];
  /** Those that are read, and the place of each in the record, from 0. */
  readonly read: readonly ReadField[];
  readonly places: readonly number[];
}

/** How files of change records are written: the hub's own way, or one that a profile describes. */
export interface EventFormat {
  readonly name: string;
  /** Names of its files. */
  readonly pattern: RegExp;
  readonly serialOf?: ((fileName: string) => number | undefined) | undefined;
  readonly resultName?: ((fileName: string) => string) | undefined;
  readonly frame: (settings: { readonly eol: Eol }) => FixedFrame;
  readonly layout: (settings: { readonly validityDates: 'ymd' | 'gyymmdd' }) => EventLayout;
  /** 項目名 of the fields. */
  readonly names: readonly string[];
  /** 1-based place of 外部管理番号. */
  readonly externalNumber: number;
  /** 外字 of its own. @default those of the settings */
  readonly gaiji?: GaijiTable | undefined;
  /** What its 同意 1 stands for. @default what the settings say */
  readonly formVersion?: string | undefined;
  /** May a record of it say 同意「1 あり」? */
  readonly asserts: boolean;
  /** The record of values that were judged sound; what is no field of it, is said for all. @param municipality the header's */
  readonly recordOf: (values: Partial<Record<ReadKey, string>>, municipality: string) => ChangeRecord;
  readonly keyOf: (record: Pick<ChangeRecord, 'municipality' | 'externalNumber'>) => string;
}

export function readingAll(layout: readonly (FixedRecordField & { readonly key: EventKey })[]): EventLayout {
  return { all: layout, read: layout, places: layout.map((_, at) => at) };
}

const standardLayouts = {
  ymd: readingAll(layoutFor({ validityDates: 'ymd' })),
  gyymmdd: readingAll(layoutFor({ validityDates: 'gyymmdd' })),
} as const;

/** `SHGnnnnn.DAT`, the layout of this hub's own. */
export const standardFormat: EventFormat = {
  name: 'standard',
  pattern: /^SHG[0-9]{5}\.DAT$/i,
  frame: ({ eol }) => frameOf('SHG', eol),
  layout: ({ validityDates }) => standardLayouts[validityDates],
  names: eventLayout.map(({ name }) => name),
  externalNumber: eventLayout.findIndex(({ key }) => key === 'externalNumber') + 1,
  asserts: true,
  // Without a fault every required field was found filled.
  recordOf: (values) => values as ChangeRecord,
  keyOf: submissionKey,
};
