// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { decodeCp932 } from './cp932';
import { readEnvelope } from './envelope-reader';
import { envelopeBlocks, writeEnvelope } from './envelope-writer';
import { ControlRecordError, ForbiddenCharacterError, UnencodableError } from './legacy.errors';

const control = {
  volume: 0,
  dataKind: 'Z11',
  welfareOfficeNumber: '0',
  insurerNumber: '00990010',
  officeNumber: '0',
  prefectureNumber: '00',
  medium: '7',
  processingMonth: '202407',
  fileManagementNumber: '0',
};
const textOf = (rows: string[][]) => decodeCp932(writeEnvelope({ control, rows })).text;

describe('writing a file', () => {
  it.each(['KAI24061.CSV', 'KAI26111.CSV'])('gives %s byte for byte from its values', (name) => {
    const file = readFileSync(join(__dirname, '../test/samples', name));
    const envelope = readEnvelope(file, { dataKind: 'Z11' });
    if (!envelope.ok) throw new Error(envelope.code);
    const rows = Array.from(envelope.rows, ({ fields }) => fields.map((field) => field.text));
    expect(Buffer.from(writeEnvelope({ control: envelope.control, rows })).equals(file)).toBe(true);
  });

  it('numbers and counts the records', () => {
    expect(textOf([['a'], ['b']])).toBe('1,1,0,2,Z11,0,00990010,0,00,7,202407,0\r\n2,2,a\r\n2,3,b\r\n3,4\r\n');
    expect(textOf([])).toBe('1,1,0,0,Z11,0,00990010,0,00,7,202407,0\r\n3,2\r\n');
  });

  it.each([
    ['', ''],
    ['0', '0'],
    ['KAI-1', 'KAI-1'],
    ['ﾐﾎﾝ', '"ﾐﾎﾝ"'],
    ['見本', '"見本"'],
    ['a b', '"a b"'],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
  ])('writes %j as %s', (value, written) => {
    expect(textOf([['x', value, 'y']])).toContain(`2,2,x,${written},y\r\n`);
  });

  it.each(["a'b", 'a\nb', 'a\r', '\0', '\u007f', '\ud842'])('refuses the forbidden %j, naming its place', (value) => {
    expect(() => textOf([['a'], ['a', value]])).toThrow(ForbiddenCharacterError);
    expect(() => textOf([['a'], ['a', value]])).toThrow(/^row 2 field 2: holds a forbidden character$/);
  });

  it('refuses what CP932 does not have, naming place and character', () => {
    expect(() => textOf([['a', '𠮷田']])).toThrow(UnencodableError);
    expect(() => textOf([['a', '𠮷田']])).toThrow(/^row 1 field 2: U\+20BB7 cannot be written in CP932$/);
  });

  it('comes in blocks, each made when it is asked for', () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => [`number ${index}`, '見本　次郎'.repeat(3)]);
    let made = 0;
    const blocks = envelopeBlocks({ control, rows, valuesOf: (row) => ((made += 1), row) });
    const first = blocks[Symbol.iterator]().next();
    expect(first.done).toBe(false);
    expect(made).toBeLessThan(1_500);
    expect(Buffer.concat([...envelopeBlocks({ control, rows, valuesOf: (row) => row })])).toEqual(
      writeEnvelope({ control, rows }),
    );
    expect(textOf(rows)).toMatch(/\r\n2,5001,"number 4999",[^\r]+\r\n3,5002\r\n$/);
  });

  it('refuses a control record that it would not read', () => {
    const wrong = { ...control, insurerNumber: '0990010' };
    expect(() => writeEnvelope({ control: wrong, rows: [] })).toThrow(ControlRecordError);
    expect(() => writeEnvelope({ control: wrong, rows: [] })).toThrow('control record: value 7 is not of its form');
  });

  it('is read again with the same values, or refused with an error of ours', () => {
    const value = fc.string({ unit: fc.oneof(fc.constantFrom(...'",; ﾐﾎﾝ見本ソ髙𠮷\''), fc.string({ maxLength: 1 })) });
    fc.assert(
      fc.property(fc.array(fc.array(value)), (rows) => {
        let file: Uint8Array;
        try {
          file = writeEnvelope({ control, rows });
        } catch (error) {
          expect([UnencodableError, ForbiddenCharacterError]).toContain((error as Error).constructor);
          return;
        }
        const envelope = readEnvelope(file, { dataKind: 'Z11' });
        expect(envelope.ok && Array.from(envelope.rows, ({ fields }) => fields.map((field) => field.text))).toEqual(
          rows,
        );
      }),
    );
  });
});
