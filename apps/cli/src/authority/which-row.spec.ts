// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { authorityList, examplesOf, type AuthorityView } from '@tsunagi/contracts';
import { rowNamed, shortIds, whatSetsApart } from './which-row';
import { CliError } from '../cli.error';

const [example] = authorityList.parse(examplesOf(authorityList)?.['example']?.value).items;
const aRow = (id: string, over: Partial<AuthorityView> = {}): AuthorityView => ({
  ...(example as AuthorityView),
  id,
  code: 'within_purpose',
  overrides: undefined,
  ...over,
});
const ids = ['01a1b2c3-0000-7000-8000-000000000001', '01a1b2c3-4444-7000-8000-000000000002'] as const;
const talks = aRow(ids[0], { purposes: ['consultation'] });
const protects = aRow(ids[1], { purposes: ['rights_protection'] });
const emergency = aRow('99999999-0000-7000-8000-000000000003', { code: 'emergency' });
const rows = [talks, protects, emergency];
const refusal = (name: string) => {
  try {
    return rowNamed(name, rows).id;
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
};

describe('a row of the law on the command line', () => {
  it('is told from others of its code by what it differs in, and by nothing else', () => {
    expect(rows.map((row) => whatSetsApart(row, rows))).toEqual(['利用目的は相談支援', '利用目的は権利擁護', '']);
  });

  it('of the municipality names the one that it stands for', () => {
    const own = aRow('77777777-0000-7000-8000-000000000004', { overrides: emergency.id, code: 'emergency' });
    expect(whatSetsApart(own, [...rows, own])).toBe('市町村の行（99999999-0 に代わる）');
  });

  it('is named by its code where there is but one, or by the start of its id that is shown', () => {
    expect(shortIds(rows).get(talks.id)).toBe('01a1b2c3-0');
    expect(refusal('emergency')).toBe(emergency.id);
    expect(refusal('01a1b2c3-4')).toBe(protects.id);
    expect(refusal(talks.id)).toBe(talks.id);
  });

  it('is not guessed: of several all are listed', () => {
    for (const name of ['within_purpose', '01a1b2c3'])
      expect(refusal(name)).toMatchObject({
        code: 'AUTHORITY_NOT_ONE',
        blanks: { list: expect.stringMatching(/01a1b2c3-0　利用目的は相談支援\n.*01a1b2c3-4　利用目的は権利擁護/) },
      });
    for (const name of ['consent', '9', '99999998']) expect(refusal(name)).toMatchObject({ code: 'AUTHORITY_UNKNOWN' });
  });
});
