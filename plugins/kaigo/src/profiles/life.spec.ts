// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { referralSubmission } from '@tsunagi/plugin-sdk';
import { lifeColumns, lifeFields, lifeFile, type LifeShape, type LifeValues } from '../../test/life-file';
import { readEvents, toEventSubmission } from '../intake/read-events';
import type { EventFormat } from './event-format';
import { formatsOf, lifeProfile, type ShippedName } from './shipped';

const rules = { gaiji: new Map([['F040', '髙']]), insurers: [] };
const settings = { functionCode: '9970100005', formVersion: 'K-2026-1' };
const name = 'SERVICE_USER_INFO_0007_20261129.csv';
const formatOf = (one: ShippedName): EventFormat => formatsOf([one])[0]!;
const life = formatOf('life');

const reading = (bytes: Uint8Array, fileName = name, format = life) => readEvents(bytes, rules, format, fileName);
function rowsOf(rows: readonly LifeValues[], shape?: LifeShape, format = life) {
  const file = reading(lifeFile(rows, shape), name, format);
  if (!file.ok) throw new Error(file.code);
  return [...file.rows];
}
function draftOf(row: LifeValues = {}) {
  const [only] = rowsOf([row]);
  if (only === undefined || !('event' in only)) throw new Error('not sound');
  const mapped = toEventSubmission(only.event, settings);
  if (!mapped.ok) throw new Error(mapped.code);
  return mapped.value;
}
const faultOf = (row: LifeValues, shape?: LifeShape, format = life) => {
  const [only] = rowsOf([row], shape, format);
  return only && 'quarantined' in only ? only.quarantined : undefined;
};

describe('SERVICE_USER_INFO of LIFE', () => {
  it('has the columns of the public specification, in their order', () => {
    expect(lifeProfile.columns).toEqual(lifeColumns);
  });

  it('is master data: it asks nobody for anything, asserts no consent, and only the number leaves the department', () => {
    const draft = draftOf();
    expect(draft).toMatchObject({
      source: {
        system: 'kaigo',
        key: 'life:00990010/LIFE-0001',
        occurredAt: '2026-11-29T00:00:00+09:00',
        echo: '["00990010","0000000123","LIFE-0001"]',
      },
      subject: { ref: 'subject', identifiers: [{ system: 'kaigo', value: '00990010-0000000123' }], items: {} },
    });
    for (const absent of ['to', 'asserted', 'howTheyMeet']) expect(draft).not.toHaveProperty(absent);
    // A record that was registered before is updated, as LIFE itself does it.
    expect(draft.source).not.toHaveProperty('change');
    const source = { ...draft.source, channel: 'plugin', plugin: 'kaigo', row: 1 };
    expect(() => referralSubmission.parse({ ...draft, source })).not.toThrow();
  });

  it('is read into the record of this department all the same', () => {
    const judged = life.judge(lifeFields(), rules, '20261129');
    expect(judged).toEqual({
      ok: true,
      warnings: [],
      record: {
        externalNumber: 'LIFE-0001',
        insurer: '00990010',
        insured: '0000000123',
        changedOn: '20261129',
        kanji: '見本　花子',
        kana: 'ﾐﾎﾝ ﾊﾅｺ',
        sex: '2',
        birthDate: '19400105',
        careLevel: '22',
        validFrom: '20260601',
        validTo: '20270531',
        physicalIndependence: '4',
        dementiaIndependence: '3',
      },
    });
  });

  it.each<[string, LifeShape, ShippedName]>([
    ['UTF-8', {}, 'life'],
    ['UTF-8 with a BOM', { bom: true }, 'life'],
    ['CP932', { encoding: 'cp932' }, 'life-cp932'],
    ['lines that end with CR', { eol: '\r' }, 'life'],
    ['lines that end with LF', { eol: '\n' }, 'life'],
    ['names in quotes', { names: lifeColumns.map((column) => `"${column}"`) }, 'life'],
  ])('comes in %s', (_, shape, shipped) => {
    const names = shape.names === undefined ? {} : { names: lifeColumns };
    const rows = rowsOf([{}, { last_name: '髙﨑' }], { ...shape, ...names }, formatOf(shipped));
    expect(rows.map((row) => 'event' in row && row.event.record.kanji)).toEqual(['見本　花子', '髙﨑　花子']);
  });

  it('may hold what 国保連 forbids: an apostrophe, commas, quotes and characters that CP932 has none for', () => {
    const [row] = rowsOf([{ last_name: '𠮷田, \'K\' "見本"' }]);
    expect(row).toMatchObject({ event: { record: { kanji: '𠮷田, \'K\' "見本"　花子' } } });
  });

  it.each<[string, LifeValues]>([
    ['nothing', { care_period_end: '' }],
    ['a space, which sets NULL', { care_period_end: ' ' }],
    ['two spaces', { care_period_end: '  ' }],
    ['a full-width space', { care_period_end: '　' }],
  ])('says nothing of a field with %s in it', (_, row) => {
    const [only] = rowsOf([row]);
    expect(only).toMatchObject({ event: { warnings: [] } });
    expect(only && 'event' in only && only.event.record).not.toHaveProperty('validTo');
  });

  it.each<[string, LifeValues, string | undefined]>([
    ['has ended by then', { end_date: '20261120' }, 'ended'],
    ['ends on the day', { end_date: '20261129' }, 'ended'],
    ['is going to end', { end_date: '20261231' }, undefined],
    ['ended with a death', { death_date: '20261101' }, 'ended'],
  ])('is 終了 when the service %s: %j', (_, row, change) => {
    expect(draftOf(row).source.change).toBe(change);
  });

  it('knows a record by a hash where its number is longer than ours or holds anything', () => {
    const number = 'ab/見本_'.repeat(18);
    const { source } = draftOf({ external_system_management_number: number });
    expect(source.key).toMatch(/^life:00990010\/[0-9a-f]{64}$/);
    expect(rowsOf([{ external_system_management_number: number }])[0]).not.toHaveProperty('label');
    expect(draftOf({ external_system_management_number: 'ab/見本' }).source.key).not.toBe(source.key);
  });

  it('replaces 外字 from the table in either encoding, and leaves a name out that nobody can read', () => {
    const gaiji = Buffer.concat([Buffer.from([0xf0, 0x40]), Buffer.from('A')]);
    const [mapped] = rowsOf([{ last_name: gaiji }], { encoding: 'cp932' }, formatOf('life-cp932'));
    expect(mapped).toMatchObject({
      event: { record: { kanji: '髙A　花子' }, warnings: [{ code: 'W-GAIJI-MAPPED', field: 6 }] },
    });
    const [same] = rowsOf([{ last_name: '\ue000A' }]);
    expect(same).toMatchObject({ event: { record: { kanji: '髙A　花子' } } });
    // In a plane of its own, as the official font has added characters.
    const [unknown] = rowsOf([{ last_name: '\u{10de92}' }]);
    expect(unknown).toMatchObject({ event: { warnings: [{ code: 'W-GAIJI', field: 6 }] } });
    expect(unknown && 'event' in unknown && unknown.event.record).not.toHaveProperty('kanji');
  });
});

describe('a row that cannot go on', () => {
  it.each<[string, LifeValues, string, number]>([
    ['an insurer with a wrong check digit', { insurer_no: '990011' }, 'E-CD-HOKENSHA', 4],
    ['an insurer of five digits', { insurer_no: '99001' }, 'E-CODE', 4],
    ['a number of nine digits', { insured_no: '123456789' }, 'E-CODE', 5],
    ['no number', { insured_no: '' }, 'E-REQUIRED', 5],
    ['no key', { external_system_management_number: ' ' }, 'E-REQUIRED', 3],
    ['no name', { last_name: '', first_name: '　' }, 'E-REQUIRED', 6],
    ['a name that is too long', { last_name: '見'.repeat(62) }, 'E-LENGTH', 6],
    ['a sex of another list', { gender: '9' }, 'E-CODE', 10],
    ['29 February of a common year', { birthday: '19410229' }, 'E-DATE', 11],
    ['a day with hyphens', { birthday: '1940-01-05' }, 'E-DATE', 11],
    ['a period that ends before it begins', { care_period_end: '20260531' }, 'E-DATE', 14],
    ['a care level of no list', { care_level: '14' }, 'E-CODE', 15],
    ['no care level', { care_level: '' }, 'E-REQUIRED', 15],
    ['an independence of no list', { dementia_elderly_independence_degree: '9' }, 'E-CODE', 17],
    ['an unreal day of death', { death_date: '20261131' }, 'E-DATE', 20],
    ['a マイナンバー in a name', { first_name: '１２３４ ５６７８ ９０１８', gender: '9' }, 'S-MYNUMBER', 6],
    ['a lost character', { last_name: '見\ufffd' }, 'E-ATTR', 6],
    ['a control character', { last_name: '見\u0007本' }, 'E-ATTR', 6],
  ])('with %s', (_, row, code, field) => {
    expect(faultOf(row)).toMatchObject({ code, field });
  });

  it('names its own record, never a value', () => {
    const [only] = rowsOf([{ gender: '9', last_name: '其の名前' }]);
    expect(only).toEqual({
      row: 1,
      label: 'LIFE-0001',
      quarantined: { code: 'E-CODE', field: 10, key: 'life:00990010/LIFE-0001' },
    });
  });

  it('has other columns than there are', () => {
    expect(faultOf({}, { fields: 20 })).toEqual({ code: 'E-FIELDS', key: 'life:00990010/LIFE-0001' });
  });

  it('is not of an insurer that is served', () => {
    const file = readEvents(lifeFile([{}]), { ...rules, insurers: ['00990028'] }, life, name);
    expect(file.ok && [...file.rows]).toMatchObject([{ quarantined: { code: 'E-CODE', field: 4 } }]);
  });

  it('lets the others go on', () => {
    const rows = rowsOf([{}, { gender: '9' }, { external_system_management_number: 'LIFE-0003' }]);
    expect(rows.map((row) => 'event' in row)).toEqual([true, false, true]);
  });
});

describe('a file that is refused as a whole', () => {
  const changed = (at: number, to: string) => lifeColumns.map((column, index) => (index === at ? to : column));

  it.each<[string, LifeShape, object]>([
    ['CP932 where UTF-8 is agreed', { encoding: 'cp932' }, { code: 'E-UTF8' }],
    ['another kind of data', { kind: 'FORM_0100_2021' }, { code: 'E-CSV' }],
    ['a column of another name', { names: changed(2, 'own_number') }, { code: 'E-CSV', field: 3 }],
    ['columns in another order', { names: [...lifeColumns].reverse() }, { code: 'E-CSV', field: 1 }],
    ['a column too many', { names: [...lifeColumns, 'room'] }, { code: 'E-CSV', field: 22 }],
    ['a column for a マイナンバー', { names: [...lifeColumns, '個人番号'] }, { code: 'S-MYNUMBER-FIELD', field: 22 }],
  ])('has %s', (_, shape, fault) => {
    expect(reading(lifeFile([{}], shape))).toEqual({ ok: false, ...fault });
  });

  it('is UTF-8 where CP932 is agreed', () => {
    expect(reading(lifeFile([{}]), name, formatOf('life-cp932'))).toMatchObject({ ok: false, code: 'E-ENCODING' });
  });

  it('is empty', () => {
    expect(reading(Buffer.alloc(0))).toMatchObject({ ok: false, code: 'E-CSV' });
  });

  it('does not say in its name on what day it was made', () => {
    expect(reading(lifeFile([{}]), 'SERVICE_USER_INFO_0007_20261131.csv')).toEqual({ ok: false, code: 'E-NAME' });
  });

  it.each([name, name.toUpperCase()])('is not one named %s', (fileName) => {
    expect(life.pattern.test(fileName)).toBe(true);
    expect(reading(lifeFile([])).ok).toBe(true);
    expect(life.serialOf?.(fileName)).toBe(7);
  });

  it.each([
    'SERVICE_USER_INFO_7_20261129.csv.tmp',
    'FORM_0100_2021_7_20261129.csv',
    'xSERVICE_USER_INFO_7_20261129.csv',
  ])('knows no file named %s', (fileName) => expect(life.pattern.test(fileName)).toBe(false));
});
