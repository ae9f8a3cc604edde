// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { countsOfDay, countVerdict, daysToCount, standingAfter, type CountPair, type DayStanding } from './day-count';

const at = (dayAndTime: string) => new Date(`2026-11-${dayAndTime.replace(' ', 'T')}:00+09:00`);
const exactly = (n: number) => ({ fewest: n, most: n });

describe('a number of the legacy system beside the hub’s', () => {
  it.each([
    [2, exactly(3), 'differs'],
    [4, exactly(3), 'differs'],
    [3, exactly(3), 'agrees'],
    [0, exactly(0), 'agrees'],
    [1, { fewest: 2, most: 4 }, 'differs'],
    [5, { fewest: 2, most: 4 }, 'differs'],
    [2, { fewest: 2, most: 4 }, 'agrees'],
    [4, { fewest: 2, most: 4 }, 'agrees'],
    [undefined, exactly(3), 'not_countable'],
  ] as const)('%s beside %j %s', (system, hub, verdict) => {
    expect(countVerdict({ system, hub })).toBe(verdict);
  });
});

describe('the counts of a day', () => {
  const pair = (over: Partial<CountPair>): CountPair => ({ what: 'events', system: 0, hub: exactly(0), ...over });

  it('say of each thing what it comes to', () => {
    expect(
      countsOfDay([
        pair({ what: 'statuses', system: 2, hub: exactly(3) }),
        pair({ file: 'a', system: 2, hub: exactly(2) }),
        pair({ file: 'b', system: 5, hub: exactly(5) }),
      ]),
    ).toEqual([
      { what: 'events', verdict: 'agrees', system: 7, hub: exactly(7) },
      { what: 'statuses', verdict: 'differs', system: 2, hub: exactly(3) },
    ]);
  });

  it('differ where one file has too many and another too few, though the sums agree', () => {
    expect(
      countsOfDay([
        pair({ file: 'a', system: 3, hub: exactly(2) }),
        pair({ file: 'b', system: 2, hub: exactly(3) }),
        pair({ file: 'c', system: 4, hub: exactly(4) }),
      ]),
    ).toEqual([
      {
        ...{ what: 'events', verdict: 'differs', system: 9, hub: exactly(9) },
        files: [
          { file: 'a', system: 3, hub: 2 },
          { file: 'b', system: 2, hub: 3 },
        ],
      },
    ]);
  });

  it('make up no number where the system gives none, and leave it out where it gives some', () => {
    expect(countsOfDay([pair({ what: 'answers', system: undefined, hub: exactly(4) })])).toEqual([
      { what: 'answers', verdict: 'not_countable' },
    ]);
    expect(countsOfDay([pair({ system: undefined, hub: exactly(4) }), pair({ system: 1, hub: exactly(1) })])).toEqual([
      { what: 'events', verdict: 'agrees', system: 1, hub: exactly(1) },
    ]);
    expect(countsOfDay([])).toEqual([]);
  });
});

describe('a day that differs', () => {
  const unknown: DayStanding = { differsSince: undefined, told: false, nextAt: undefined };
  const once = standingAfter(unknown, true, at('21 01:00'));

  it('is told to nobody before it was counted a second time', () => {
    expect(once).toEqual({ differsSince: at('21 01:00'), told: false, nextAt: at('21 01:10') });
    expect(standingAfter(once, true, at('21 01:10'))).toMatchObject({ told: true, nextAt: at('21 02:10') });
  });

  it('is one difference from its beginning, however often it is found', () => {
    const twice = standingAfter(once, true, at('21 01:10'));
    expect(standingAfter(twice, true, at('21 02:10')).differsSince).toEqual(at('21 01:00'));
  });

  it('is settled by a later count that agrees', () => {
    const twice = standingAfter(once, true, at('21 01:10'));
    expect(standingAfter(twice, false, at('21 02:10'))).toEqual(unknown);
    expect(standingAfter(once, false, at('21 01:10'))).toEqual(unknown);
  });

  it('is counted again for a month and no longer, and stays told', () => {
    const told: DayStanding = { differsSince: at('21 01:00'), told: true, nextAt: undefined };
    const later = (days: number) => new Date(at('21 01:01').getTime() + days * 86_400_000);
    expect(standingAfter(told, true, later(30)).nextAt).toBeDefined();
    expect(standingAfter(told, true, later(31))).toEqual(told);
  });
});

describe('the day before', () => {
  const due = (now: string, known: { enabled?: string; last?: string }) =>
    daysToCount({ countAt: '01:00', enabledAt: at(known.enabled ?? '01 09:00'), lastDay: known.last }, at(now));

  it('is counted from the minute on that is set', () => {
    expect(due('21 00:59', { last: '2026-11-19' })).toEqual([]);
    expect(due('21 01:00', { last: '2026-11-19' })).toEqual(['2026-11-20']);
  });

  it('is asked for once', () => {
    expect(due('21 23:00', { last: '2026-11-20' })).toEqual([]);
  });

  it('is made up for when the hub was away, up to a week', () => {
    expect(due('21 08:00', { last: '2026-11-17' })).toEqual(['2026-11-18', '2026-11-19', '2026-11-20']);
    expect(due('30 08:00', { last: '2026-11-01' })).toHaveLength(7);
  });

  it('counts only since the plugin works', () => {
    expect(due('21 08:00', { enabled: '21 07:00' })).toEqual([]);
    expect(due('21 08:00', { enabled: '20 17:00' })).toEqual(['2026-11-20']);
    expect(daysToCount({ countAt: '01:00', enabledAt: undefined, lastDay: undefined }, at('21 08:00'))).toEqual([]);
  });
});
