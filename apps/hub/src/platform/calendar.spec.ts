// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addWorkingDays, isWorkingDay } from '@tsunagi/domain';
import { municipalCalendar } from './calendar';

const calendar = municipalCalendar(new Date('2026-09-01T00:00:00+09:00'));

describe("the municipality's calendar", () => {
  it('leaves out 敬老の日 and the days between two holidays', () => {
    // 2026: 21 敬老の日, 22 国民の休日, 23 秋分の日
    expect(addWorkingDays('2026-09-18', 1, calendar)).toBe('2026-09-24');
  });

  it('is closed around the turn of the year', () => {
    expect(['2026-12-29', '2026-12-31', '2027-01-01', '2027-01-03'].some((d) => isWorkingDay(d, calendar))).toBe(false);
    expect(isWorkingDay('2026-12-28', calendar)).toBe(true);
    expect(isWorkingDay('2027-01-04', calendar)).toBe(true);
  });

  it('reaches from last year to the year after next', () => {
    expect(
      [...calendar.holidays]
        .map((d) => d.slice(0, 4))
        .sort()
        .at(0),
    ).toBe('2025');
    expect(
      [...calendar.holidays]
        .map((d) => d.slice(0, 4))
        .sort()
        .at(-1),
    ).toBe('2028');
  });
});
