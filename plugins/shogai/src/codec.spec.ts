// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type CodecUnderTrial, codecRuns, tellCodec, tryCodec } from '@tsunagi/plugin-sdk/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerLayout } from './answers/answer-layout';
import { readAnswers } from './answers/read-answers';
import { toResponse } from './answers/to-response';
import { eventLayout } from './intake/event-layout';
import { readEvents, toEventSubmission } from './intake/read-events';
import { headerFields, trailerFields } from './layout/header-fields';
import { anything, type IntakeRules } from './layout/intake-rules';
import { checkFile } from './shogai.check-file';
import { shogaiPlugin } from './shogai.plugin';
import { fixedFile } from '../test/record-bytes';

// One run takes minutes where it is long.
jest.setTimeout(3_600_000);

const rules: IntakeRules = { ...anything, gaiji: new Map([['F040', '髙']]) };
const settings = { functionCode: '9930000012', formVersion: 'S-2026-1' };
const samplesOf = (kind: string) =>
  shogaiPlugin.samples
    .filter((path) => path.includes(`/${kind}`))
    .map((path) => readFileSync(join(__dirname, '..', path)));
/** A file whose trailer has the sum, whatever stands in the record. */
const framed = (kind: string, recordBytes: number, hashedAt: number) => (record: Uint8Array) => {
  const bytes = Buffer.from(record).subarray(0, recordBytes - 8);
  const number = Buffer.from('20000001' + bytes.toString('latin1'), 'latin1').toString(
    'latin1',
    hashedAt,
    hashedAt + 10,
  );
  return fixedFile(kind, recordBytes, [{ bytes, number: /^[0-9]{10}$/.test(number.padEnd(10)) ? number : '' }]);
};
const fieldNames = [...headerFields, ...trailerFields, ...[...eventLayout, ...answerLayout].map(({ name }) => name)];

const codecs: Readonly<Record<'SHG' | 'SHS', CodecUnderTrial>> = {
  SHG: {
    fieldNames,
    framed: framed('SHG', 500, 14),
    samples: samplesOf('SHG'),
    *read(bytes) {
      const file = readEvents(bytes, rules);
      if (!file.ok) yield { code: file.code, field: file.field, offset: file.offset };
      else
        for (const found of file.rows) {
          yield { row: found.row, label: found.label, ...('quarantined' in found && found.quarantined) };
          const mapped = 'event' in found && toEventSubmission(found.event, settings);
          if (mapped && mapped.ok) yield* mapped.warnings ?? [];
        }
      yield* checkFile(bytes, 'SHG00001.DAT', rules).findings;
    },
  },
  SHS: {
    fieldNames,
    framed: framed('SHS', 300, 102),
    samples: samplesOf('SHS'),
    *read(bytes) {
      const file = readAnswers(bytes, rules);
      if (!file.ok) yield { code: file.code, field: file.field, offset: file.offset };
      else
        for (const found of file.rows) {
          yield { row: found.row, label: found.label, ...('quarantined' in found && found.quarantined) };
          if ('answer' in found) toResponse(found.answer);
        }
      yield* checkFile(bytes, 'SHS00001.DAT', rules).findings;
    },
  },
};

describe('files that nobody means, of fixed length', () => {
  it.each(['SHG', 'SHS'] as const)(
    '%s: nothing is thrown, none hangs, and all that is said are codes and places',
    (kind) => {
      const report = tryCodec(codecs[kind], codecRuns);
      tellCodec(kind, report);
      expect(report.slowestMs).toBeLessThan(5_000);
      // Records are reached, not their frames alone.
      expect(Object.keys(report.said)).toEqual(
        expect.arrayContaining(['sound', 'E-RECLEN', 'E-HEADER', 'E-ATTR', 'E-HASH']),
      );
    },
  );
});
