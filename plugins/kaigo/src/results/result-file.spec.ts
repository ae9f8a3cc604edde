// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type ResultRow, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventFile, type EventValues, type FileShape } from '../../test/event-file';
import { readEvents } from '../intake/read-events';
import { resultName, writeResult } from './result-file';
import { reasonsOfEvents } from './reasons';

const bytesOf = (...path: string[]) => readFileSync(join(__dirname, '../..', ...path));
const rules = { gaiji: new Map<string, string | null>(), insurers: [] };
const first = '019a9f00-0000-7000-8000-0000000000a1';
const second = '019a9f00-0000-7000-8000-0000000000a2';

type Answer = Omit<ResultRow, 'row' | 'label'>;

/** What the folder does: rows in their order with the answers of the hub, faults as quarantined. */
function resultOf(input: Uint8Array, answers: readonly Answer[], name = 'KAI26111.CSV'): Buffer {
  const reading = readEvents(input, rules);
  const rows: ResultRow[] = [];
  if (!reading.ok) rows.push({ row: 0, outcome: 'refused', code: reading.code, field: reading.field });
  else {
    for (const read of reading.rows) {
      const { row, label } = read;
      const fault: Answer | undefined =
        'quarantined' in read ? { outcome: 'quarantined', ...read.quarantined } : undefined;
      rows.push({ row, label, ...(fault ?? answers[row - 1]!) });
    }
  }
  return Buffer.concat([...writeResult({ name, header: reading.header, rows }, reasonsOfEvents)]);
}

/** The records of a result between its control and end record. */
const linesOf = (result: Buffer) => result.toString('latin1').split('\r\n').slice(1, -2);
const recordOf = (row: EventValues, answer: Answer) => linesOf(resultOf(eventFile([row]), [answer]))[0];

describe('the result of a file', () => {
  it('has the name of the input with E as its third letter', () => {
    expect(resultName('KAI24061.CSV')).toBe('KAE24061.CSV');
    expect(resultName('kai24061.csv')).toBe('KAE24061.CSV');
  });

  it('is byte for byte the expected one', () => {
    const answers: Answer[] = [
      { outcome: 'accepted', referralId: first },
      { outcome: 'held', code: 'ASSERTED_WITHOUT_CONSENT', referralId: second },
    ];
    expect(resultOf(bytesOf('samples/KAI26111.CSV'), answers)).toEqual(bytesOf('test/expected/KAE26111.CSV'));
  });

  it('of a file that was cut during copying has one record with row 0', () => {
    const cut = bytesOf('samples/KAI24061.CSV').subarray(0, 200);
    expect(resultOf(cut, [], 'KAI24061.CSV')).toEqual(bytesOf('test/expected/KAE24061.CSV'));
  });

  const outcomes: [why: string, outcome: ResultRow['outcome'], result: string][] = [
    ['送付', 'accepted', '10'],
    ['根拠待ち', 'held', '11'],
    ['不可', 'denied', '12'],
    ['重複', 'duplicate', '13'],
    ['対象外', 'no_referral', '14'],
    ['宛先なし', 'unrouted', '15'],
    ['下書き', 'draft', '16'],
    ['保留', 'conflict', '90'],
    ['保留', 'rejected', '90'],
  ];
  it.each(outcomes)('says %s where the hub answered %s', (_, outcome, result) => {
    expect(recordOf({}, { outcome })).toBe(`2,2,Z115,01,1,KAI-20261110-0001,${result},,,`);
  });

  it('names the id of the referral as people read it', () => {
    expect(recordOf({}, { outcome: 'accepted', referralId: first })).toMatch(new RegExp(`,${uuidToBase32(first)}$`));
  });

  it('names the first flag of a row that was taken all the same', () => {
    const row = recordOf({ reason: '99', kanji: Buffer.from([0xf0, 0x40]) }, { outcome: 'accepted' });
    expect(row).toBe('2,2,Z115,01,1,KAI-20261110-0001,10,W-CODE,5,');
  });

  it('names code and field of a row that waits, and of its values only its own number', () => {
    expect(recordOf({ insurer: '00990011' }, { outcome: 'accepted' })).toBe(
      '2,2,Z115,01,1,KAI-20261110-0001,90,E-CD-HOKENSHA,6,',
    );
  });

  it('leaves out a number of its own that is itself at fault', () => {
    expect(recordOf({ externalNumber: 'kai-1' }, { outcome: 'accepted' })).toBe('2,2,Z115,01,1,,90,E-ATTR,25,');
  });

  it('names the own number where a new record clashes with an earlier one of that number', () => {
    expect(recordOf({}, { outcome: 'conflict', code: 'E-DUP-DIFF' })).toMatch(/,90,E-DUP-DIFF,25,$/);
  });

  it('keeps reasons out that are none of the record', () => {
    expect(recordOf({}, { outcome: 'denied', code: 'PURPOSE_NOT_HELD' })).toMatch(/,12,,,$/);
    expect(recordOf({}, { outcome: 'rejected', code: 'INVALID_BODY' })).toMatch(/,90,,,$/);
  });

  const refused: [why: string, shape: FileShape, record: string][] = [
    ['counts other than there are', { count: 2 }, '2,2,Z115,01,0,,91,E-COUNT,4,'],
    ['has no end record', { end: false }, '2,2,Z115,01,0,,91,E-NO-END,,'],
  ];
  it.each(refused)('refuses the whole of a file that %s', (_, shape, record) => {
    const result = resultOf(eventFile([{}], shape), []);
    expect(linesOf(result)).toEqual([record]);
    expect(result.toString('latin1')).toMatch(/^1,1,0,1,Z11,0,00990010,0,00,7,202611,0\r\n/);
  });

  it('never stands in memory whole: records are made as they are written', () => {
    const rows = Array.from({ length: 5_000 }, (_, index): ResultRow => ({ row: index + 1, outcome: 'accepted' }));
    let made = 0;
    const reasonOf = () => ((made += 1), {});
    const [block] = writeResult({ name: 'KAI00001.CSV', header: undefined, rows }, reasonOf);
    expect(block!.length).toBeLessThan(100_000);
    expect(made).toBeLessThan(4_000);
  });

  it('of a file that is none of ours has a control record all the same, without a clock', () => {
    const result = resultOf(Buffer.from('NAME,ADDRESS\r\n'), []).toString('latin1');
    expect(result).toBe('1,1,0,1,Z11,0,000000,0,00,7,000001,0\r\n2,2,Z115,01,0,,91,E-CONTROL,1,\r\n3,3\r\n');
  });
});
