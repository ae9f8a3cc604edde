// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS, ERA_DIGITS_FROM_TAISHO } from '@tsunagi/legacy';
import { eraAsItStands } from './era-as-it-stands';

describe('a day by era, as it stands in a legacy system', () => {
  it.each([
    ['1989-01-07', '3640107'],
    ['1989-01-08', '4010108'],
    ['2019-05-01', '5010501'],
  ])('%s is written in its own era', (day, written) => {
    const { gengo, yymmdd } = eraAsItStands(day, ERA_DIGITS)!;
    expect(gengo + yymmdd).toBe(written);
  });

  it.each([
    ['1991-04-31', '4030431'],
    ['2023-02-29', '5050229'],
    ['1985-13-01', '3601301'],
  ])('%s, which no calendar has, is written as it was typed', (day, written) => {
    const { gengo, yymmdd } = eraAsItStands(day, ERA_DIGITS)!;
    expect(gengo + yymmdd).toBe(written);
  });

  it('is not there in a table without its era', () => {
    expect(eraAsItStands('1912-07-29', ERA_DIGITS_FROM_TAISHO)).toBeNull();
  });
});
