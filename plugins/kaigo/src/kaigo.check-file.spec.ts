// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerFile } from '../test/answer-file';
import { eventFile } from '../test/event-file';
import { checkFile } from './kaigo.check-file';
import { kaigoPlugin } from './kaigo.plugin';

const sample = (name: string) => readFileSync(join(__dirname, '../samples', name));

describe('checking a file without a hub', () => {
  it.each(kaigoPlugin.samples.map((path) => path.replace('samples/', '')))('finds nothing in %s', (name) => {
    expect(checkFile(sample(name), name)).toMatchObject({ outcome: 'sound', findings: [] });
  });

  it('names every fault of every row, the gravest first, and goes on', () => {
    const rows = [{ sex: '9', birthDate: '19410229' }, {}, { message: '１２３４５６７８９０１８', reason: '99' }];
    expect(checkFile(eventFile(rows), 'KAI00001.CSV')).toEqual({
      outcome: 'quarantined',
      rows: 3,
      findings: [
        { row: 1, field: 10, fieldName: '生年月日', code: 'E-DATE', severity: 'quarantined' },
        { row: 1, field: 11, fieldName: '性別コード', code: 'E-CODE', severity: 'quarantined' },
        { row: 3, field: 24, fieldName: '連絡文', code: 'S-MYNUMBER', severity: 'quarantined' },
        { row: 3, field: 5, fieldName: '異動事由コード', code: 'W-CODE', severity: 'flagged' },
      ],
    });
  });

  it('reads answers by their own layout', () => {
    expect(checkFile(answerFile([{ action: '40' }, {}], { insurer: '000000' }), 'kas00001.csv')).toEqual({
      outcome: 'quarantined',
      rows: 2,
      findings: [
        { row: 1, field: 11, fieldName: '結果コード', code: 'E-REQUIRED', severity: 'quarantined' },
        { row: 1, field: 9, fieldName: '被保険者番号', code: 'W-INSURER', severity: 'flagged' },
        { row: 2, field: 9, fieldName: '被保険者番号', code: 'W-INSURER', severity: 'flagged' },
      ],
    });
  });

  it('takes no answers for change records', () => {
    expect(checkFile(answerFile([{}]), 'KAI00001.CSV').findings).toEqual([
      { row: 1, code: 'E-FIELDS', severity: 'quarantined' },
    ]);
  });

  it('says of a file that is refused as a whole why, and where in its control record', () => {
    expect(checkFile(eventFile([{}], { count: 2 }), 'KAI00001.CSV')).toEqual({
      outcome: 'refused',
      rows: 0,
      findings: [{ row: 0, field: 4, fieldName: 'レコード件数', code: 'E-COUNT', severity: 'refused' }],
    });
    expect(checkFile(eventFile([{}], { end: false }), 'KAI00001.CSV').findings).toEqual([
      { row: 0, code: 'E-NO-END', severity: 'refused' },
    ]);
  });

  it.each(['KAI1.CSV', 'KAO00001.CSV', 'KAI00001.TXT', 'readme', ''])('knows no file named 「%s」', (name) => {
    expect(checkFile(eventFile([{}]), name).findings).toEqual([{ row: 0, code: 'E-NAME', severity: 'refused' }]);
  });

  it('judges by the 外字 and insurers of a site where they are given', () => {
    const gaiji = Buffer.from([0x8c, 0xa9, 0xf0, 0x40]);
    const file = eventFile([{ kanji: gaiji }]);
    const codes = (settings?: object) =>
      kaigoPlugin
        .checkFile?.(file, 'KAI00001.CSV', settings && { folder: 'x', functionCode: 'K', ...settings })
        .findings.map(({ code }) => code);
    expect(codes()).toEqual(['W-GAIJI']);
    expect(codes({ gaiji: { F040: '吉' } })).toEqual(['W-GAIJI-MAPPED']);
    expect(codes({ insurerNumbers: ['00990028'] })).toEqual(['E-CODE', 'W-GAIJI']);
  });

  it('never breaks and never repeats a value, whatever the bytes', () => {
    const secret = Buffer.from('SECRET');
    const frame = (body: Uint8Array) =>
      Buffer.concat([Buffer.from('1,1,0,1,Z11,0,00990010,0,00,7,202611,0\r\n2,2,'), body, Buffer.from('\r\n3,3\r\n')]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('KAI00001.CSV', 'KAS00001.CSV'), (bytes, name) => {
        for (const file of [bytes, frame(bytes), frame(Buffer.concat([secret, bytes]))])
          expect(JSON.stringify(checkFile(file, name))).not.toContain('SECRET');
      }),
      { numRuns: 500 },
    );
  });
});
