// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { decodeCp932, encodeCp932 } from './cp932';
import { writeEnvelope } from './envelope-writer';
import { readEnvelope } from './envelope-reader';
import { fixedField, sliceFields } from './fixed-fields';
import { readFixedFile } from './fixed-file-reader';
import { writeFixedFile } from './fixed-file-writer';
import { LegacyError } from './legacy.errors';

// One run takes minutes where it is long.
jest.setTimeout(3_600_000);

const runs = { numRuns: Number(process.env['CODEC_MUTATED'] ?? '5000') };
/** Whatever a screen, a database or another system may hold, with much of what CP932 knows. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'見本　花子髙﨑①～−ｱﾞAz09 -,"\'\n𠮷é\ue000'), maxLength: 30 }),
);

/** What is written, or undefined where it is refused by a documented error that does not say the value. */
function written<T>(write: () => T, values: readonly string[]): T | undefined {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof LegacyError)) throw error;
    const told = values.filter((value) => value.length > 3 && error.message.includes(value));
    expect(told).toEqual([]);
    return undefined;
  }
}
/** Look-alikes that Windows writes otherwise come back as Windows has them. */
const asWindows = (value: string) => decodeCp932(encodeCp932(value, 'expected')).text;

describe('what is written in CP932', () => {
  it('reads back as it was, or is refused by an error that does not say it: text', () => {
    fc.assert(
      fc.property(text, (value) => {
        const bytes = written(() => encodeCp932(value, 'field'), [value]);
        if (bytes) expect(encodeCp932(decodeCp932(bytes).text, 'field')).toEqual(bytes);
      }),
      runs,
    );
  });

  it('… values of an envelope', () => {
    const control = {
      volume: 0,
      dataKind: 'Z11',
      welfareOfficeNumber: '0',
      insurerNumber: '00990010',
      officeNumber: '0',
      prefectureNumber: '00',
      medium: '7',
      processingMonth: '202611',
      fileManagementNumber: '0',
    };
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (values) => {
        const bytes = written(() => writeEnvelope({ control, rows: [values] }), values);
        if (!bytes) return;
        const file = readEnvelope(bytes, { dataKind: 'Z11' });
        expect(file.ok && [...file.rows].map(({ fields }) => fields.map((f) => f.text))).toEqual([
          values.map(asWindows),
        ]);
      }),
      runs,
    );
  });

  it('… fields of fixed length', () => {
    const frame = { dataKind: 'SHO', recordBytes: 100 };
    const header = { municipality: '990019', madeOn: '20261110', madeAt: '021500', transmission: '000001' };
    const layout = [fixedField('9', 1), fixedField('9', 7), fixedField('X', 20), fixedField('N', 40)];
    const value = fc.oneof(text, fc.string({ unit: fc.constantFrom(...'A0-ｱ'), maxLength: 22 }));
    fc.assert(
      fc.property(value, text, (half, wide) => {
        const rows = [['', '', half, wide]];
        const bytes = written(() => writeFixedFile({ frame, header, layout, rows }), [half, wide]);
        if (!bytes) return;
        const file = readFixedFile(bytes, frame);
        const found =
          file.ok &&
          [...file.rows].map((row) =>
            sliceFields(row.bytes, layout)
              .slice(2)
              .map((f) => f.text),
          );
        expect(found).toEqual([[half.replace(/ +$/, ''), asWindows(wide).replace(/　+$/, '')]]);
      }),
      runs,
    );
  });
});
