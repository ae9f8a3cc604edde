// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { SqlRow } from '@tsunagi/plugin-sdk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '../../test/consultation-row';
import { ownProfile, ownRow } from '../../test/own-view';
import { toSubmission } from '../consultations/to-submission';
import { konkyuConfig } from '../konkyu.config';
import { viewOf } from './consultation-view';
import { profile } from './profile.schema';

const view = viewOf(profile.parse(ownProfile));
const eras = new Map([['S', 'showa' as const]]);
function mapped(row: SqlRow, as = view) {
  const reading = as.read(row);
  return 'event' in reading ? toSubmission(reading.event, { ...settings, eras }) : reading;
}

describe('a view of the office’s own, as a profile describes it', () => {
  it('is read by its own names of the columns, in the order of its own time and number', () => {
    expect(view).toMatchObject({ name: 'v_case', changedAt: 'updated_at', number: 'case_seq', onlyWith: 'refer_to' });
    expect([...view.columns].sort()).toEqual(Object.values(ownProfile.columns).sort());
  });

  it('becomes a referral like the hub’s own: by code tables and era table', () => {
    expect(mapped(ownRow())).toMatchObject({
      ok: true,
      warnings: [],
      value: {
        source: { key: 'C-1/1', occurredAt: '2026-11-20T09:31:00.000+09:00' },
        to: { domain: 'kaigo' },
        asserted: { code: '1' },
        subject: {
          identifiers: [{ system: 'konkyu', value: 'C-1' }],
          items: { identity: { name: '見本　次郎', birthDate: '1954-11-03', sex: 'male' } },
        },
      },
    });
  });

  it('says nothing of what it has no column for', () => {
    const read = mapped(ownRow());
    expect(read).not.toHaveProperty('value.subject.items.contact');
    expect(read).not.toHaveProperty('value.subject.items.concern');
  });

  it.each<[string, SqlRow, string, number]>([
    ['a code that its table does not know', { sex: 'X' }, 'E-CODE', 9],
    ['a code of ours, where it has its own', { sex: '1' }, 'E-CODE', 9],
    ['an unknown word on consent', { agreed: '?' }, 'E-CODE', 23],
    ['an era of our table', { era: '2' }, 'E-ERA', 10],
    ['no ID', { case_id: null }, 'E-REQUIRED', 4],
    ['a type that is no text', { full_name: new Date(0) }, 'E-ROW', 7],
    ['a possible 個人番号 in a text', { story: '123456789018', sex: 'X' }, 'S-MYNUMBER', 21],
  ])('lets a row wait with %s, by the number of the column in this interface', (_, over, code, field) => {
    const read = mapped(ownRow(over));
    expect('quarantined' in read ? read.quarantined : read).toMatchObject({ code, field });
  });

  it('may keep codes and numbers as numbers, and leave any code blank', () => {
    const numbers = viewOf(profile.parse({ ...ownProfile, codes: { ...ownProfile.codes, seibetsu: { '7': '2' } } }));
    expect(mapped(ownRow({ sex: 7 }), numbers)).toMatchObject({
      value: { subject: { items: { identity: { sex: 'female' } } } },
    });
    expect(mapped(ownRow({ sex: ' ', agreed: null }))).toMatchObject({ value: { asserted: { code: '9' } } });
  });

  it('may ask one department with all of its rows', () => {
    const { tsunagi_bunya: _, ...columns } = ownProfile.columns;
    const { tsunagi_bunya: __, ...codes } = ownProfile.codes;
    const all = viewOf(profile.parse({ ...ownProfile, columns, codes, fixed: { tsunagi_bunya: '6' } }));
    expect(all.onlyWith).toBeUndefined();
    expect(mapped(ownRow(), all)).toMatchObject({ value: { to: 'unknown', source: { key: 'C-1/6' } } });
  });

  it('names the office’s own record where a row is told to be refused', () => {
    expect(view.named(ownRow())).toMatchObject({ sodan_id: 'C-1', tsunagi_bunya: '1', renban: '1' });
  });
});

describe('the profile in the settings of konkyu', () => {
  const config = { databaseUrl: { secretRef: 'x' }, functionCode: '9900000041' };
  const takes = (change: object) =>
    konkyuConfig.safeParse({ ...config, profile: { ...ownProfile, ...change } }).success;
  const { columns, codes } = ownProfile;

  it('is the hub’s own view, unless it says otherwise', () => {
    expect(konkyuConfig.parse(config).profile).toBe('standard');
    expect(takes({})).toBe(true);
  });

  it('is written as the README writes it', () => {
    const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
    expect(JSON.parse(/```json\n([^]*?)```/.exec(readme)?.[1] ?? '')).toEqual(ownProfile);
  });

  it.each<[string, object]>([
    ['without the office’s own number', { columns: { ...columns, sodan_id: undefined } }],
    ['with one column for two', { columns: { ...columns, furigana: columns.shimei } }],
    ['with a name that is no plain one', { columns: { ...columns, shimei: 'name; DROP TABLE x' } }],
    ['with a column for a マイナンバー', { columns: { ...columns, shuso: 'my_number' } }],
    [
      'without whom it asks',
      { columns: { ...columns, tsunagi_bunya: undefined }, codes: { ...codes, tsunagi_bunya: undefined } },
    ],
    ['with consent given for all', { fixed: { doi_kbn: '1' } }],
    ['with one word for all where there is a column', { fixed: { doi_kbn: '9' } }],
    ['with a code that is none of ours', { codes: { ...codes, seibetsu: { M: '9' } } }],
    ['with a table for a column that is not there', { columns: { ...columns, seibetsu: undefined } }],
  ])('is refused %s', (_, change) => {
    expect(takes(change)).toBe(false);
  });
});
