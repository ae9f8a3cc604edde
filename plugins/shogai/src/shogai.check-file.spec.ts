// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerFile } from '../test/answer-file';
import { eventFile } from '../test/event-file';
import { checkFile } from './shogai.check-file';
import { shogaiPlugin } from './shogai.plugin';

describe('checking a file without a hub', () => {
  it.each(shogaiPlugin.samples.map((path) => path.replace('samples/', '')))('finds nothing in %s', (name) => {
    const file = readFileSync(join(__dirname, '../samples', name));
    expect(checkFile(file, name)).toMatchObject({ outcome: 'sound', findings: [] });
  });

  it('names every fault of every record, with the day that was probably meant', () => {
    expect(
      checkFile(eventFile([{ birthDate: '4310501', sex: '9' }, {}, { supportLevel: '27' }]), 'SHG00001.DAT'),
    ).toEqual({
      outcome: 'quarantined',
      rows: 3,
      findings: [
        { row: 1, field: 10, fieldName: '性別', code: 'E-CODE', severity: 'quarantined' },
        {
          row: 1,
          field: 11,
          fieldName: '生年月日',
          code: 'E-ERA',
          severity: 'quarantined',
          suggestion: '2019-05-01',
        },
        { row: 3, field: 17, fieldName: '障害支援区分コード', code: 'W-CODE', severity: 'flagged' },
      ],
    });
  });

  it('reads answers by their own layout', () => {
    expect(checkFile(answerFile([{ action: '40' }]), 'shs00001.dat').findings).toEqual([
      { row: 1, field: 12, fieldName: '結果コード', code: 'E-REQUIRED', severity: 'quarantined' },
    ]);
  });

  it('says of a file that is refused as a whole why, and where', () => {
    const [short] = [eventFile([{}], { eol: '\r\n' })];
    expect(checkFile(short, 'SHG00001.DAT').findings).toEqual([
      { row: 0, code: 'E-RECLEN', severity: 'refused', offset: 500 },
    ]);
    expect(checkFile(eventFile([{}], { municipality: '990010' }), 'SHG00001.DAT').findings).toEqual([
      { row: 0, field: 2, fieldName: '市町村番号', code: 'E-CD-MUNI', severity: 'refused' },
    ]);
    expect(checkFile(eventFile([{}], { hash: 1 }), 'SHG00001.DAT').findings).toEqual([
      { row: 0, field: 4, fieldName: '受給者証番号ハッシュ合計', code: 'E-HASH', severity: 'refused' },
    ]);
  });

  it.each(['SHG1.DAT', 'SHO00001.DAT', 'SHG00001.CSV', ''])('knows no file named 「%s」', (name) => {
    expect(checkFile(eventFile([{}]), name).findings).toEqual([{ row: 0, code: 'E-NAME', severity: 'refused' }]);
  });

  it('judges by the settings of a site where they are given', () => {
    const codes = (settings: object) =>
      shogaiPlugin
        .checkFile?.(eventFile([{ validFrom: '', validTo: '04310501' }]), 'SHG00001.DAT', {
          folder: 'x',
          functionCode: 'S',
          municipality: '990019',
          ...settings,
        })
        .findings.map(({ code }) => code);
    expect(codes({})).toEqual(['E-DATE']);
    expect(codes({ validityDates: 'gyymmdd' })).toEqual(['W-ERA-OVERRUN']);
    expect(codes({ municipality: '131016' })).toEqual(['E-CODE']);
  });
});
