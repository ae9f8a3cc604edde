// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932 } from './cp932';
import { readEnvelope } from './envelope-reader';
import type { LineEnd } from './lines';
import { readTable, type TableOptions } from './table-reader';

const names = ['番号', '氏名'];
const utf8 = { encoding: 'utf-8' } as const;
const read = (text: string | Uint8Array, options: Partial<TableOptions> = {}) =>
  readTable(typeof text === 'string' ? Buffer.from(text) : text, { ...utf8, ...options });
function cellsOf(...of: Parameters<typeof read>) {
  const table = read(...of);
  if (!table.ok) throw new Error(table.code);
  return [...table.rows].map(({ row, fields }) => [row, ...fields.map(({ text, code }) => code ?? text)]);
}

describe('a file of one row a line', () => {
  it.each<[string, Partial<TableOptions>, string]>([
    ['nothing', {}, ''],
    ['the names of the columns', { names }, '番号,氏名\r\n'],
    ['names in quotes', { names }, '"番号"," 氏名"\r\n'],
    ['its kind', { kind: 'K_1' }, 'K_1\r\n'],
    ['its kind, filled up with commas', { kind: 'K_1' }, 'K_1,,\r\n'],
    ['both', { kind: 'K_1', names }, 'K_1\r\n番号,氏名\r\n'],
  ])('has above its rows %s', (_, options, above) => {
    expect(cellsOf(`${above}1,"見本, ""花子"""\r\n\r\n2,\r\n`, options)).toEqual([
      [1, '1', '見本, "花子"'],
      [2, '2', ''],
    ]);
  });

  it.each<[string, string | Uint8Array, Partial<TableOptions>, object]>([
    ['another kind', 'K_2\n1,2\n', { kind: 'K_1' }, { code: 'E-CSV', field: null }],
    ['more beside its kind', 'K_1,x\n1,2\n', { kind: 'K_1' }, { code: 'E-CSV', field: null }],
    ['another name', '番号,名前\n', { names }, { code: 'E-CSV', field: 2 }],
    ['a name less', '番号\n', { names }, { code: 'E-CSV', field: 2 }],
    ['a name more', '番号,氏名,備考\n', { names }, { code: 'E-CSV', field: 3 }],
    ['a column for a マイナンバー', '番号,個人 番号\n', { names }, { code: 'S-MYNUMBER-FIELD', field: 2 }],
    ['nothing at all', '', { names }, { code: 'E-CSV', field: 1 }],
    ['CP932', encodeCp932('1,見本\n', 'x'), {}, { code: 'E-UTF8', field: null }],
    ['UTF-16', Buffer.from('\ufeff1,2', 'utf16le'), {}, { code: 'E-UTF8', field: null }],
    ['UTF-8', '1,見本\n', { encoding: 'cp932' }, { code: 'E-ENCODING', field: null }],
  ])('is refused with %s', (_, bytes, options, fault) => {
    expect(read(bytes, options)).toEqual({ ok: false, ...fault });
  });

  it('may begin with a byte order mark, in UTF-8 only', () => {
    expect(cellsOf('\ufeff番号,氏名\n1,2\n', { names })).toEqual([[1, '1', '2']]);
    expect(read('\ufeff1,2\n', { encoding: 'cp932' })).toMatchObject({ ok: false, code: 'E-ENCODING' });
  });

  it('spoils a row where a value is wrongly quoted, has a control character, or a character that was lost', () => {
    expect(cellsOf('1,"見本\n2,a\u0007\n3,\ufffd\n4,\'\n')).toEqual([
      [1, '1', 'E-ATTR'],
      [2, '2', 'E-ATTR'],
      [3, '3', 'E-ATTR'],
      [4, '4', "'"],
    ]);
  });

  it.each<[LineEnd, string, string[]]>([
    ['any', 'a\r\nb\rc\nd', ['a', 'b', 'c', 'd']],
    ['lf', 'a\r\nb\nc', ['a', 'b', 'c']],
    ['lf', 'a\rb\nc', ['E-ATTR', 'c']],
    ['crlf', 'a\r\nb\r\n', ['a', 'b']],
    ['crlf', 'a\nb\r\nc', ['E-ATTR', 'c']],
    ['crlf', 'a\rb\r\nc\r', ['E-ATTR', 'E-ATTR']],
    ['cr', 'a\rb', ['a', 'b']],
    ['cr', 'a\r\nb', ['a', 'E-ATTR']],
  ])('ends its lines with %s: %j', (eol, text, cells) => {
    expect(cellsOf(text, { eol }).map(([, cell]) => cell)).toEqual(cells);
  });

  it('finds 外字 in either encoding', () => {
    const gaiji = new Map([['F040', '髙']]);
    const cp932 = Uint8Array.of(0x31, 0x2c, 0xf0, 0x40);
    expect(cellsOf(cp932, { encoding: 'cp932', gaiji })).toEqual([[1, '1', '髙']]);
    expect(cellsOf('1,\ue000', { gaiji })).toEqual([[1, '1', '髙']]);
  });

  it('may be gone through again', () => {
    const table = read('1,2\n');
    expect(table.ok && [[...table.rows].length, [...table.rows].length]).toEqual([1, 1]);
  });
});

describe('an envelope of another system', () => {
  const text = '1,1,0,1,Q51,0,00990010,0,00,7,202611,0\r2,2,見本\r3,3\r';
  const open = (bytes: Uint8Array, options: object) => readEnvelope(bytes, { dataKind: 'Q51', ...options });

  it('is read with the line end and the encoding that are agreed, and with no others', () => {
    const cells = (bytes: Uint8Array, options: object) => {
      const envelope = open(bytes, options);
      return envelope.ok ? [...envelope.rows].map(({ fields }) => fields[0]?.text) : envelope.code;
    };
    expect(cells(Buffer.from(text), { eol: 'cr', encoding: 'utf-8' })).toEqual(['見本']);
    expect(cells(Buffer.from(`\ufeff${text}`), { eol: 'cr', encoding: 'utf-8' })).toEqual(['見本']);
    expect(cells(encodeCp932(text, 'x'), { eol: 'cr' })).toEqual(['見本']);
    expect(cells(encodeCp932(text, 'x'), { eol: 'cr', encoding: 'utf-8' })).toBe('E-UTF8');
    expect(cells(encodeCp932(text, 'x'), {})).toBe('E-CONTROL');
  });
});
