// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import {
  addDays,
  addWorkingDays,
  isWorkingDay,
  japaneseDay,
  startOf,
  workingDayFrom,
  workingDaysUntil,
} from './business-calendar';
import { calendarOf, FunctionCalendar } from './function-calendar';
import { propertyRuns } from '../../test/property-runs';

/** 2026: 敬老の日 on 21 September, 国民の休日 on the 22nd, 秋分の日 on the 23rd. */
const silverWeek = { holidays: new Set(['2026-09-21', '2026-09-22', '2026-09-23']) };

const anyDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const anyCalendar = fc.tuple(anyDay, fc.array(fc.nat({ max: 40 }), { maxLength: 12 })).chain(([start, offsets]) =>
  fc.option(fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1 }), { nil: undefined }).map((weekdays) => ({
    start,
    calendar: {
      holidays: new Set(offsets.map((o) => addDays(start, o))),
      ...(weekdays && { weekdays: new Set(weekdays) }),
    },
  })),
);
const aCount = fc.nat({ max: 30 });
const runs = { numRuns: propertyRuns };

describe('working days', () => {
  it('are the days that are neither weekend nor a day off', () => {
    expect(isWorkingDay('2026-11-20', silverWeek)).toBe(true);
    expect(isWorkingDay('2026-11-21', silverWeek)).toBe(false);
    expect(isWorkingDay('2026-11-22', silverWeek)).toBe(false);
    expect(isWorkingDay('2026-09-21', silverWeek)).toBe(false);
  });

  it('S10: five of them, with 敬老の日 in between, are more than a week', () => {
    expect(addWorkingDays('2026-09-17', 5, silverWeek)).toBe('2026-09-29');
    expect(addWorkingDays('2026-09-17', 5, { holidays: new Set<string>() })).toBe('2026-09-24');
  });

  it('do not count the day itself', () => {
    expect(addWorkingDays('2026-11-20', 1, silverWeek)).toBe('2026-11-23');
    expect(addWorkingDays('2026-11-20', 0, silverWeek)).toBe('2026-11-20');
  });

  it('never end on a day off', () => {
    fc.assert(
      fc.property(anyCalendar, fc.integer({ min: 1, max: 30 }), ({ start, calendar }, count) => {
        expect(isWorkingDay(addWorkingDays(start, count, calendar), calendar)).toBe(true);
      }),
      runs,
    );
  });

  it('are additive: three and then four come to seven', () => {
    fc.assert(
      fc.property(anyCalendar, aCount, aCount, ({ start, calendar }, a, b) => {
        expect(addWorkingDays(addWorkingDays(start, a, calendar), b, calendar)).toBe(
          addWorkingDays(start, a + b, calendar),
        );
      }),
      runs,
    );
  });

  it('are as many as were asked for', () => {
    fc.assert(
      fc.property(anyCalendar, aCount, ({ start, calendar }, count) => {
        const end = addWorkingDays(start, count, calendar);
        let working = 0;
        for (let d = start; d < end;) {
          d = addDays(d, 1);
          if (isWorkingDay(d, calendar)) working++;
        }
        expect(working).toBe(count);
      }),
      runs,
    );
  });
});

describe('working days between two days', () => {
  it('are as many as one must add to the first to come to the second', () => {
    fc.assert(
      fc.property(anyCalendar, aCount, ({ start, calendar }, count) => {
        expect(workingDaysUntil(start, addWorkingDays(start, count, calendar), calendar)).toBe(count);
      }),
      runs,
    );
  });

  it('are none when they are one, and as many less than none when the second is earlier', () => {
    expect(workingDaysUntil('2026-11-20', '2026-11-20', silverWeek)).toBe(0);
    expect(workingDaysUntil('2026-11-20', '2026-11-10', silverWeek)).toBe(-8);
    expect(workingDaysUntil('2026-11-22', '2026-11-20', silverWeek)).toBe(0);
  });
});

describe('the working day so many days from another', () => {
  it('is that day or, where nobody is there, the next one', () => {
    expect(workingDayFrom('2026-11-20', 0, silverWeek)).toBe('2026-11-20');
    expect(workingDayFrom('2026-09-19', 0, silverWeek)).toBe('2026-09-24');
  });

  it('is a working day, and keeps what is left or late until it, on whatever day one looks', () => {
    fc.assert(
      fc.property(anyCalendar, fc.integer({ min: -30, max: 30 }), ({ start, calendar }, count) => {
        const day = workingDayFrom(start, count, calendar);
        expect(isWorkingDay(day, calendar)).toBe(true);
        // On a day off, what is due 「today」 is due on the next day on which somebody is there.
        const rolled = count === 0 && !isWorkingDay(start, calendar) ? 1 : count;
        expect(workingDaysUntil(start, day, calendar)).toBe(rolled);
      }),
      runs,
    );
  });
});

describe('the calendar of one function', () => {
  const municipal = { holidays: new Set(['2026-09-21']) };
  const of = (own: object) => calendarOf(FunctionCalendar.parse(own), municipal);

  it('is that of the municipality when it says nothing of its own', () => {
    expect(addWorkingDays('2026-09-18', 1, of({}))).toBe('2026-09-22');
  });

  it('counts the days of the week on which it is open', () => {
    const weekend = of({ weekdays: [0, 6] });
    expect(isWorkingDay('2026-09-19', weekend)).toBe(true);
    expect(isWorkingDay('2026-09-18', weekend)).toBe(false);
  });

  it('leaves out days off of its town and its own', () => {
    const own = of({ holidays: ['2026-09-22'], closed: ['2026-09-24'] });
    expect(addWorkingDays('2026-09-18', 1, own)).toBe('2026-09-23');
    expect(addWorkingDays('2026-09-18', 2, own)).toBe('2026-09-25');
  });

  it('is refused without a single day of the week: nothing would ever be due', () => {
    expect(FunctionCalendar.safeParse({ weekdays: [] }).success).toBe(false);
  });
});

describe('the day in Japan', () => {
  it('begins where it says', () => {
    expect(startOf('2026-11-21')).toEqual(new Date('2026-11-20T15:00:00Z'));
    expect(japaneseDay(startOf('2026-11-21'))).toBe('2026-11-21');
  });

  it('begins at 15:00 UTC', () => {
    expect(japaneseDay(new Date('2026-11-20T14:59:59.999Z'))).toBe('2026-11-20');
    expect(japaneseDay(new Date('2026-11-20T15:00:00Z'))).toBe('2026-11-21');
  });

  it('goes on over the ends of months and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-11-20', -14)).toBe('2026-11-06');
  });
});
