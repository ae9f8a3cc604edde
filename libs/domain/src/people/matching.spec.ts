// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { AgreedItem, agreement, areTwoOf, isConfirmed } from './matching';

const kaigo = { system: 'kaigo', value: '00990010-0000000001' };

describe('two records are of one person', () => {
  it('not when name, kana, birth date and sex are equal, whoever confirms it', () => {
    expect(isConfirmed(['name', 'kana', 'birth_date', 'sex'])).toBe(false);
  });

  it('not when one further item agrees, however often it is named', () => {
    expect(isConfirmed(['name', 'birth_date', 'address', 'address'])).toBe(false);
  });

  it('not when nobody has said anything', () => {
    expect(agreement.safeParse([]).success).toBe(false);
    expect(isConfirmed([])).toBe(false);
  });

  it('when a person has confirmed two further items, and never by less', () => {
    const common = ['name', 'kana', 'birth_date', 'sex'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...AgreedItem.options)), (agreed) => {
        const further = new Set(agreed.filter((a) => !common.includes(a))).size;
        expect(isConfirmed(agreed)).toBe(further >= 2);
      }),
    );
  });

  it('not when one system has two numbers for them, but for a number that names a consultation', () => {
    const other = { ...kaigo, value: '00990010-0000000002' };
    const sheet = (value: string) => ({ system: 'konkyu', value });
    expect(areTwoOf([sheet('S-1'), kaigo], [other])).toBe(true);
    expect(areTwoOf([other], [kaigo, sheet('S-1')])).toBe(true);
    expect(areTwoOf([kaigo], [{ ...other, system: 'shogai' }])).toBe(false);
    expect(areTwoOf([sheet('S-1')], [sheet('S-2')])).toBe(false);
    expect(areTwoOf([kaigo], [])).toBe(false);
  });
});
