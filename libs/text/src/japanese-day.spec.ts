// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { typedDay } from './japanese-day';

describe('a day as people type it', () => {
  it.each([
    '1940-04-01',
    '1940/4/1',
    '1940.4.1',
    '19400401',
    '1940年4月1日',
    'S15.4.1',
    's15.4.1',
    'Ｓ１５．４．１',
    '昭15.4.1',
    '昭和15年4月1日',
    '昭和１５年 ４月 １日',
  ])('%s is one day', (text) => {
    expect(typedDay(text)).toBe('1940-04-01');
  });

  it.each([
    ['令和元年5月1日', '2019-05-01'],
    ['M45.7.30', '1912-07-30'],
    ['大正15年12月25日', '1926-12-25'],
    ['H31.5.1', '2019-05-01'],
  ])('%s is %s', (text, day) => {
    expect(typedDay(text)).toBe(day);
  });

  it.each(['見本', '40.4.1', '1940-02-30', '昭和15年', 'S0.4.1', '4月1日', '0000880001', ''])('%s is none', (text) => {
    expect(typedDay(text)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void typedDay(text)));
  });
});
