// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { AgreedItem, agreement, matchOf } from './matching';

const kaigo = { system: 'kaigo', value: '00990010-0000000001' };

describe('two records are of one person', () => {
  it('not when name, kana, birth date and sex are equal, whoever confirms it', () => {
    expect(matchOf([kaigo], [], ['name', 'kana', 'birth_date', 'sex'])).toBeUndefined();
  });

  it('not when one further item agrees, however often it is named', () => {
    expect(matchOf([], [], ['name', 'birth_date', 'address', 'address'])).toBeUndefined();
  });

  it('not when the same number is of another system', () => {
    expect(matchOf([kaigo], [{ ...kaigo, system: 'shogai' }])).toBeUndefined();
  });

  it('not when nobody has said anything', () => {
    expect(agreement.safeParse([]).success).toBe(false);
    expect(matchOf([], [])).toBeUndefined();
  });

  it('when an identifier of the same system is equal, with nobody asked', () => {
    expect(matchOf([{ system: 'shogai', value: '1' }, kaigo], [kaigo])).toEqual({
      by: 'identifier',
      identifier: kaigo,
    });
  });

  it('when a person has confirmed two further items, and the match names what agreed', () => {
    const agreed: AgreedItem[] = ['name', 'address', 'telephone'];
    expect(matchOf([kaigo], [], agreed)).toEqual({ by: 'confirmation', agreed });
  });

  it('whichever comes first, and never by less than two further items', () => {
    const common = ['name', 'kana', 'birth_date', 'sex'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...AgreedItem.options)), (agreed) => {
        const further = new Set(agreed.filter((a) => !common.includes(a))).size;
        expect(matchOf([kaigo], [], agreed) !== undefined).toBe(further >= 2);
        expect(matchOf([], [kaigo], agreed)).toEqual(matchOf([kaigo], [], agreed));
      }),
    );
  });
});
