// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readEnvelope, type EnvelopeOptions, type EnvelopeRow } from './envelope-reader';

const sample = (name: string) => readFileSync(join(__dirname, '../test/samples', name));
const CONTROL = '1,1,0,1,Z11,0,00990010,0,00,7,202407,0';
const bytes = (text: string) => Buffer.from(text, 'latin1');
const read = (file: string | Uint8Array, options: Partial<EnvelopeOptions> = {}) =>
  readEnvelope(typeof file === 'string' ? bytes(file) : file, { dataKind: 'Z11', ...options });
const rowsOf = (file: string | Uint8Array, options: Partial<EnvelopeOptions> = {}): EnvelopeRow[] => {
  const envelope = read(file, options);
  if (!envelope.ok) throw new Error(envelope.code);
  return [...envelope.rows];
};
const fieldsOf = (line: string, options: Partial<EnvelopeOptions> = {}) =>
  rowsOf(`${CONTROL}\r\n2,2,${line}\r\n3,3\r\n`, options)[0]!.fields;
const refused = (code: string, record: number | null = null, field: number | null = null) => ({
  ok: false,
  code,
  record,
  field,
});

describe('a file of 25 fields', () => {
  it('gives its control record by name', () => {
    expect(read(sample('KAI24061.CSV'))).toMatchObject({
      ok: true,
      control: {
        volume: 0,
        recordCount: 1,
        dataKind: 'Z11',
        welfareOfficeNumber: '0',
        insurerNumber: '00990010',
        officeNumber: '0',
        prefectureNumber: '00',
        medium: '7',
        processingMonth: '202407',
        fileManagementNumber: '0',
      },
    });
  });

  it('gives its row with text, bytes and place', () => {
    const [row, ...others] = rowsOf(sample('KAI24061.CSV'));
    expect(others).toEqual([]);
    expect(row).toMatchObject({ row: 1, recordNumber: 2 });
    expect(row!.fields).toHaveLength(25);
    expect(row!.fields.every((field) => field.code === null)).toBe(true);
    expect(row!.fields[7]!.text).toBe('ﾐﾎﾝ ﾊﾅｺ');
    expect(row!.fields[8]!.text).toBe('見本　花子');
    expect(Buffer.from(row!.fields[8]!.bytes).toString('hex')).toBe('8ca9967b814089d48e71');
    expect(row!.fields[23]!.text).toBe('家賃滞納あり。困窮担当へつなぐ');
    expect(Buffer.from(row!.bytes).toString('latin1')).toMatch(/^2,2,Z111.*KAI-20240610-0001$/);
  });
});

describe('a file of 29 fields', () => {
  it('gives its rows, as often as asked', () => {
    const envelope = read(sample('KAI26111.CSV'));
    if (!envelope.ok) throw new Error(envelope.code);
    const ids = () =>
      Array.from(envelope.rows, ({ row, recordNumber, fields }) => [row, recordNumber, fields[24]!.text]);
    expect(ids()).toEqual([
      [1, 2, 'KAI-20261110-0001'],
      [2, 3, 'KAI-20261110-0002'],
    ]);
    expect(ids()).toEqual(ids());
    expect(Array.from(envelope.rows, ({ fields }) => fields.length)).toEqual([29, 29]);
  });
});

describe('line ends', () => {
  const lines = [CONTROL, '2,2,Z111', '3,3'];

  it.each([
    ['CR LF', `${lines.join('\r\n')}\r\n`],
    ['LF', `${lines.join('\n')}\n`],
    ['none at the end', lines.join('\r\n')],
    ['a final 0x1A', `${lines.join('\r\n')}\r\n\u001a`],
    ['a final 0x1A on the last line', `${lines.join('\r\n')}\u001a`],
  ])('may be %s', (_, file) => {
    expect(rowsOf(file)[0]!.fields.map((field) => field.text)).toEqual(['Z111']);
  });

  it('are not found inside a field', () => {
    expect(read(`${CONTROL}\r\n2,2,"a\r\nb"\r\n3,3\r\n`)).toEqual(refused('E-SEQ', 3));
  });
});

describe('a file is refused as a whole', () => {
  it.each([
    ['is empty', '', refused('E-CONTROL', 1, 1)],
    ['has no control record', '2,1,Z111\r\n3,2\r\n', refused('E-CONTROL', 1, 1)],
    ['has another record number there', `${CONTROL.replace('1,1', '1,2')}\r\n`, refused('E-CONTROL', 1, 2)],
    ['has an insurer number of 7', CONTROL.replace('00990010', '0990010'), refused('E-CONTROL', 1, 7)],
    ['has no such month', CONTROL.replace('202407', '202413'), refused('E-CONTROL', 1, 11)],
    ['has 11 values there, as in 障害', CONTROL.replace(/,0$/, ''), refused('E-CONTROL', 1, 12)],
    ['has 13 values there', `${CONTROL},`, refused('E-CONTROL', 1, 13)],
    ['is of another kind', CONTROL.replace('Z11', 'Z99'), refused('E-CONTROL', 1, 5)],
    ['counts two where there is one', `${CONTROL.replace('0,1,', '0,2,')}\n2,2,a\n3,3\n`, refused('E-COUNT', 1, 4)],
    ['counts one where there is none', `${CONTROL}\n3,2\n`, refused('E-COUNT', 1, 4)],
    ['ends after the control record', `${CONTROL}\n`, refused('E-NO-END')],
    ['has no end record', `${CONTROL}\n2,2,a\n`, refused('E-NO-END')],
    ['was cut in a data record', `${CONTROL}\n2,2,a\n2,3,b`, refused('E-NO-END')],
    ['was cut in its end record', `${CONTROL}\n2,2,a\n3`, refused('E-NO-END')],
    ['has more in its end record', `${CONTROL}\n2,2,a\n3,3,\n`, refused('E-NO-END')],
    ['ends with an empty line', `${CONTROL}\n2,2,a\n3,3\n\n`, refused('E-NO-END')],
    ['goes on behind its end record', `${CONTROL}\n2,2,a\n3,3\n3,4\n`, refused('E-SEQ', 4)],
    ['misses a record', `${CONTROL}\n2,2,a\n2,4,b\n3,5\n`, refused('E-SEQ', 3)],
    ['repeats a record', `${CONTROL}\n2,2,a\n2,2,a\n3,4\n`, refused('E-SEQ', 3)],
    ['has an end record with another number', `${CONTROL}\n2,2,a\n3,4\n`, refused('E-SEQ', 3)],
    ['has an empty line', `${CONTROL}\n\n2,3,a\n3,4\n`, refused('E-SEQ', 2)],
    ['has a record of no known kind', `${CONTROL}\n4,2,a\n3,3\n`, refused('E-SEQ', 2)],
    ['has an end record with data in the middle', `${CONTROL}\n3,2,a\n3,3\n`, refused('E-SEQ', 2)],
    ['has a number of 10 digits', `${CONTROL}\n2,0000000002,a\n3,3\n`, refused('E-SEQ', 2)],
    ['has CR for line ends', `${CONTROL}\r2,2,a\r3,3\r`, refused('E-CONTROL', 1, 12)],
  ])('when it %s', (_, file, refusal) => {
    expect(read(file)).toEqual(refusal);
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${CONTROL}\n3,2\n`)],
    ['UTF-8', Buffer.from(`${CONTROL}\n2,2,"見本　花子"\n3,3\n`)],
    ['UTF-16', Buffer.from(`\ufeff${CONTROL}\n3,2\n`, 'utf16le')],
    ['no text', Buffer.from([0x1f, 0x8b, 0x08, 0x00])],
  ])('when it is %s', (_, file) => {
    expect(read(file)).toEqual(refused('E-ENCODING'));
  });

  it('but not for an insurer number of 6, nor for an office of 10 or none', () => {
    expect(read(`${CONTROL.replace('00990010', '990010')}\n2,2,a\n3,3\n`).ok).toBe(true);
    expect(read(`${CONTROL.replace('10,0,00', '10,9970100005,00')}\n2,2,a\n3,3\n`).ok).toBe(true);
    expect(read(`${CONTROL.replace('10,0,00', '10,,00')}\n2,2,a\n3,3\n`).ok).toBe(true);
  });

  it('nor for a count of none that is true', () => {
    expect(rowsOf(`${CONTROL.replace('0,1,', '0,0,')}\n3,2\n`)).toEqual([]);
  });
});

describe('the fields of a row', () => {
  const texts = (line: string) => fieldsOf(line).map((field) => field.text);

  it.each([
    ['a,b', ['a', 'b']],
    ['', ['']],
    [',', ['', '']],
    ['"","a"', ['', 'a']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a""b"', ['a"b']],
    ['""""', ['"']],
    ['"""a"""', ['"a"']],
    [' a , b ', [' a ', ' b ']],
  ])('are split: %s', (line, expected) => {
    expect(texts(line)).toEqual(expected);
    expect(fieldsOf(line).every((field) => field.code === null)).toBe(true);
  });

  it('are none when the record ends with its number', () => {
    expect(rowsOf(`${CONTROL}\n2,2\n3,3\n`)[0]!.fields).toEqual([]);
  });

  it.each([
    ['5C, 7C and 40, which are other characters elsewhere', '"\x83\x5c\x83\x7c\x81\x40",1', ['ソポ　', '1']],
    ['F0 and 40 in neighbours', '\x88\xf0@,1', ['芋@', '1']],
  ])('are not split within a character: %s', (_, line, expected) => {
    expect(texts(line)).toEqual(expected);
  });

  it('are never more than a thousand', () => {
    expect(fieldsOf(','.repeat(998)).map((field) => field.code)).toEqual(Array(999).fill(null));
    const fields = fieldsOf(','.repeat(100_000));
    expect(fields).toHaveLength(1000);
    expect(fields.filter((field) => field.code !== null)).toEqual([fields[999]]);
  });

  it('give the bytes without quotes and doubling', () => {
    expect(Buffer.from(fieldsOf('"\x83\x5c""b"')[0]!.bytes).toString('hex')).toBe('835c2262');
  });

  it.each([
    ['an apostrophe', "a'b,c", ["a'b", 'c']],
    ['a quote within', 'a"b,c', ['a"b', 'c']],
    ['something behind its closing quote', '"a"b,c', ['"a"b', 'c']],
    ['no closing quote', '"a,c', ['"a,c']],
    ['a lone quote', '"', ['"']],
    ['a tab', 'a\tb,c', ['a\tb', 'c']],
    ['a CR', 'a\rb,c', ['a\rb', 'c']],
    ['0x1A', 'a\x1ab,c', ['a\u001ab', 'c']],
    ['a cut lead byte', '\x8c\xa9\x83,c', ['見\ufffd', 'c']],
    ['a lead byte before its closing quote', '"\x83",c', ['\ufffd', 'c']],
  ])('are flawed alone: %s', (_, line, expected) => {
    const fields = fieldsOf(line);
    expect(fields.map((field) => field.text)).toEqual(expected);
    expect(fields.map((field) => field.code)).toEqual(expected.map((text) => (text === 'c' ? null : 'E-ATTR')));
  });

  it('keep 外字 as bytes and tell them', () => {
    const [name] = fieldsOf('"\x8c\xa9\xf0\x40",c');
    expect(name).toMatchObject({
      text: '見\ue000',
      code: null,
      gaiji: [{ offset: 2, code: 'F040', replacement: null }],
    });
    expect(Buffer.from(name!.bytes).toString('hex')).toBe('8ca9f040');
  });

  it('take 外字 from the table', () => {
    const [name] = fieldsOf('"\xf0\x40"', { gaiji: new Map([['F040', '髙']]) });
    expect(name).toMatchObject({ text: '髙', gaiji: [{ offset: 0, code: 'F040', replacement: '髙' }] });
  });
});

describe('any bytes', () => {
  const readAll = (file: Uint8Array) => {
    const envelope = read(file);
    if (!envelope.ok) return;
    for (const { fields } of envelope.rows) for (const field of fields) expect([null, 'E-ATTR']).toContain(field.code);
  };

  it('are read or refused, never thrown at', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), readAll));
  });

  it('in the fields of a good frame are read', () => {
    const line = fc.uint8Array({ min: 1, maxLength: 60 }).map((value) => value.filter((byte) => byte !== 0x0a));
    fc.assert(
      fc.property(line, (value) => {
        readAll(Buffer.concat([bytes(`${CONTROL}\n2,2,`), value, bytes('\n3,3\n')]));
      }),
    );
  });

  it('in place of any part of a good file are read or refused', () => {
    const whole = sample('KAI26111.CSV');
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(8), fc.uint8Array({ maxLength: 8 }), (at, length, instead) => {
        readAll(Buffer.concat([whole.subarray(0, at), instead, whole.subarray(at + length)]));
      }),
    );
  });

  it('cut off anywhere are never half accepted', () => {
    const whole = sample('KAI26111.CSV');
    const accepted = [...whole.keys()].filter((length) => read(whole.subarray(0, length)).ok);
    expect(accepted).toEqual([whole.length - 2, whole.length - 1]); // only the last line end is missing
  });
});
