// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type RawField, readEnvelope, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { type AnswerKey, answerLayout } from '../src/answers/answer-layout';
import { deliveryId, referralId } from './disclosed-referral';
import { type Cell, recordBytes } from './record-bytes';

/** Values of one row as a case states them. */
export type AnswerValues = Partial<Record<AnswerKey, Cell>>;

/** The care desk takes the referral. */
const plain: AnswerValues = {
  exchangeId: 'Z114',
  recordKind: '01',
  referralId: uuidToBase32(referralId),
  deliveryId: uuidToBase32(deliveryId),
  action: '20',
  actedOn: '20261124',
  actedAt: '093000',
  worker: '見本　五郎',
  insured: '0000000123',
  externalNumber: 'KAS-20261124-0001',
};

export interface AnswerFileShape {
  /** @default 15 */
  readonly fields?: number;
  /** レコード件数 of the control record. @default as many as there are rows */
  readonly count?: number;
  /** @default true */
  readonly end?: boolean;
  /** 保険者番号 of the control record. @default '00990010' */
  readonly insurer?: string;
}

/** A `KAS` file with these rows; each states only what its case turns on. */
export function answerFile(
  rows: readonly AnswerValues[],
  { fields = 15, count, end = true, insurer = '00990010' }: AnswerFileShape = {},
): Buffer {
  return Buffer.concat([
    Buffer.from(`1,1,0,${count ?? rows.length},Z11,0,${insurer},0,00,7,202611,0\r\n`),
    ...rows.map((row, index) => recordBytes(cellsOf({ ...plain, ...row }, fields), index + 2)),
    ...(end ? [Buffer.from(`3,${rows.length + 2}\r\n`)] : []),
  ]);
}

/** The fields of one such row. */
export function answerFields(row: AnswerValues = {}, shape: AnswerFileShape = {}): RawField[] {
  const file = readEnvelope(answerFile([row], shape), { dataKind: 'Z11' });
  if (!file.ok) throw new Error(file.code);
  return [...file.rows][0]!.fields;
}

function cellsOf(values: AnswerValues, fields: number): Cell[] {
  return Array.from({ length: fields }, (_, index) => values[answerLayout[index]?.key ?? 'message'] ?? '');
}
