// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type CodecUnderTrial, codecRuns, tellCodec, tryCodec } from '@tsunagi/plugin-sdk/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lifeFile } from '../test/life-file';
import { aProfile } from '../test/own-profile';
import { answerLayout } from './answers/answer-layout';
import { readAnswers } from './answers/read-answers';
import { toResponse } from './answers/to-response';
import { eventLayout } from './intake/event-layout';
import { readEvents, toEventSubmission } from './intake/read-events';
import { checkFile } from './kaigo.check-file';
import { kaigoPlugin } from './kaigo.plugin';
import { controlFields } from './layout/control-fields';
import { compileProfile } from './profiles/compile-profile';
import type { Profile } from './profiles/profile.schema';
import { lifeProfile } from './profiles/shipped';

// One run takes minutes where it is long.
jest.setTimeout(3_600_000);

const rules = { gaiji: new Map([['F040', '髙']]), insurers: [] };
const settings = { functionCode: '9970100005', formVersion: 'K-2026-1' };
const samplesOf = (kind: string) =>
  kaigoPlugin.samples
    .filter((path) => path.includes(`/${kind}`))
    .map((path) => readFileSync(join(__dirname, '..', path)));
const framed = (record: Uint8Array) =>
  Buffer.concat([
    Buffer.from('1,1,0,1,Z11,0,00990010,0,00,7,202611,0\r\n2,2,'),
    Buffer.from(record).map((byte) => (byte === 0x0a ? 0x20 : byte)),
    Buffer.from('\r\n3,3\r\n'),
  ]);
const shared = { framed, fieldNames: [...controlFields, ...[...eventLayout, ...answerLayout].map(({ name }) => name)] };

const codecs: Readonly<Record<'KAI' | 'KAS', CodecUnderTrial>> = {
  KAI: {
    ...shared,
    samples: samplesOf('KAI'),
    *read(bytes) {
      const file = readEvents(bytes, rules);
      if (!file.ok) yield { code: file.code, field: file.field, offset: file.offset };
      else
        for (const found of file.rows) {
          yield { row: found.row, label: found.label, ...('quarantined' in found && found.quarantined) };
          const mapped = 'event' in found && toEventSubmission(found.event, settings);
          if (mapped && mapped.ok) yield* mapped.warnings ?? [];
        }
      yield* checkFile(bytes, 'KAI00001.CSV', rules).findings;
    },
  },
  KAS: {
    ...shared,
    samples: samplesOf('KAS'),
    *read(bytes) {
      const file = readAnswers(bytes, rules);
      if (!file.ok) yield { code: file.code, field: file.field, offset: file.offset };
      else
        for (const found of file.rows) {
          yield { row: found.row, label: found.label, ...('quarantined' in found && found.quarantined) };
          if ('answer' in found) toResponse(found.answer);
        }
      yield* checkFile(bytes, 'KAS00001.CSV', rules).findings;
    },
  },
};

/** Files of another system, as its profile describes them. */
function profiled(profile: Profile, name: string, samples: readonly Uint8Array[]): CodecUnderTrial {
  const format = compileProfile(profile);
  const [above = Buffer.alloc(0)] = samples;
  return {
    framed: profile.frame === 'envelope' ? framed : (record) => Buffer.concat([above, record, Buffer.from('\r\n')]),
    fieldNames: [...controlFields, ...profile.columns],
    samples,
    *read(bytes) {
      const file = readEvents(bytes, rules, format, name);
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

const people = [
  {},
  { last_name: '髙﨑, "見本"', end_date: '20261120' },
  { external_system_management_number: '見本/7' },
];
const lifeName = 'SERVICE_USER_INFO_0007_20261129.csv';
const profiles: Readonly<Record<string, CodecUnderTrial>> = {
  'LIFE in UTF-8': profiled(lifeProfile, lifeName, [lifeFile([]), lifeFile(people), lifeFile(people, { bom: true })]),
  'LIFE in CP932': profiled({ ...lifeProfile, encoding: 'cp932' }, lifeName, [
    lifeFile([], { encoding: 'cp932' }),
    lifeFile(people, { encoding: 'cp932', eol: '\r' }),
  ]),
  'an envelope of another system': profiled(aProfile(), 'IDO00001.CSV', samplesOf('KAI')),
};

describe('files that nobody means, as a profile reads them', () => {
  it.each(Object.keys(profiles))(
    '%s: nothing is thrown, none hangs, and all that is said are codes and places',
    (kind) => {
      const report = tryCodec(profiles[kind]!, codecRuns);
      tellCodec(kind, report);
      expect(report.slowestMs).toBeLessThan(5_000);
      expect(Object.keys(report.said)).toEqual(expect.arrayContaining(['sound', 'E-ATTR', 'E-FIELDS']));
    },
  );
});

describe('files that nobody means, in the envelope of 介護', () => {
  it.each(['KAI', 'KAS'] as const)(
    '%s: nothing is thrown, none hangs, and all that is said are codes and places',
    (kind) => {
      const report = tryCodec(codecs[kind], codecRuns);
      tellCodec(kind, report);
      expect(report.slowestMs).toBeLessThan(5_000);
      // Records are reached, not their frames alone.
      expect(Object.keys(report.said)).toEqual(expect.arrayContaining(['sound', 'E-CONTROL', 'E-ATTR', 'E-FIELDS']));
    },
  );
});
