// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { csvText, readCsv, writeCsv } from './csv';

describe('CSV', () => {
  it('is read as it was written', () => {
    const aCell = fc.oneof(fc.constantFrom('', '"', ',', '\r\n', '窓口', 'a"b,c'), fc.string());
    const aRow = fc.array(aCell, { minLength: 1, maxLength: 5 }).filter((row) => row.length > 1 || row[0] !== '');
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 6 }), (rows) => {
        expect(readCsv(csvText(Buffer.from(writeCsv(rows))))).toEqual(rows);
      }),
    );
  });

  it('may come with any end of line, and without one at the end', () => {
    for (const text of ['a,b\nc,d', 'a,b\r\nc,d\r\n', 'a,b\rc,d\r', 'a,b\n\n\nc,d\n'])
      expect(readCsv(text)).toEqual([
        ['a', 'b'],
        ['c', 'd'],
      ]);
    expect(readCsv('a,')).toEqual([['a', '']]);
    expect(readCsv('')).toEqual([]);
  });

  it('is taken in UTF-8, with BOM, and in CP932', () => {
    expect(csvText(Buffer.from('窓口①', 'utf8'))).toBe('窓口①');
    expect(csvText(Buffer.from('\ufeff窓口', 'utf8'))).toBe('窓口');
    // 窓口① in CP932: the last is one of NEC's characters, which Shift_JIS by the book does not have.
    expect(csvText(Buffer.from([0x91, 0x8b, 0x8c, 0xfb, 0x87, 0x40]))).toBe('窓口①');
  });

  it('is refused when it is neither, or a quote is never closed', () => {
    const unreadable = expect.objectContaining({ code: 'CSV_UNREADABLE' });
    expect(() => csvText(Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x81]))).toThrow(unreadable);
    for (const text of ['"a', 'a"b', '"a"b']) expect(() => readCsv(text)).toThrow(unreadable);
  });
});
