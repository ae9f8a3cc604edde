// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { uuidToBase32 } from '@tsunagi/plugin-sdk';
import { type AnswerKey, answerLayout } from '../src/answers/answer-layout';
import { deliveryId, referralId } from './disclosed-referral';
import { type Cell, type FileShape, fixedFile, recordBytes } from './record-bytes';

/** Values of one record as a case states them. */
export type AnswerValues = Partial<Record<AnswerKey, Cell>>;

/** The desk takes the referral. */
const plain: AnswerValues = {
  municipality: '990019',
  referralId: uuidToBase32(referralId),
  deliveryId: uuidToBase32(deliveryId),
  action: '20',
  actedOn: '20261124',
  actedAt: '093000',
  worker: '見本　五郎',
  recipient: '9910100008',
  externalNumber: 'SHS-20261124-0001',
};

/** An `SHS` file with these records; each states only what its case turns on. */
export function answerFile(rows: readonly AnswerValues[], shape: FileShape = {}): Buffer {
  const records = rows.map((row) => {
    const number = { ...plain, ...row }.recipient;
    return { bytes: answerRecord(row).subarray(8), number: typeof number === 'string' ? number : '' };
  });
  return fixedFile('SHS', 300, records, shape);
}

/** One such record. */
export function answerRecord(row: AnswerValues = {}): Buffer {
  return Buffer.concat([Buffer.from('20000001'), recordBytes(answerLayout, { ...plain, ...row })]);
}
