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
import { ownFile, ownProfile } from '../test/own-profile';
import { fixedFile } from '../test/record-bytes';
import { compileProfile } from './profiles/compile-profile';
import { type Profile, profile } from './profiles/profile.schema';

// One run takes minutes where it is long.
jest.setTimeout(3_600_000);

const rules: IntakeRules = { ...anything, gaiji: new Map([['F040', '髙']]) };
const settings = { functionCode: '9930000012', formVersion: 'S-2026-1' };
const samplesOf = (kind: string) =>
  shogaiPlugin.samples
    .filter((path) => path.includes(`/${kind}`))
    .map((path) => readFileSync(join(__dirname, '..', path)));
/** A file whose trailer has the sum, whatever stands in the record. */
const framed =
  (kind: string, recordBytes: number, hashedAt: number, eol = '') =>
  (record: Uint8Array) => {
    const bytes = Buffer.from(record).subarray(0, recordBytes - 8);
    const number = Buffer.from('20000001' + bytes.toString('latin1'), 'latin1').toString(
      'latin1',
      hashedAt,
      hashedAt + 10,
    );
    return fixedFile(kind, recordBytes, [{ bytes, number: /^[0-9]{10}$/.test(number.padEnd(10)) ? number : '' }], {
      eol,
    });
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

/** Files of another system, as its profile describes them. */
function profiled(own: Profile, name: string, samples: readonly Uint8Array[], recordNumberAt: number): CodecUnderTrial {
  const format = compileProfile(own);
  const recordBytes = own.fields.reduce((sum, { bytes }) => sum + bytes, 8);
  return {
    samples,
    fieldNames: [...headerFields, ...trailerFields, ...format.names],
    framed: framed(own.dataKind, recordBytes, recordNumberAt, own.eol === 'crlf' ? '\r\n' : ''),
    *read(bytes) {
      const file = readEvents(bytes, rules, undefined, format);
      if (!file.ok) yield { code: file.code, field: file.field, offset: file.offset };
      else
        for (const found of file.rows) {
          yield { row: found.row, label: found.label, ...('quarantined' in found && found.quarantined) };
          const mapped = 'event' in found && toEventSubmission(found.event, settings);
          if (mapped && mapped.ok) yield* mapped.warnings ?? [];
        }
      yield* checkFile(bytes, name, rules, [format]).findings;
    },
  };
}

const people = [{}, { name: '髙﨑　見本', birth: '7310430' }, { to: 'KA', consent: 'N', note: '相談希望。' }];
const profiles: Readonly<Record<string, CodecUnderTrial>> = {
  'records of another system': profiled(profile.parse(ownProfile), 'IDO00001.DAT', [ownFile([]), ownFile(people)], 55),
  'records of another system, without line ends': profiled(
    profile.parse({ ...ownProfile, eol: 'none', gaiji: { F040: null } }),
    'IDO00001.DAT',
    [ownFile(people, { eol: '' })],
    55,
  ),
};

describe('files that nobody means, as a profile reads them', () => {
  it.each(Object.keys(profiles))(
    '%s: nothing is thrown, none hangs, and all that is said are codes and places',
    (kind) => {
      const report = tryCodec(profiles[kind]!, codecRuns);
      tellCodec(kind, report);
      expect(report.slowestMs).toBeLessThan(5_000);
      expect(Object.keys(report.said)).toEqual(
        expect.arrayContaining(['sound', 'E-RECLEN', 'E-HEADER', 'E-ATTR', 'E-HASH']),
      );
    },
  );
});

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
