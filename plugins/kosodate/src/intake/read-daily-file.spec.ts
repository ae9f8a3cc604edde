// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { anEvent } from '../../test/event-body';
import { eventFields } from './event-body';
import { judgeEvent } from './judge-event';
import { readDailyFile } from './read-daily-file';

const read = (text: string | Uint8Array) => {
  const reading = readDailyFile(typeof text === 'string' ? Buffer.from(text) : text);
  return reading.ok ? [...reading.rows] : reading.code;
};
const rules = { municipality: '990019', childAbuseContact: 'x' };
const quoted = (value: unknown) =>
  `"${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('"', '""')}"`;

describe('a daily file', () => {
  it('holds in its cells what the webhook would have brought', () => {
    const event = anEvent();
    const { subject, ...rest } = event as { subject: Record<string, unknown> };
    const cells: Record<string, unknown> = { ...rest };
    for (const [name, value] of Object.entries(subject)) cells[`subject.${name}`] = value;
    const lines = [eventFields, eventFields.map((name) => (name in cells ? quoted(cells[name]) : ''))];
    expect(read(lines.join('\r\n'))).toEqual([{ row: 1, eventId: 'EV-20261110-0001', ok: true, body: event }]);
  });

  it.each([
    ['with a BOM', '\ufeffeventId,urgency\r\na,1\r\n'],
    ['with LF', 'eventId,urgency\na,1'],
    ['quoted throughout', '"eventId","urgency"\r\n"a","1"\r\n'],
    ['with an empty line at its end', 'eventId,urgency\r\na,1\r\n\r\n'],
  ])('is read %s', (_, text) => {
    expect(read(text)).toEqual([{ row: 1, eventId: 'a', ok: true, body: { eventId: 'a', urgency: '1', subject: {} } }]);
  });

  it('says of a date of birth that nobody knows it where its cell is empty', () => {
    expect(read('eventId,subject.dateOfBirth,subject.dateOfBirthText\r\na,,昭和10年頃')).toMatchObject([
      { body: { subject: { dateOfBirth: null, dateOfBirthText: '昭和10年頃' } } },
    ]);
  });

  it('lets a row wait whose cell is no JSON, and names its field', () => {
    expect(read('eventId,referTo\r\na,"[{"\r\nb,[]')).toMatchObject([
      { row: 1, eventId: 'a', ok: false, code: 'E-JSON', field: 21 },
      { row: 2, ok: true },
    ]);
  });

  it.each([
    ['goes very deep', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['has two readings', '[{"domain":"1","domain":"2","reason":"x"}]'],
  ])('lets a row wait whose cell %s', (_, cell) => {
    expect(read(`eventId,referTo\r\na,${quoted(cell)}\r\nb,[]`)).toMatchObject([
      { row: 1, ok: false, code: 'E-JSON', field: 21 },
      { row: 2, ok: true },
    ]);
  });

  it.each(['colour', '__proto__', 'subject.__proto__'])(
    'with a column %s lets its rows wait, as the webhook would',
    (name) => {
      const [row] = read(`eventId,${name}\r\na,red`);
      if (typeof row !== 'object' || !row.ok) throw new Error('not read');
      const judged = judgeEvent(row.body, rules);
      expect(judged.ok ? [] : judged.errors.map(({ code }) => code)).toContain('E-UNKNOWN');
    },
  );

  it('names nobody by an eventId that is none', () => {
    expect(read('eventId\r\n見本太郎')).toMatchObject([{ row: 1 }]);
    expect(read('eventId\r\n見本太郎')).not.toMatchObject([{ eventId: expect.anything() }]);
  });

  it.each([
    ['empty', '', 'E-CSV'],
    ['in CP932', Buffer.from([0x8c, 0xa9, 0x96, 0x7b]), 'E-UTF8'],
    ['with a row that is too long', 'eventId\r\na,b', 'E-CSV'],
    ['cut within quotes', 'eventId\r\n"a', 'E-CSV'],
  ])('is refused as a whole %s', (_, text, code) => {
    expect(read(text)).toBe(code);
  });

  it('takes any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(bytes)));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'a', '{', '[') }), (text) => void read(text)),
    );
  });

  it('is, of the sample, sound in every row', () => {
    const rows = read(readFileSync(join(__dirname, '../../samples/events.csv')));
    if (typeof rows === 'string') throw new Error(rows);
    expect(rows.map((row) => row.ok && judgeEvent(row.body, rules).ok)).toEqual([true, true]);
  });
});
