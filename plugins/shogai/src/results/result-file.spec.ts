// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFixedFile, type ResultRow, sliceFields, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { eventFile, type EventValues } from '../../test/event-file';
import type { FileShape } from '../../test/record-bytes';
import { readEvents } from '../intake/read-events';
import { frameOf } from '../layout/frames';
import { anything } from '../layout/intake-rules';
import { standardFormat } from '../profiles/event-format';
import { reasonsIn } from './reasons';
import { resultLayout, resultName, writeResult } from './result-file';

const referralId = '019a9f00-0000-7000-8000-0000000000a1';
type Answer = Omit<ResultRow, 'row' | 'label'>;

/** What the folder does: rows in their order with the answer of the hub, faults as quarantined. */
function resultOf(input: Uint8Array, answer: Answer = { outcome: 'accepted' }): Buffer {
  const reading = readEvents(input, anything);
  const rows: ResultRow[] = [];
  if (!reading.ok) rows.push({ row: 0, outcome: 'refused', code: reading.code, field: reading.field });
  else
    for (const read of reading.rows) {
      const { row, label } = read;
      rows.push({ row, label, ...('quarantined' in read ? { outcome: 'quarantined', ...read.quarantined } : answer) });
    }
  return Buffer.concat([
    ...writeResult({ name: 'SHG00001.DAT', header: reading.header, rows }, reasonsIn(standardFormat), anything),
  ]);
}
/** 行番号, 外部管理番号, 結果, エラーコード, 項目番号, ハブ紹介ID. */
function recordsOf(result: Uint8Array): string[][] {
  const file = readFixedFile(result, frameOf('SHE', 'none'));
  if (!file.ok) throw new Error(file.code);
  return [...file.rows].map(({ bytes }) =>
    sliceFields(bytes, resultLayout)
      .slice(2)
      .map(({ text }) => text),
  );
}
const recordOf = (row: EventValues, answer?: Answer) => recordsOf(resultOf(eventFile([row]), answer))[0];

describe('the result of a file', () => {
  it('has the name of the input with E as its third letter', () => {
    expect(resultName('SHG24061.DAT')).toBe('SHE24061.DAT');
    expect(resultName('shs24061.dat')).toBe('SHE24061.DAT');
  });

  it('is header, records and trailer of 100 bytes, with date, time and 送信連番 of the input', () => {
    const result = resultOf(eventFile([{}], { transmission: '000042' }), { outcome: 'accepted', referralId });
    expect(result.toString('latin1')).toBe(
      [
        '1990019SHE20261110021500000042',
        `20000001000000001SHG-20261110-0001   10${' '.repeat(20)}00${uuidToBase32(referralId)}`,
        '3990019000000001000000000000000',
      ]
        .map((record) => record.padEnd(100))
        .join(''),
    );
  });

  const outcomes: [outcome: ResultRow['outcome'], result: string][] = [
    ['accepted', '10'],
    ['held', '11'],
    ['denied', '12'],
    ['duplicate', '13'],
    ['no_referral', '14'],
    ['unrouted', '15'],
    ['draft', '16'],
    ['conflict', '90'],
    ['rejected', '90'],
  ];
  it.each(outcomes)('says of %s: %s', (outcome, result) => {
    expect(recordOf({}, { outcome })).toEqual(['000000001', 'SHG-20261110-0001', result, '', '', '']);
  });

  it('names code and field of a row that waits, and of its values only its own number', () => {
    const waiting = recordOf({ birthDate: '4310501' });
    expect(waiting).toEqual(['000000001', 'SHG-20261110-0001', '90', 'E-ERA', '11', '']);
  });

  it('names the first flag of a row that was taken all the same', () => {
    expect(recordOf({ resident: '000000000001235' })).toMatchObject({ 2: '10', 3: 'W-CD-ATENA', 4: '05' });
  });

  it('names the own number where a new record clashes with an earlier one of that number', () => {
    expect(recordOf({}, { outcome: 'conflict', code: 'E-DUP-DIFF' })).toMatchObject({ 3: 'E-DUP-DIFF', 4: '25' });
  });

  const refused: [why: string, shape: FileShape, code: string, field: string][] = [
    ['counts other than there are', { count: 2 }, 'E-COUNT', '03'],
    ['has another hash total', { hash: 5 }, 'E-HASH', '04'],
    ['has no trailer', { trailer: false }, 'E-NO-END', ''],
    ['has line ends', { eol: '\r\n' }, 'E-RECLEN', ''],
  ];
  it.each(refused)('has one record with row 0 for a file that %s', (_, shape, code, field) => {
    expect(recordsOf(resultOf(eventFile([{}], shape)))).toEqual([['', '', '91', code, field, '']]);
  });

  it('never stands in memory whole: records are made as they are written', () => {
    const rows = Array.from({ length: 5_000 }, (_, index): ResultRow => ({ row: index + 1, outcome: 'accepted' }));
    let made = 0;
    const reasonOf = () => ((made += 1), {});
    const [block] = writeResult({ name: 'SHG00001.DAT', header: undefined, rows }, reasonOf, anything);
    expect(block!.length).toBeLessThan(100_000);
    expect(made).toBeLessThan(4_000);
  });

  it('of a file whose header cannot be read has zeros in its own, and no clock', () => {
    const result = resultOf(Buffer.from('NAME,ADDRESS\r\n')).toString('latin1');
    expect(result.slice(0, 30)).toBe('1000000SHE00000000000000000000');
    expect(result.slice(100, 157)).toBe(`20000001000000000${' '.repeat(20)}91E-RECLEN${' '.repeat(10)}`);
  });
});
