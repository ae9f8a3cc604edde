// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932 } from '@tsunagi/plugin-sdk';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { eventFile, type EventValues } from '../../test/event-file';
import { aProfile } from '../../test/own-profile';
import { readEvents, toEventSubmission } from '../intake/read-events';
import { compileProfile } from './compile-profile';
import { standardFormat, type EventFormat } from './event-format';
import { type Profile, profile } from './profile.schema';

const rules = { gaiji: new Map([['F041', '吉']]), insurers: [] };
const settings = { functionCode: '9970100005', formVersion: 'K-2026-1' };

function rowsOf(bytes: Uint8Array, format: EventFormat, name = 'IDO00001.CSV') {
  const file = readEvents(bytes, rules, format, name);
  if (!file.ok) throw new Error(file.code);
  return [...file.rows];
}
function submissionsOf(bytes: Uint8Array, format: EventFormat) {
  return rowsOf(bytes, format).map((row) => {
    const mapped = 'event' in row ? toEventSubmission(row.event, settings) : undefined;
    return mapped?.ok ? { ...mapped.value, warnings: mapped.warnings } : row;
  });
}

describe('the layout of this hub, written as a profile', () => {
  const own = compileProfile(aProfile());
  const withoutKey = (said: object) => JSON.parse(JSON.stringify(said).replaceAll('own:00990010/', '00990010/'));

  it.each(['KAI24061.CSV', 'KAI26111.CSV'])('says of %s what the hub’s own reading says', (name) => {
    const bytes = readFileSync(join(__dirname, '../../samples', name));
    expect(withoutKey(submissionsOf(bytes, own))).toEqual(submissionsOf(bytes, standardFormat));
    expect(submissionsOf(bytes, standardFormat)).toMatchObject([{ kind: 'referral' }, ...(name < 'KAI25' ? [] : [{}])]);
  });

  it('says the same of any sound row', () => {
    const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const row = fc.record({
      change: fc.constantFrom('1', '2', '3'),
      kanji: fc.constantFrom('見本　花子', '髙﨑', ''),
      sex: fc.constantFrom('1', '2'),
      careLevel: fc.constantFrom('', '01', '06', '11', '12', '25'),
      target: fc.constantFrom('1', '2', '3', '4', '5', '6'),
      consent: fc.constantFrom('1', '2', '3', '9'),
      meeting: fc.constantFrom('', '1', '4'),
      concerns: fc.stringMatching(/^[012]{12}$/),
      householdSize: fc.constantFrom('', '1', '03'),
      message: fc.constantFrom('', '家賃滞納あり。'),
      insured: fc.constantFrom('0000000123', 'H000000001'),
      validTo: fc.constantFrom('', '20270531'),
      telephone: fc.constantFrom('', '0991234567'),
    });
    fc.assert(
      fc.property(row, optional(fc.constant(25)), (values: EventValues, fields) => {
        const bytes = eventFile([values], fields === undefined ? {} : { fields });
        expect(withoutKey(submissionsOf(bytes, own))).toEqual(submissionsOf(bytes, standardFormat));
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, EventValues, string, number]>([
    ['another record number', { exchangeId: 'Z112' }, 'E-CODE', 1],
    ['a wrong check digit', { insurer: '00990011' }, 'E-CD-HOKENSHA', 6],
    ['half-width signs in 漢字', { kanji: 'A' }, 'E-ATTR', 9],
    ['too many bytes', { kana: 'ﾊ'.repeat(26) }, 'E-LENGTH', 8],
    ['flags of another form', { concerns: '00000000000' }, 'E-CODE', 21],
    ['a household of nobody', { householdSize: '00' }, 'E-CODE', 28],
  ])('keeps a row back with %s, as the hub’s own does', (_, values, code, field) => {
    for (const format of [own, standardFormat])
      expect(rowsOf(eventFile([values]), format)).toMatchObject([{ quarantined: { code, field } }]);
  });

  it.each([24, 26, 28])('keeps a row of %d columns back', (fields) => {
    for (const format of [own, standardFormat])
      expect(rowsOf(eventFile([{}], { fields }), format)).toMatchObject([{ quarantined: { code: 'E-FIELDS' } }]);
  });

  it('refuses a file whose count is wrong, or whose データ種別 is another', () => {
    expect(readEvents(eventFile([{}], { count: 2 }), rules, own, '')).toMatchObject({
      ok: false,
      code: 'E-COUNT',
      field: 4,
    });
    const other = compileProfile(aProfile({ dataKind: 'Q51' }));
    expect(readEvents(eventFile([{}]), rules, other, '')).toMatchObject({ ok: false, code: 'E-CONTROL', field: 5 });
  });
});

/** A file of another vendor: no envelope, names above, words instead of codes, days in eras. */
const vendor: z.input<typeof profile> = {
  name: 'vendor',
  fileName: 'SODAN_*_{date}.txt',
  frame: 'csv-names',
  encoding: 'cp932',
  eol: 'lf',
  columns: [
    '区分',
    '番号',
    '枝番',
    '被保番',
    '姓',
    '名',
    '生年月日',
    '性別',
    '要介護度',
    '認定終了',
    '行き先',
    '同意',
    '備考',
  ],
  fields: {
    externalNumber: { columns: ['番号', '枝番'] },
    insured: { column: '被保番' },
    change: { column: '区分', codes: { 新: '1', 変: '2', 終: '3' }, required: true },
    kanji: { columns: ['姓', '名'], blank: ['ダミー'] },
    birthDate: { column: '生年月日', format: 'gyymmdd' },
    sex: { column: '性別', codes: { 男: '1', 女: '2' }, lenient: true },
    careLevel: { column: '要介護度', codes: { 要支援1: '12', 要介護2: '22' } },
    validTo: { column: '認定終了', format: 'gyy.mm.dd' },
    target: { column: '行き先', codes: { 困窮: '4', 不明: '6' } },
    consent: { column: '同意', codes: { 有: '1', 無: '3' } },
    message: { columns: ['備考'], maxLength: 50 },
  },
  fixed: { insurer: '00990010', meeting: '4' },
  formVersion: 'V-2026-3',
  gaiji: { F040: '髙' },
};
const vendorProfile = (over: Partial<z.input<typeof profile>> = {}): Profile => profile.parse({ ...vendor, ...over });

describe('the file of another vendor', () => {
  const values = [
    '新',
    'A1',
    '2',
    '0000000123',
    '見本',
    '花子',
    '3150105',
    '女',
    '要介護2',
    'R09.05.31',
    '困窮',
    '有',
    '家賃滞納',
  ];
  const columns = vendor.columns;
  const lineOf = (over: Partial<Record<string, string | Uint8Array>> = {}) =>
    Buffer.concat(
      values.flatMap((value, at) => {
        const cell = over[columns[at]!] ?? value;
        return [Buffer.from(at === 0 ? '' : ','), typeof cell === 'string' ? encodeCp932(cell, 'x') : cell];
      }),
    );
  const fileOf = (line: Uint8Array, eol = '\n') =>
    Buffer.concat([encodeCp932(columns.join(','), 'x'), Buffer.from(eol), line, Buffer.from(eol)]);
  const name = 'SODAN_night_20261128.txt';
  const rowOf = (over: Parameters<typeof lineOf>[0] = {}, of = vendorProfile(), eol = '\n') =>
    rowsOf(fileOf(lineOf(over), eol), compileProfile(of), name)[0]!;

  it('becomes a referral with consent by its own form', () => {
    const row = rowOf();
    const mapped = 'event' in row ? toEventSubmission(row.event, settings) : undefined;
    expect(row).toMatchObject({ row: 1, label: 'A1-2' });
    expect(mapped).toMatchObject({
      ok: true,
      warnings: [],
      value: {
        kind: 'referral',
        to: { domain: 'konkyu' },
        howTheyMeet: 'through_sender',
        asserted: { code: '1', formVersion: 'V-2026-3', on: '2026-11-28' },
        source: { key: 'vendor:00990010/A1-2', change: 'new', occurredAt: '2026-11-28T00:00:00+09:00' },
        subject: {
          identifiers: [{ system: 'kaigo', value: '00990010-0000000123' }],
          items: {
            identity: { name: '見本　花子', birthDate: '1940-01-05', sex: 'female' },
            care_level: { level: '22', validTo: '2027-05-31' },
            narrative: { fact: '家賃滞納', writtenOn: '2026-11-28' },
          },
        },
      },
    });
  });

  it.each<[string, Record<string, string>, string, number]>([
    ['a word of no code table', { 要介護度: '要介護9' }, 'E-CODE', 9],
    ['a word that every JavaScript object knows', { 要介護度: 'constructor' }, 'E-CODE', 9],
    ['half of its own number', { 枝番: '' }, 'E-REQUIRED', 2],
    ['平成31年5月1日 as a birth', { 生年月日: '4310501' }, 'E-ERA', 7],
    ['an era that the table does not know', { 生年月日: '6010101' }, 'E-ERA', 7],
    ['an unreal day', { 生年月日: '3150230' }, 'E-DATE', 7],
    ['no day where one is', { 認定終了: 'R9-5-31' }, 'E-DATE', 10],
    ['a longer text', { 備考: '家'.repeat(51) }, 'E-LENGTH', 13],
    ['a required field that is empty', { 区分: ' ' }, 'E-REQUIRED', 1],
  ])('keeps a row back with %s', (_, over, code, field) => {
    expect(rowOf(over)).toMatchObject({ quarantined: { code, field } });
  });

  it('takes a row with a flag where the profile says so', () => {
    const row = rowOf({ 性別: '不明', 認定終了: 'H33.3.31' });
    expect(row).toMatchObject({
      event: {
        record: { validTo: '20210331' },
        warnings: [
          { code: 'W-CODE', field: 8 },
          { code: 'W-ERA-OVERRUN', field: 10 },
        ],
      },
    });
    expect('event' in row && row.event.record).not.toHaveProperty('sex');
  });

  it('reads eras by its own table', () => {
    const eras = { '1': 'taisho', '2': 'showa' } as const;
    expect(rowOf({ 生年月日: '2150105', 認定終了: '' }, vendorProfile({ eras }))).toMatchObject({
      event: { record: { birthDate: '19400105' } },
    });
  });

  it('reads 外字 by its own table, and not by that of others', () => {
    const name = (...bytes: number[]) => ({ 姓: Uint8Array.from(bytes) });
    expect(rowOf(name(0xf0, 0x40))).toMatchObject({ event: { record: { kanji: '髙　花子' } } });
    const unknown = rowOf(name(0xf0, 0x41));
    expect(unknown).toMatchObject({ event: { warnings: [{ code: 'W-GAIJI', field: 5 }] } });
    expect('event' in unknown && unknown.event.record).not.toHaveProperty('kanji');
    expect(rowOf(name(0xf0, 0x41), vendorProfile({ gaiji: undefined }))).toMatchObject({
      event: { record: { kanji: '吉　花子' } },
    });
  });

  it('leaves out what stands there only to fill a column', () => {
    expect(rowOf({ 名: 'ダミー' })).toMatchObject({ event: { record: { kanji: '見本' } } });
  });

  it.each<[Profile['eol'], string, boolean]>([
    ['lf', '\r\n', true],
    ['crlf', '\r\n', true],
    ['crlf', '\n', false],
    ['cr', '\r', true],
    ['any', '\r', true],
    ['lf', '\r', false],
  ])('with eol %s and lines that end with %j is read: %s', (eol, end, isRead) => {
    const file = readEvents(fileOf(lineOf(), end), rules, compileProfile(vendorProfile({ eol })), name);
    expect(file.ok && [...file.rows].length === 1).toBe(isRead);
  });

  it.each([
    ['yyyy-mm-dd', '1940-01-05', '1940/01/05'],
    ['yyyy/mm/dd', '1940/01/05', '19400105'],
    ['yyyymmdd', '19400105', '1940-01-05'],
    ['gyy.mm.dd', 'S15.01.05', '19400105'],
  ] as const)('writes days as %s and no other way', (format, right, wrong) => {
    const of = vendorProfile({
      fields: { ...vendor.fields, birthDate: { column: '生年月日', format } },
    });
    expect(rowOf({ 生年月日: right }, of)).toMatchObject({ event: { record: { birthDate: '19400105' } } });
    expect(rowOf({ 生年月日: wrong }, of)).toMatchObject({ quarantined: { code: 'E-DATE', field: 7 } });
  });

  it('has no day but that of its column, where it has one', () => {
    const fields = { ...vendor.fields, birthDate: undefined };
    const of = vendorProfile({ fields: { ...fields, changedOn: { column: '生年月日', format: 'gyymmdd' } } });
    expect(rowOf({ 生年月日: '5081120' }, of)).toMatchObject({ event: { record: { changedOn: '20261120' } } });
    expect(rowOf({ 生年月日: '' }, vendorProfile({ ...of, fileName: 'SODAN_*.txt' }))).toMatchObject({
      quarantined: { code: 'E-REQUIRED', field: 7 },
    });
  });
});
