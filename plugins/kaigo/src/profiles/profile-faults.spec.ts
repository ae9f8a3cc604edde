// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { BadConfigError } from '@tsunagi/plugin-sdk';
import { z } from 'zod';
import { ownAsProfile } from '../../test/own-profile';
import { kaigoPlugin } from '../kaigo.plugin';
import life from './life.json';

const settings = (...profiles: unknown[]) => ({ folder: 'x', functionCode: 'K', profiles });
const own = (over: object = {}) => ({ ...ownAsProfile, ...over });
const reading = (over: object) => own({ fields: { ...ownAsProfile.fields, ...over } });

/** Where the plugin finds its settings wrong. */
function refusedAt(...profiles: unknown[]): string[] {
  try {
    kaigoPlugin.journalFolder(settings(...profiles));
    return [];
  } catch (error) {
    return (error as BadConfigError).issues.map(({ pointer }) => pointer);
  }
}

/** Where the hub finds them wrong, which knows only the JSON Schema that the host has said. */
const schema = z.fromJSONSchema(z.toJSONSchema(kaigoPlugin.config, { io: 'input' }), { registry: z.registry() });
function refusedByHub(...profiles: unknown[]): string[] {
  const issues = schema.safeParse(settings(...profiles)).error?.issues ?? [];
  return issues.flatMap((issue) => {
    const inside = issue.code === 'invalid_union' ? (issue.errors.find(([one]) => one?.path.length !== 0) ?? []) : [];
    return inside.length === 0
      ? [`/${issue.path.join('/')}`]
      : inside.map(({ path }) => `/${[...issue.path, ...path].join('/')}`);
  });
}

describe('a profile that is broken', () => {
  it.each<[string, string, unknown[]]>([
    ['a profile that does not ship', '/profiles/0', ['fhir']],
    ['an encoding that nobody reads', '/profiles/0/encoding', [own({ encoding: 'sjis' })]],
    ['a frame that nobody knows', '/profiles/1/frame', ['standard', own({ frame: 'xml' })]],
    ['a line end that is none', '/profiles/0/eol', [own({ eol: '\\n' })]],
    ['a file name that begins with anything', '/profiles/0/fileName', [own({ fileName: '*.CSV' })]],
    ['a file name with a folder in it', '/profiles/0/fileName', [own({ fileName: 'IDO../{serial}.CSV' })]],
    ['no columns', '/profiles/0/columns', [own({ columns: undefined })]],
    ['no place for 被保険者番号', '/profiles/0/fields/insured', [reading({ insured: undefined })]],
    ['no place for 外部管理番号', '/profiles/0/fields/externalNumber', [reading({ externalNumber: undefined })]],
    ['a field that records do not have', '/profiles/0/fields', [reading({ myNumber: { column: '氏名漢字' } })]],
    [
      'a code of no list in a code table',
      '/profiles/0/fields/sex/codes/F',
      [reading({ sex: { column: '性別コード', codes: { F: '3' } } })],
    ],
    [
      'a way to write days that nobody reads',
      '/profiles/0/fields/birthDate/format',
      [reading({ birthDate: { column: '生年月日', format: 'ddmmyy' } })],
    ],
    ['an era of no name', '/profiles/0/eras/6', [own({ eras: { '6': 'next' } })]],
    ['a 外字 outside F040–F9FC', '/profiles/0/gaiji/8140', [own({ gaiji: { '8140': '吉' } })]],
    ['同意あり for every row', '/profiles/0/fixed/consent', [own({ fixed: { consent: '1' } })]],
    ['a name with capitals', '/profiles/0/name', [own({ name: 'Own' })]],
    [
      'a length that the hub has no room for',
      '/profiles/0/fields/kanji/maxLength',
      [reading({ kanji: { columns: ['氏名漢字'], maxLength: 101 } })],
    ],
  ])('with %s is refused at %s, by the hub and by the plugin', (_, pointer, profiles) => {
    expect(refusedAt(...profiles)).toEqual([pointer]);
    expect(refusedByHub(...profiles)).toEqual([pointer]);
  });

  it.each<[string, string, unknown[]]>([
    [
      'a column that the file does not have',
      '/profiles/0/fields/kanji/columns/1',
      [reading({ kanji: { columns: ['氏名漢字', '名'] } })],
    ],
    ['a column twice', '/profiles/0/columns/29', [own({ columns: [...ownAsProfile.columns, '氏名漢字'] })]],
    [
      'a column for a マイナンバー',
      '/profiles/0/columns/29',
      [own({ columns: [...ownAsProfile.columns, 'My_Number'] })],
    ],
    ['no insurer', '/profiles/0/fields/insurer', [reading({ insurer: undefined })]],
    [
      'an insurer with a wrong check digit',
      '/profiles/0/fixed/insurer',
      [{ ...reading({ insurer: undefined }), fixed: { insurer: '00990011' } }],
    ],
    ['no day', '/profiles/0/fields/changedOn', [reading({ changedOn: undefined })]],
    ['a value for all rows where each has its own', '/profiles/0/fixed/target', [own({ fixed: { target: '4' } })]],
    ['an envelope without データ種別', '/profiles/0/dataKind', [own({ dataKind: undefined })]],
    ['an envelope without a record number', '/profiles/0/recordNumber', [own({ recordNumber: undefined })]],
    ['a short row that is not shorter', '/profiles/0/shortest', [own({ shortest: 29 })]],
    ['two serials in a file name', '/profiles/0/fileName', [own({ fileName: 'IDO{serial}{serial}.CSV' })]],
    ['files named like the hub’s own', '/profiles/1/fileName', ['standard', own({ fileName: 'kai{serial}.CSV' })]],
    ['files named like its answers', '/profiles/0/fileName', [own({ fileName: 'KAS{serial}.CSV' })]],
    [
      'files named like another profile’s',
      '/profiles/1/fileName',
      ['life', own({ fileName: 'SERVICE_USER_INFO{serial}.csv' })],
    ],
    ['the name of another', '/profiles/1/name', [own(), own({ fileName: 'XYZ{serial}.CSV' })]],
    ['the name of what ships', '/profiles/0/name', [{ ...life, name: 'life' }]],
    ['LIFE in both encodings at once', '/profiles/1', ['life', 'life-cp932']],
    ['the same twice', '/profiles/1', ['standard', 'standard']],
  ])('with %s is refused at %s by the plugin', (_, pointer, profiles) => {
    expect(refusedAt(...profiles)).toEqual([pointer]);
  });

  it('is refused in words that say what to do, and never with a value', () => {
    const profile = { ...reading({ insurer: undefined }), fixed: { insurer: '00990011' } };
    const said = kaigoPlugin.config.safeParse(settings(profile)).error?.issues.map(({ message }) => message);
    expect(said).toEqual(['保険者番号の検証番号が合いません']);
  });

  it.each<[string, unknown[]]>([
    ['what ships', ['standard', 'life']],
    ['a layout of one’s own', [own()]],
    ['LIFE copied under another name', ['standard', { ...life, name: 'life-2' }]],
  ])('is not %s', (_, profiles) => {
    expect([refusedAt(...profiles), refusedByHub(...profiles)]).toEqual([[], []]);
  });
});
