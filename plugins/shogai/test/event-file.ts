// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type EventKey, eventLayout } from '../src/intake/event-layout';
import { type Cell, type FileShape, fixedFile, recordBytes } from './record-bytes';

/** Values of one record as a case states them. */
export type EventValues = Partial<Record<EventKey, Cell>>;

/** A synthetic person of prefecture 99, with consent. */
const plain: EventValues = {
  municipality: '990019',
  recipient: '9910100008',
  resident: '000000000001236',
  changedOn: '20261110',
  change: '1',
  kana: 'ﾐﾎﾝ ｼﾞﾛｳ',
  kanji: '見本　次郎',
  sex: '1',
  birthDate: '3601015',
  address: '見本県見本市本町一丁目１番１号',
  kinds: '11000',
  physicalGrade: '2',
  intellectualGrade: 'B1',
  mentalGrade: '3',
  supportLevel: '24',
  validFrom: '20260401',
  validTo: '20270331',
  service: '111000',
  office: '9970100005',
  targetAndConsent: '41',
  concerns: '000001010000',
  message: '家計管理の相談希望。',
  externalNumber: 'SHG-20261110-0001',
  telephone: '0991234567',
  householdSize: '2',
  meeting: '1',
};

/** An `SHG` file with these records; each states only what its case turns on. */
export function eventFile(rows: readonly EventValues[], shape: FileShape = {}): Buffer {
  const records = rows.map((row) => {
    const number = { ...plain, ...row }.recipient;
    return { bytes: eventRecord(row).subarray(8), number: typeof number === 'string' ? number : '' };
  });
  return fixedFile('SHG', 500, records, shape);
}

/** One such record. */
export function eventRecord(row: EventValues = {}): Buffer {
  return Buffer.concat([Buffer.from('20000001'), recordBytes(eventLayout, { ...plain, ...row })]);
}
