// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type RawField, readEnvelope } from '@tsunagi/plugin-sdk';
import { type EventKey, eventLayout } from '../src/intake/event-layout';
import { type Cell, recordBytes } from './record-bytes';

/** Values of one row as a case states them. */
export type EventValues = Partial<Record<EventKey, Cell>>;

/** A synthetic person of prefecture 99, with arrears and consent. */
const plain: EventValues = {
  exchangeId: 'Z111',
  recordKind: '01',
  changedOn: '20261110',
  change: '1',
  reason: '01',
  insurer: '00990010',
  insured: '0000000201',
  kana: 'ﾐﾎﾝ ﾊﾅｺ',
  kanji: '見本　花子',
  birthDate: '19400105',
  sex: '2',
  qualifiedOn: '20050105',
  careLevel: '22',
  application: '1',
  validFrom: '20260601',
  validTo: '20270531',
  planKind: '1',
  office: '9970100005',
  physicalIndependence: '4',
  dementiaIndependence: '3',
  concerns: '000001100000',
  target: '4',
  consent: '1',
  message: '家賃滞納あり。',
  externalNumber: 'KAI-20261110-0001',
  address: '見本県見本市見本町一丁目１番１号',
  telephone: '0991234567',
  householdSize: '2',
  meeting: '1',
};

export interface FileShape {
  /** @default 29 */
  readonly fields?: number;
  /** レコード件数 of the control record. @default as many as there are rows */
  readonly count?: number;
  /** @default true */
  readonly end?: boolean;
}

/** A `KAI` file with these rows; each states only what its case turns on. */
export function eventFile(rows: readonly EventValues[], { fields = 29, count, end = true }: FileShape = {}): Buffer {
  return Buffer.concat([
    Buffer.from(`1,1,0,${count ?? rows.length},Z11,0,00990010,0,00,7,202611,0\r\n`),
    ...rows.map((row, index) => recordBytes(cellsOf({ ...plain, ...row }, fields), index + 2)),
    ...(end ? [Buffer.from(`3,${rows.length + 2}\r\n`)] : []),
  ]);
}

/** The fields of one such row. */
export function eventFields(row: EventValues = {}, shape: FileShape = {}): RawField[] {
  const file = readEnvelope(eventFile([row], shape), { dataKind: 'Z11' });
  if (!file.ok) throw new Error(file.code);
  return [...file.rows][0]!.fields;
}

function cellsOf(values: EventValues, fields: number): Cell[] {
  return Array.from({ length: fields }, (_, index) => values[eventLayout[index]?.key ?? 'message'] ?? '');
}
