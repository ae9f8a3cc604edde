// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type FixedField, fixedField, sliceFields } from './fixed-fields';
import { readFixedFile } from './fixed-file-reader';
import { fixedFileBlocks, writeFixedFile } from './fixed-file-writer';
import type { FixedFrame } from './fixed-frame';
import { FieldWidthError, ForbiddenCharacterError, HeaderRecordError, UnencodableError } from './legacy.errors';

const sample = readFileSync(join(__dirname, '../test/samples/SHG24061.DAT'));
const frame: FixedFrame = { dataKind: 'SHG', recordBytes: 500, hashedAt: 14 };
const small: FixedFrame = { dataKind: 'TST', recordBytes: 60, hashedAt: 8 };
/** 区分, 連番, a number of ten digits, a name, a reading, a grade that need not be there. */
const layout = [
  fixedField('9', 1),
  fixedField('9', 7),
  fixedField('X', 10),
  fixedField('N', 20),
  fixedField('K', 10),
  fixedField('9', 2),
];
const header = { municipality: '990019', madeOn: '20261110', madeAt: '021500', transmission: '000007' };
const row = (values: Partial<Record<'number' | 'name' | 'kana' | 'grade', string>> = {}) => {
  const { number = '9910100008', name = '見本　次郎', kana = 'ﾐﾎﾝ ｼﾞﾛｳ', grade = '2' } = values;
  return ['', '', number, name, kana, grade];
};
const write = (rows: string[][], more: Partial<FixedFrame> = {}) =>
  Buffer.from(writeFixedFile({ frame: { ...small, ...more }, header, layout, rows }));
const read = (bytes: Uint8Array, more: Partial<FixedFrame> = {}) => readFixedFile(bytes, { ...small, ...more });
const textsIn = (bytes: Uint8Array, more: Partial<FixedFrame> = {}) => {
  const file = read(bytes, more);
  if (!file.ok) throw new Error(file.code);
  return Array.from(file.rows, (one) => sliceFields(one.bytes, layout).map(({ text }) => text));
};
const codeOf = (bytes: Uint8Array, more: Partial<FixedFrame> = {}) => {
  const file = read(bytes, more);
  return file.ok ? 'sound' : file.code;
};
/** The file with these bytes written over it. */
const withBytes = (file: Buffer, at: number, text: string) => {
  const copy = Buffer.from(file);
  copy.write(text, at, 'latin1');
  return copy;
};

describe('reading a file of fixed length', () => {
  it('reads the sample: header, one record of 500 bytes, trailer', () => {
    const file = readFixedFile(sample, frame);
    expect(file).toMatchObject({
      ok: true,
      recordCount: 1,
      header: {
        municipality: '990019',
        dataKind: 'SHG',
        madeOn: '20240610',
        madeAt: '021500',
        transmission: '000001',
      },
    });
    expect(file.ok && Array.from(file.rows, (one) => [one.row, one.bytes.length])).toEqual([[1, 500]]);
  });

  it('cuts bytes before it decodes, and takes the fillings off', () => {
    expect(textsIn(write([row(), row({ name: '', kana: '', grade: '' })]))).toEqual([
      ['2', '0000001', '9910100008', '見本　次郎', 'ﾐﾎﾝ ｼﾞﾛｳ', '02'],
      ['2', '0000002', '9910100008', '', '', ''],
    ]);
  });

  it('takes a 9 of zeros for empty unless zero is a value there', () => {
    const record = Buffer.from('2000000100');
    const grade = fixedField('9', 2);
    const texts = (layout: FixedField[]) => sliceFields(record, layout).map(({ text }) => text);
    expect(texts([fixedField('9', 8), grade])).toEqual(['20000001', '']);
    expect(texts([fixedField('9', 8), { ...grade, keepsZeros: true }])).toEqual(['20000001', '00']);
  });

  it('keeps the zeros of an X, and the full-width spaces inside of a name', () => {
    expect(textsIn(write([row({ number: '0000000000', name: '　見　本' })]))[0]).toMatchObject({
      2: '0000000000',
      3: '　見　本',
    });
  });

  it.each([
    ['spaces where digits should be', 48, '  ', 5],
    ['half-width spaces where full-width ones should be', 18, ' '.repeat(20), 3],
  ])('takes %s for empty', (_, at, filling, field) => {
    expect(textsIn(withBytes(write([row()]), 60 + at, filling))[0]?.[field]).toBe('');
  });

  it('spoils by a character that was cut in two its own field only', () => {
    const file = withBytes(write([row()]), 60 + 18 + 18, '\x83 ');
    const found = read(file);
    const fields = found.ok ? sliceFields([...found.rows][0]!.bytes, layout) : [];
    expect(fields.map(({ code }) => code)).toEqual([null, null, null, 'E-ATTR', null, null]);
  });

  it('takes nothing for a filling where a half-width character has shifted the pairs', () => {
    const shifted = Buffer.concat([Buffer.from('A'), Buffer.alloc(19, Buffer.of(0x81, 0x40))]);
    const [, , , name] = sliceFields(Buffer.concat([Buffer.alloc(18, '2'), shifted]), layout);
    expect(name?.code).toBe('E-ATTR');
  });

  it.each([
    ['no line ends', {}],
    ['CR LF behind every record', { eol: 'crlf' as const }],
  ])('takes a file with %s and one that ends in 0x1A', (_, more) => {
    const file = write([row(), row()], more);
    expect(codeOf(file, more)).toBe('sound');
    expect(codeOf(Buffer.concat([file, Buffer.of(0x1a)]), more)).toBe('sound');
  });

  it('takes the last record without its CR LF', () => {
    expect(codeOf(write([row()], { eol: 'crlf' }).subarray(0, -2), { eol: 'crlf' })).toBe('sound');
  });

  describe('refuses the whole of it', () => {
    const two = write([row(), row()]);
    const cases: [why: string, bytes: Buffer, code: string, field: number | null, offset: number | null][] = [
      ['when it is empty', Buffer.alloc(0), 'E-RECLEN', null, 0],
      [
        'when a record is two bytes short',
        Buffer.concat([two.subarray(0, 80), two.subarray(82)]),
        'E-RECLEN',
        null,
        120,
      ],
      ['when CR LF came in on the way', write([row(), row()], { eol: 'crlf' }), 'E-RECLEN', null, 60],
      ['when it is cut within a record', two.subarray(0, 200), 'E-RECLEN', null, 180],
      ['when it is cut between two records', two.subarray(0, 180), 'E-NO-END', null, null],
      ['when it is something else', Buffer.from('NAME,ADDRESS\r\n'), 'E-RECLEN', null, 0],
      ['when it begins with a data record', two.subarray(60), 'E-HEADER', 1, null],
      ['when its header has the check digit of an insurer', withBytes(two, 1, '990010'), 'E-CD-MUNI', 2, null],
      ['when it is of another kind', withBytes(two, 7, 'SHG'), 'E-HEADER', 3, null],
      ['when it was made on no day', withBytes(two, 10, '20260229'), 'E-HEADER', 4, null],
      ['when it was made at no time', withBytes(two, 18, '240000'), 'E-HEADER', 5, null],
      ['when it has no 送信連番', withBytes(two, 24, '000000'), 'E-HEADER', 6, null],
      ['when a record is missing', withBytes(two, 121, '0000003'), 'E-SEQ', null, null],
      ['when a header stands between', withBytes(two, 120, '1'), 'E-SEQ', null, null],
      ['when its trailer is of another municipality', withBytes(two, 181, '131016'), 'E-HEADER', 2, null],
      ['when its trailer counts other than there are', withBytes(two, 187, '000000003'), 'E-COUNT', 3, null],
      ['when its trailer counts in letters', withBytes(two, 187, '00000000A'), 'E-COUNT', 3, null],
      ['when a number is another than the sum knows', withBytes(two, 68, '9910100009'), 'E-HASH', 4, null],
      ['when it is UTF-8', Buffer.from('1990019TST見本'.padEnd(60), 'utf8'), 'E-ENCODING', null, null],
    ];
    it.each(cases)('%s', (_, bytes, code, field, offset) => {
      expect(read(bytes)).toMatchObject({ ok: false, code, field, offset });
    });

    it('and says what its header is, where that can be read', () => {
      expect(read(two.subarray(0, 200))).toMatchObject({ header: { ...header, dataKind: 'TST' } });
      expect(read(withBytes(two, 1, '990010'))).toMatchObject({ header: null });
    });
  });

  it('sums up modulo 10^15, and what is no number as nothing', () => {
    const trailer = (rows: string[][]) => write(rows).subarray(-60).toString('latin1').slice(16, 31);
    expect(trailer([row(), row()])).toBe('000019820200016');
    expect(trailer([row({ number: 'H000000001' }), row()])).toBe('000009910100008');
    expect(codeOf(write([row({ number: 'H000000001' })]))).toBe('sound');
  });

  it('whatever the bytes, or whichever of the sample’s are others, never throws', () => {
    const mutated = fc
      .array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((changes) => {
        const copy = Buffer.from(sample);
        for (const [at, byte] of changes) copy[at] = byte;
        return copy;
      });
    const cut = fc.tuple(mutated, fc.nat(sample.length)).map(([file, end]) => file.subarray(0, end));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 1600 }), mutated, cut), fc.boolean(), (bytes, lines) => {
        const file = readFixedFile(bytes, { ...frame, eol: lines ? 'crlf' : 'none' });
        if (!file.ok) return;
        for (const one of file.rows)
          for (const { text, code } of sliceFields(one.bytes, layout))
            expect([typeof text, code === undefined]).toEqual(['string', false]);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('writing a file of fixed length', () => {
  it('fills each field to its width', () => {
    const record = write([row({ name: '見本', kana: 'ﾐﾎﾝ', grade: '2' })]).subarray(60, 120);
    expect([...record.subarray(18, 24)]).toEqual([0x8c, 0xa9, 0x96, 0x7b, 0x81, 0x40]);
    expect(record.subarray(38, 60).toString('latin1')).toBe(`\xd0\xce\xdd${' '.repeat(7)}02${' '.repeat(10)}`);
  });

  it('numbers, counts and sums up its records', () => {
    const text = write([row(), row()]).toString('latin1');
    expect([text.slice(0, 30), text.slice(60, 68), text.slice(120, 128), text.slice(180, 211)]).toEqual([
      '1990019TST20261110021500000007',
      '20000001',
      '20000002',
      '3990019000000002000019820200016',
    ]);
  });

  it('has zeros for the header of a file whose own cannot be read', () => {
    const file = writeFixedFile({ frame: small, header: undefined, layout, rows: [] });
    expect(Buffer.from(file).toString('latin1').slice(0, 30)).toBe('1000000TST00000000000000000000');
  });

  const refused: [why: string, error: new (...args: never[]) => Error, values: Parameters<typeof row>[0]][] = [
    ['letters as digits', ForbiddenCharacterError, { grade: 'A' }],
    ['half-width characters in a 2-byte field', ForbiddenCharacterError, { name: '見本 次郎' }],
    ['small letters', ForbiddenCharacterError, { kana: 'mihon' }],
    ['a control character', ForbiddenCharacterError, { name: '見\n' }],
    ['a name that is too long', FieldWidthError, { name: '見'.repeat(11) }],
    ['a number that is too long', FieldWidthError, { grade: '100' }],
    ['what CP932 does not have', UnencodableError, { name: '𠮷田' }],
  ];
  it.each(refused)('refuses %s, naming row and field and no value', (_, error, values) => {
    expect(() => write([row(), row(values)])).toThrow(error);
    expect(() => write([row(), row(values)])).toThrow(/^row 2 field [3-6]: /);
  });

  it.each(['none', 'crlf'] as const)('comes in blocks, each made when it is asked for (%s)', (eol) => {
    const rows = Array.from({ length: 5_000 }, (_, index) => row({ number: String(index).padStart(10, '0') }));
    const made: string[][] = [];
    const valuesOf = (one: string[]) => (made.push(one), one);
    const frame = { ...small, eol };
    const [blocks, sizes]: [Uint8Array[], number[]] = [[], []];
    for (const block of fixedFileBlocks({ frame, header, layout, rows, valuesOf })) {
      blocks.push(block);
      sizes.push(made.length);
    }
    expect(sizes[0]).toBeLessThan(1_200);
    expect(Math.max(...sizes.map((size, index) => size - (sizes[index - 1] ?? 0)))).toBeLessThan(1_200);
    expect(Buffer.concat(blocks)).toEqual(write(rows, { eol }));
    expect(textsIn(Buffer.concat(blocks), { eol })).toHaveLength(5_000);
  });

  it('refuses a header that it would not read', () => {
    const wrong = { ...header, municipality: '990010' };
    expect(() => writeFixedFile({ frame: small, header: wrong, layout, rows: [] })).toThrow(HeaderRecordError);
  });

  it('is read again with the same values, or refused with an error of ours', () => {
    const value = fc.string({
      unit: fc.oneof(fc.constantFrom(..."見本　ﾐﾎﾝｱA1 -𠮷髙〜'"), fc.string({ maxLength: 1 })),
    });
    const values = fc.record({ number: fc.stringMatching(/^[0-9]{10}$/), name: value, kana: value, grade: value });
    fc.assert(
      fc.property(
        fc.array(values, { maxLength: 4 }),
        fc.constantFrom('none' as const, 'crlf' as const),
        (rows, eol) => {
          let file: Buffer;
          try {
            file = write(rows.map(row), { eol });
          } catch (error) {
            const ours = [UnencodableError, ForbiddenCharacterError, FieldWidthError];
            expect(ours).toContain((error as Error).constructor);
            return;
          }
          const read = textsIn(file, { eol }).map(([, , number, name, kana, grade]) => ({ number, name, kana, grade }));
          const unfilled = rows.map(({ number, name, kana, grade }) => ({
            number,
            name: name.replace(/〜/g, '～').replace(/　+$/, ''),
            kana: kana.replace(/ +$/, ''),
            grade: /^0*$/.test(grade) ? '' : grade.padStart(2, '0'),
          }));
          expect(read).toEqual(unfilled);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
