// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referralSubmission } from '@tsunagi/plugin-sdk';
import { eventFile, type EventValues } from '../../test/event-file';
import { anything } from '../layout/intake-rules';
import { eventLayout } from './event-layout';
import { readEvents, toEventSubmission } from './read-events';

const read = (bytes: Uint8Array, rules: Partial<typeof anything> = {}) => {
  const reading = readEvents(bytes, { ...anything, ...rules });
  return reading.ok ? [...reading.rows] : reading;
};
const rowsOf = (rows: readonly EventValues[]) => {
  const reading = read(eventFile(rows));
  if (!Array.isArray(reading)) throw new Error(reading.code);
  return reading;
};

describe('a file of change records', () => {
  it('goes on with the sound rows where others wait', () => {
    const rows = rowsOf([
      { externalNumber: 'A-1' },
      { externalNumber: 'A-2', birthDate: '4310501' },
      { externalNumber: 'a-3' },
      { externalNumber: 'A-4', municipality: '990010' },
    ]);
    expect(rows.map(({ label }) => label)).toEqual(['A-1', 'A-2', undefined, 'A-4']);
    expect(rows.slice(1)).toEqual([
      { row: 2, label: 'A-2', quarantined: { code: 'E-ERA', field: 11, key: '990019/A-2' } },
      { row: 3, quarantined: { code: 'E-ATTR', field: 25 } },
      { row: 4, label: 'A-4', quarantined: { code: 'E-CD-MUNI', field: 3, key: '990019/A-4' } },
    ]);
  });

  it('goes on with the one row that a person lets go on, and flags what was read in another way', () => {
    const bytes = eventFile([
      { externalNumber: 'A-1', birthDate: '4310501' },
      { externalNumber: 'A-2', birthDate: '4310501' },
      { externalNumber: 'A-3', municipality: '990010' },
    ]);
    const rowsWith = (row: number, override: string) => {
      const reading = readEvents(bytes, anything, { row, override });
      return reading.ok ? [...reading.rows] : [];
    };
    const [, era, other] = rowsWith(2, 'E-ERA');
    expect(era).toMatchObject({
      event: { record: { birthDate: '20190501' }, warnings: [{ code: 'W-ERA-OVERRUN', field: 11 }] },
    });
    expect(rowsWith(2, 'E-ERA')[0]).toHaveProperty('quarantined.code', 'E-ERA');
    expect(other).toHaveProperty('quarantined.code', 'E-CD-MUNI');
    expect(rowsWith(3, 'E-CD-MUNI')[2]).toMatchObject({ event: { record: { municipality: '990019' } } });
  });

  it('has the same content for a record wherever it stands, and another where one byte differs', () => {
    const hashes = rowsOf([{}, {}, { message: '別の連絡' }]).map((row) => 'event' in row && row.event.contentHash);
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  describe('is refused as a whole', () => {
    const sound = eventFile([{}, {}]);
    const short = Buffer.concat([sound.subarray(0, 620), sound.subarray(622)]);
    const cases: [why: string, bytes: Buffer, refusal: object][] = [
      ['when a character was cut out of a record', short, { code: 'E-RECLEN', offset: 1000 }],
      ['when CR LF came in on the way', eventFile([{}], { eol: '\r\n' }), { code: 'E-RECLEN', offset: 500 }],
      [
        'when its header has the check digit of an insurer',
        eventFile([{}], { municipality: '990010' }),
        { code: 'E-CD-MUNI', field: 2 },
      ],
      ['when its trailer counts other than there are', eventFile([{}], { count: 2 }), { code: 'E-COUNT', field: 3 }],
      ['when its hash total is another', eventFile([{}], { hash: 1 }), { code: 'E-HASH', field: 4 }],
      ['when its trailer is missing', eventFile([{}], { trailer: false }), { code: 'E-NO-END' }],
      [
        'when it is one of answers',
        Buffer.from(sound.toString('latin1').replace('SHG2', 'SHS2'), 'latin1'),
        { code: 'E-HEADER', field: 3 },
      ],
    ];
    it.each(cases)('%s', (_, bytes, refusal) => {
      expect(read(bytes)).toMatchObject({ ok: false, ...refusal });
    });

    it('when it is of another municipality than the settings’', () => {
      expect(read(sound, { municipality: '131016' })).toMatchObject({ ok: false, code: 'E-CODE', field: 2 });
      expect(read(sound, { municipality: '990019' })).toHaveLength(2);
    });
  });

  it('is taken with CR LF where the settings say so, and with a final 0x1A', () => {
    expect(read(eventFile([{}], { eol: '\r\n' }), { eol: 'crlf' })).toHaveLength(1);
    expect(read(Buffer.concat([eventFile([{}]), Buffer.of(0x1a)]))).toHaveLength(1);
  });

  const settings = { functionCode: 'S', formVersion: 'v' };
  const frame = { channel: 'plugin', plugin: 'shogai', row: 1 };
  const parseAll = (bytes: Uint8Array) => {
    const reading = read(bytes);
    for (const row of Array.isArray(reading) ? reading : []) {
      if (!('event' in row)) continue;
      const mapped = toEventSubmission(row.event, settings);
      if (!mapped.ok) throw new Error(mapped.code);
      const { source, ...draft } = mapped.value;
      referralSubmission.parse({ ...draft, source: { ...frame, ...source } });
    }
  };

  it('never makes a submission the hub would refuse, whatever one field holds', () => {
    const fields = eventLayout.slice(2).filter(({ key }) => key !== 'recipient');
    const any = fc.constantFrom(...fields).chain(({ key, maxBytes }) =>
      fc
        .oneof(
          fc.uint8Array({ minLength: maxBytes, maxLength: maxBytes }),
          fc.stringMatching(new RegExp(`^[0-9A-Z]{${maxBytes}}$`)).map((text) => Buffer.from(text)),
          fc.stringMatching(new RegExp(`^[0-9]{${maxBytes}}$`)).map((text) => Buffer.from(text)),
        )
        .map((bytes) => ({ [key]: bytes })),
    );
    fc.assert(
      fc.property(any, (values) => parseAll(eventFile([values]))),
      { numRuns: 300 },
    );
  });

  it('whatever of the sample is changed, is read or refused and never breaks the reader', () => {
    const sample = readFileSync(join(__dirname, '../../samples/SHG24061.DAT'));
    const change = fc.tuple(fc.nat(sample.length - 1), fc.nat(255));
    const mutated = fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => {
      const copy = Buffer.from(sample);
      for (const [at, byte] of changes) copy[at] = byte;
      return copy;
    });
    fc.assert(fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 1600 })), parseAll), { numRuns: 300 });
  });

  it('tells of a waiting row where and why, never a value', () => {
    const secrets: EventValues = { kanji: '其の名前', message: '其の連絡文', address: '其の住所' };
    const [row] = rowsOf([{ ...secrets, birthDate: '4310501' }]);
    expect(row).toHaveProperty('quarantined');
    expect(JSON.stringify(row)).not.toMatch(/其の|4310501|2019/);
  });
});
