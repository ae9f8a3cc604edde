// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FileReading, Mapping, SubmissionDraft } from '@tsunagi/plugin-sdk';
import { type PluginRun, runPlugin, type TemporaryFolder, temporaryLegacyFolder } from '@tsunagi/plugin-sdk/testing';
import fc from 'fast-check';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { eventFile } from '../test/event-file';
import { ownFile, ownProfile, type OwnValues } from '../test/own-profile';
import { eventLayout } from './intake/event-layout';
import { type ChangeEvent, readEvents, toEventSubmission } from './intake/read-events';
import { anything } from './layout/intake-rules';
import { compileProfile } from './profiles/compile-profile';
import type { EventFormat } from './profiles/event-format';
import { profile } from './profiles/profile.schema';
import { shogaiConfig } from './shogai.config';
import { shogaiPlugin } from './shogai.plugin';

const format = compileProfile(profile.parse(ownProfile));
const settings = { functionCode: '9910100001', formVersion: 'shogai-2026-1' };

const rowsOf = (reading: FileReading<ChangeEvent, never, unknown>) => (reading.ok ? [...reading.rows] : [reading]);
const read = (rows: readonly OwnValues[], rules = anything, as = format) =>
  rowsOf(readEvents(ownFile(rows), rules, undefined, as));
function mapped(rows: readonly object[]): (Mapping<SubmissionDraft> | object)[] {
  return rows.map((row) => ('event' in row ? toEventSubmission(row.event as ChangeEvent, settings) : row));
}
const submission = (over: OwnValues, as: EventFormat = format) => mapped(read([over], anything, as))[0];

describe('records of fixed length of another system, as a profile describes them', () => {
  it('become referrals like those of the hub’s own: by place, code table, era table and form', () => {
    expect(submission({ note: '相談希望。' })).toEqual({
      ok: true,
      warnings: [],
      value: expect.objectContaining({
        source: {
          system: 'shogai',
          key: 'ido:990019/A-1',
          change: 'changed',
          occurredAt: '2026-11-10T00:00:00+09:00',
          echo: '["990019","9910100008","","A-1"]',
          contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        kind: 'referral',
        to: { domain: 'konkyu' },
        asserted: { code: '1', formVersion: 'IDO-2026-1', on: '2026-11-10' },
        subject: {
          ref: 'subject',
          role: 'subject',
          identifiers: [{ system: 'shogai', value: '990019-9910100008' }],
          items: {
            identity: { name: '見本　太郎', birthDate: '1961-10-15', sex: 'male' },
            narrative: { fact: '相談希望。', writtenOn: '2026-11-10' },
          },
        },
      }),
    });
  });

  it.each<[string, OwnValues, string, number]>([
    ['a code that its table does not know', { sex: '1' }, 'E-CODE', 9],
    ['a target of ours where it has codes of its own', { to: '4' }, 'E-CODE', 10],
    ['no word on consent', { consent: ' ' }, 'E-REQUIRED', 11],
    ['a day that is none', { changedOn: '20260231' }, 'E-DATE', 8],
    ['a day behind the end of its era', { birth: '7310501' }, 'E-ERA', 7],
    ['an era of the hub’s own table', { birth: '4010101' }, 'E-ERA', 7],
    ['small letters in its number', { number: 'a-1' }, 'E-ATTR', 3],
    ['a possible 個人番号 in a text', { note: '１２３４５６７８９０１８', sex: '1' }, 'S-MYNUMBER', 12],
  ])('wait with %s, by the place in their own record', (_, over, code, field) => {
    expect(read([over])[0]).toMatchObject({ quarantined: { code, field } });
  });

  it('that wait are known by their sender’s number', () => {
    const [row] = read([{ sex: '1' }]);
    expect(row).toMatchObject({ label: 'A-1', quarantined: { key: 'ido:990019/A-1' } });
  });

  it('go on by a person’s word like others', () => {
    const reading = readEvents(ownFile([{ birth: '7310501' }]), anything, { row: 1, override: 'E-ERA' }, format);
    expect(mapped(rowsOf(reading))[0]).toMatchObject({
      ok: true,
      value: { subject: { items: { identity: { birthDate: '2019-05-01' } } } },
      warnings: [{ code: 'W-ERA-OVERRUN', field: 7 }],
    });
  });

  it('have 外字 of their own, or those of all files', () => {
    const name = Buffer.of(0x8c, 0xa9, 0xf0, 0x40);
    const rules = { ...anything, gaiji: new Map([['F040', '髙']]) };
    const own = compileProfile(profile.parse({ ...ownProfile, gaiji: { F040: '﨑' } }));
    const nameOf = (as: EventFormat) => mapped(read([{ name }], rules, as))[0];
    const named = (text: string) => ({ value: { subject: { items: { identity: { name: text } } } } });
    expect([nameOf(format), nameOf(own)]).toMatchObject([named('見髙'), named('見﨑')]);
  });

  it('may hold any bytes: each is read, waits or is refused, and nothing is thrown', () => {
    const sound = ownFile([{}, { number: 'A-2' }]);
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.uint8Array({ minLength: 1, maxLength: 12 }), (at, bytes) => {
        const spoilt = Buffer.from(sound);
        spoilt.set(bytes.subarray(0, spoilt.length - at), at);
        for (const file of [spoilt, bytes]) mapped(rowsOf(readEvents(file, anything, undefined, format)));
      }),
      { numRuns: 300 },
    );
  });

  it('are refused as a whole where their frame is another', () => {
    expect(readEvents(ownFile([{}], { eol: '' }), anything, undefined, format)).toMatchObject({
      ok: false,
      code: 'E-RECLEN',
    });
    expect(readEvents(ownFile([{}], { hash: 1 }), anything, undefined, format)).toMatchObject({
      ok: false,
      code: 'E-HASH',
    });
    const other = compileProfile(profile.parse({ ...ownProfile, dataKind: 'XXX' }));
    expect(readEvents(ownFile([{}]), anything, undefined, other)).toMatchObject({ ok: false, code: 'E-HEADER' });
  });
});

describe('the hub’s own layout, written as a profile', () => {
  const birth = { format: 'gyymmdd' };
  const own = compileProfile(
    profile.parse({
      name: 'own',
      fileName: 'OWN{serial}.DAT',
      dataKind: 'SHG',
      fields: [
        ...eventLayout.slice(2).map(({ key, name, type, maxBytes }) => ({
          ...{ key, name, type, bytes: maxBytes },
          required: ['kana', 'sex', 'birthDate', 'concerns', 'municipality'].includes(key),
          ...(key === 'birthDate' && birth),
        })),
        { name: '予備', type: 'X', bytes: 79 },
      ],
    }),
  );

  it.each([{}, { change: '3' }, { targetAndConsent: '29' }, { birthDate: '4310501' }, { sex: '3' }, { service: '' }])(
    'makes the same of %j, but for the name',
    (over) => {
      const file = eventFile([over]);
      const [standard, described] = [undefined, own].map(
        (as) => mapped(rowsOf(readEvents(file, anything, undefined, as)))[0],
      );
      const text = JSON.stringify(described).replaceAll('own:', '').replaceAll('"own"', '');
      const bare = (one: unknown) => JSON.stringify(one).replace(/"formVersion":"[^"]*",?/g, '');
      expect(bare(JSON.parse(text))).toBe(bare(standard));
    },
  );
});

describe('profiles in the settings of shogai', () => {
  const config = { folder: '/x', functionCode: '9910100001', municipality: '990019' };
  const faults = (...profiles: readonly unknown[]) =>
    shogaiConfig
      .safeParse({ ...config, profiles })
      .error?.issues.flatMap((issue) =>
        (issue.code === 'invalid_union' ? issue.errors.flat() : [issue]).map(({ path }) =>
          [...issue.path, ...path].join('/'),
        ),
      ) ?? [];
  const shortFields = [
    { name: '番号', type: 'X', bytes: 2, key: 'externalNumber' },
    { name: '受給者番号', type: '9', bytes: 10, key: 'recipient' },
    { name: '異動日', type: '9', bytes: 8, key: 'changedOn' },
  ];
  const without = (key: string) => ({ ...ownProfile, fields: ownProfile.fields.filter((one) => one.key !== key) });

  it('are taken beside the hub’s own', () => {
    expect(faults('standard', ownProfile)).toEqual([]);
  });

  it('are written as the README writes one', () => {
    const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
    const example = JSON.parse(/```json\n([^]*?)```/.exec(readme)?.[1] ?? '') as typeof ownProfile;
    expect(faults(example)).toEqual([]);
    // That of these specs has a text besides.
    expect(example).toEqual({ ...ownProfile, fields: ownProfile.fields.slice(0, -1) });
  });

  it.each<[string, readonly unknown[]]>([
    ['without whose record it is', [without('recipient')]],
    ['without a word on consent', [without('consent')]],
    ['with consent given for all', [{ ...without('consent'), fixed: { change: '2', consent: '1' } }]],
    ['with one field twice', [{ ...ownProfile, fields: [...ownProfile.fields, ownProfile.fields[0]] }]],
    [
      'with a code that is none of ours',
      [
        {
          ...ownProfile,
          fields: ownProfile.fields.map((one) => (one.key === 'sex' ? { ...one, codes: { M: '3' } } : one)),
        },
      ],
    ],
    [
      'with a field for a マイナンバー',
      [{ ...ownProfile, fields: [...ownProfile.fields, { name: '個人番号', type: '9', bytes: 12 }] }],
    ],
    ['of names that begin alike', [{ ...ownProfile, fileName: 'SHG_{serial}.DAT' }]],
    [
      'with records too short for a trailer',
      [{ ...ownProfile, fields: shortFields, fixed: { change: '2', target: '1', consent: '9' } }],
    ],
    ['of one name', [ownProfile, { ...ownProfile, fileName: 'XYZ{serial}.DAT' }]],
    ['none at all', []],
  ])('are refused %s', (_, profiles) => {
    expect(faults(...profiles)).not.toEqual([]);
  });

  it('can be told by a form: as JSON Schema', () => {
    expect(() => z.toJSONSchema(shogaiConfig, { io: 'input' })).not.toThrow();
  });
});

describe('the shogai plugin with a profile', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  afterEach(async () => {
    await run.stop();
    await folder.remove();
  });

  it('takes both kinds of file, each with a result and numbers of its own', async () => {
    folder = await temporaryLegacyFolder();
    const config = { ...settings, folder: folder.path, municipality: '990019', profiles: ['standard', ownProfile] };
    run = await runPlugin(shogaiPlugin, { config, answer: () => ({ outcome: 'accepted' }) });
    writeFileSync(join(folder.path, 'in', 'SHG00001.DAT'), eventFile([{}]));
    writeFileSync(join(folder.path, 'in', 'IDO00001.DAT'), ownFile([{}, { sex: '1', number: 'A-2' }]));
    await run.until(() => readdirSync(join(folder.path, 'done')).length === 2);
    expect(readdirSync(join(folder.path, 'out')).sort()).toEqual(['SHE00001.DAT', 'SHE_IDO00001.DAT']);
    const keys = run.hub.items.flatMap(({ body }) => ('submission' in body ? [body.submission.source.key] : []));
    expect(keys.sort()).toEqual(['990019/SHG-20261110-0001', 'ido:990019/A-1']);
    const check = shogaiPlugin.checkFile!(ownFile([{ sex: '1' }]), 'IDO00009.DAT', config);
    expect(check).toMatchObject({
      outcome: 'quarantined',
      findings: [{ code: 'E-CODE', field: 9, fieldName: '性別' }],
    });
  });
});
