// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '../test/run-kosodate';
import { kosodatePlugin } from './kosodate.plugin';

const sample = readFileSync(join(__dirname, '../samples/events.csv'));
const check = (bytes: Uint8Array, name = 'events.csv', config?: unknown) =>
  kosodatePlugin.checkFile?.(bytes, name, config);

describe('a daily file looked at without a hub', () => {
  it('is flagged where a date of birth is in words, and else sound', () => {
    expect(check(sample)).toEqual({
      outcome: 'flagged',
      rows: 2,
      findings: [
        { row: 2, field: 11, fieldName: 'subject.dateOfBirthText', code: 'W-NONCALENDAR', severity: 'flagged' },
      ],
    });
  });

  it('says everything that is wrong with a row, and no value', () => {
    const spoiled = Buffer.from(sample.toString().replace('2023-10-02', '2023-02-29').replace('"990019"', '"990010"'));
    expect(check(spoiled)?.findings.slice(0, 2)).toEqual([
      { row: 1, field: 5, fieldName: 'municipalityCode', code: 'E-CD-MUNI', severity: 'quarantined' },
      { row: 1, field: 10, fieldName: 'subject.dateOfBirth', code: 'E-DATE', severity: 'quarantined' },
    ]);
    expect(JSON.stringify(check(spoiled))).not.toMatch(/990010|2023/);
  });

  it('of another municipality is wrong only where the settings say whose it is', () => {
    const other = Buffer.from(sample.toString().replaceAll('"990019"', '"131016"'));
    expect(check(other)?.outcome).toBe('flagged');
    const config = settings('https://kosodate.example.lg.jp/hub');
    expect(check(other, 'events.csv', config)?.findings.map(({ code }) => code)).toEqual(['E-CODE', 'E-CODE']);
  });

  it.each([
    ['another name', sample, 'events.txt', 'E-NAME'],
    ['another encoding', Buffer.from([0x83, 0x7e]), 'events.csv', 'E-UTF8'],
    ['no CSV', Buffer.from('a\r\n"b'), 'events.csv', 'E-CSV'],
  ])('is refused for %s', (_, bytes, name, code) => {
    expect(check(bytes, name)).toEqual({
      outcome: 'refused',
      rows: 0,
      findings: [{ row: 0, code, severity: 'refused' }],
    });
  });
});

describe('the body of a call looked at without a hub', () => {
  const event = readFileSync(join(__dirname, '../samples/event.json'));

  it.each(['event.json', 'response.json'])('is sound: the sample %s', (name) => {
    expect(check(readFileSync(join(__dirname, '../samples', name)), name)).toEqual({
      outcome: 'sound',
      rows: 1,
      findings: [],
    });
  });

  it('is refused for everything that is wrong with it, and no value is said', () => {
    const spoiled = Buffer.from(event.toString().replace('2023-10-02', '2023-02-29').replace('990019', '990010'));
    expect(check(spoiled, 'event.json')).toEqual({
      outcome: 'refused',
      rows: 1,
      findings: [
        { row: 0, field: 5, fieldName: 'municipalityCode', code: 'E-CD-MUNI', severity: 'refused' },
        { row: 0, field: 10, fieldName: 'subject.dateOfBirth', code: 'E-DATE', severity: 'refused' },
      ],
    });
  });

  it('is flagged as its row in a daily file would be', () => {
    const inWords = event.toString().replace('"2023-10-02"', 'null, "dateOfBirthText": "令和5年2月29日"');
    expect(check(Buffer.from(inWords), 'event.json')?.findings).toMatchObject([
      { row: 0, field: 11, code: 'W-NONCALENDAR', severity: 'flagged' },
    ]);
  });
});
