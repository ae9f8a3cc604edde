// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { receptionDay } from './japanese-day';

describe('a day of reception in 和暦', () => {
  it.each([
    ['R06.06.10', '2024-06-10'],
    ['R6.6.10', '2024-06-10'],
    ['r06.06.10', '2024-06-10'],
    ['Ｒ０６．０６．１０', '2024-06-10'],
    ['令和6年6月10日', '2024-06-10'],
    ['令和06年06月10日', '2024-06-10'],
    ['令和元年5月1日', '2019-05-01'],
    ['㋿6年6月10日', '2024-06-10'],
    ['H31.04.30', '2019-04-30'],
    ['平成31年4月30日', '2019-04-30'],
    ['S64.01.07', '1989-01-07'],
  ])('%s is %s', (text, day) => {
    expect(receptionDay(text)).toBe(day);
  });

  it.each([
    ['H31.05.01', 'E-ERA'],
    ['平成31年5月1日', 'E-ERA'],
    ['S64.01.08', 'E-ERA'],
    ['R06.02.30', 'E-DATE'],
    ['R00.01.01', 'E-DATE'],
    ['2024.06.10', 'E-DATE'],
    ['令和6年6月', 'E-DATE'],
    ['不詳', 'E-DATE'],
  ])('%s is none (%s)', (text, code) => {
    expect(() => receptionDay(text)).toThrow(expect.objectContaining({ code }));
  });
});
