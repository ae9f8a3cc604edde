// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { exportedRows } from './exported-rows';

const columns = ['renban', 'koshin_dt', 'shuso'];
const read = (text: string | Uint8Array, name = 'V_HUB_SODAN.csv') => exportedRows(Buffer.from(text), name, columns);

describe('rows that were taken out of a view', () => {
  it.each([
    ['under the view’s names, in its order', 'renban,koshin_dt,shuso\r\n1,2026-11-20 09:00:00,膝が悪い\r\n'],
    [
      'in capitals, in another order, with a BOM and columns of no account',
      '\uFEFFSHUSO,X,RENBAN,KOSHIN_DT\n膝が悪い,9,1,2026-11-20 09:00:00',
    ],
    ['quoted', 'renban,koshin_dt,shuso\n"1","2026-11-20 09:00:00","膝が悪い"\n'],
  ])('are read %s', (_, text) => {
    const row = { renban: '1', koshin_dt: '2026-11-20 09:00:00', shuso: '膝が悪い' };
    expect(read(text)).toEqual({ ok: true, rows: [row] });
  });

  it('have NULL where a cell is empty, and lines and commas where they are quoted', () => {
    expect(read('renban,koshin_dt,shuso\n1,,"一行目\n二行目,まだ"')).toEqual({
      ok: true,
      rows: [{ renban: '1', koshin_dt: null, shuso: '一行目\n二行目,まだ' }],
    });
  });

  it('are read from a list in JSON, numbers as text', () => {
    const rows = [{ renban: 1, koshin_dt: '2026-11-20T09:00:00', shuso: null, more: 'x' }];
    expect(read(JSON.stringify(rows), 'v_hub_sodan.json')).toEqual({
      ok: true,
      rows: [{ renban: '1', koshin_dt: '2026-11-20T09:00:00', shuso: null }],
    });
  });

  it.each([
    ['another encoding', Buffer.from([0x8c, 0xa9]), 'x.csv', 'E-UTF8'],
    ['nothing in it', '', 'x.csv', 'E-CSV'],
    ['a column missing', 'renban,koshin_dt\n1,2', 'x.csv', 'E-CSV'],
    ['a column twice', 'renban,koshin_dt,shuso,RENBAN\n1,2,3,4', 'x.csv', 'E-CSV'],
    ['a line of other length', 'renban,koshin_dt,shuso\n1,2', 'x.csv', 'E-CSV'],
    ['a key missing', '[{"renban":"1","koshin_dt":null}]', 'x.json', 'E-JSON'],
    ['no list', '{"renban":"1"}', 'x.json', 'E-JSON'],
    ['no JSON', 'renban', 'x.json', 'E-JSON'],
  ])('are refused with %s', (_, content, name, code) => {
    expect(read(content, name)).toEqual({ ok: false, code });
  });

  it('whatever the bytes, are rows with all columns or a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('a.csv', 'a.json'), (bytes, name) => {
        const reading = read(bytes, name);
        if (!reading.ok) return expect(reading.code).toMatch(/^E-(UTF8|CSV|JSON)$/);
        for (const row of reading.rows) expect(Object.keys(row)).toEqual(columns);
      }),
    );
  });
});
