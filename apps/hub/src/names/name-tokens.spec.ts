// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { askedFor, findableBy } from './name-tokens';

const her = {
  items: {
    identity: {
      ...{ name: '髙﨑　花子', kana: 'ヤマザキ ショーコ', birthDate: '1940-04-01' },
      otherNames: [{ name: '見本 花子' }],
    },
  },
  identifiers: [{ system: 'kaigo', value: '00990010-0000880001' }],
};
const isFound = (q: string) => {
  const asked = askedFor(q);
  const texts = new Set(findableBy(her));
  return { byToken: asked?.by.some((t) => texts.has(t)) ?? false, fits: asked?.fits(her) ?? false };
};

describe('whoever is looked for', () => {
  it.each([
    ...['髙﨑花子', '高崎　花子', '高崎', '花子', '見本', '見本花'],
    ...['やまさき', 'ﾔﾏｻﾞｷ', 'ヤマ', 'しょうこ', 'ショオコ', 'ヤマザキショウコ'],
    ...['1940-04-01', 'S15.4.1', '昭和15年4月1日'],
    ...['00990010-0000880001', '０００００８８０００１'.slice(-10)],
  ])('is found by %s', (q) => {
    expect(isFound(q)).toEqual({ byToken: true, fits: true });
  });

  it.each(['高', '子', '太郎', 'ヤ', 'マザキ', '1940-04-02', '880001', '0000880002'])('is not found by %s', (q) => {
    expect(isFound(q)).toEqual({ byToken: false, fits: false });
  });

  it('cannot be asked for by nothing', () => {
    expect(askedFor('　 ')).toBeUndefined();
  });

  it('has a token for whatever fits, however it is typed', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.constantFrom(...'髙﨑花子ヤマザキショーコ見本').chain((a) => fc.constant(a)),
    );
    fc.assert(
      fc.property(
        fc.array(typed, { maxLength: 14 }).map((t) => t.join('')),
        (q) => {
          const { byToken, fits } = isFound(q);
          if (fits) expect(byToken).toBe(true);
        },
      ),
    );
  });
});
