// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { addDays, japaneseDay } from '../calendar/business-calendar';

/** What is counted of a day: records and answers that came from a legacy system, referrals and statuses brought to it. */
export const CountedThing = z.enum(['events', 'answers', 'referrals', 'statuses']);
export type CountedThing = z.infer<typeof CountedThing>;

/** One number that a legacy system tells of a day, beside what the hub can say of the same. */
export interface CountPair {
  readonly what: CountedThing;
  /** The file it is about, where there is one. */
  readonly file?: string | undefined;
  /** Undefined: the system cannot be asked. */
  readonly system: number | undefined;
  /**
   * Midnight falls between a record and the word of it, and a row that waits does not tell its own time: of such the hub
   * knows no more than that they may be of this day.
   */
  readonly hub: { readonly fewest: number; readonly most: number };
}

/** A pair that does not differ, does, or is none, because the system gives no count. */
export const CountVerdict = z.enum(['agrees', 'differs', 'not_countable']);
export type CountVerdict = z.infer<typeof CountVerdict>;

export function countVerdict({ system, hub }: Pick<CountPair, 'system' | 'hub'>): CountVerdict {
  if (system === undefined) return 'not_countable';
  return system < hub.fewest || system > hub.most ? 'differs' : 'agrees';
}

/** All numbers of one thing together. */
export interface DayCount {
  readonly what: CountedThing;
  readonly verdict: CountVerdict;
  /** Absent where the system gives no count. */
  readonly system?: number;
  readonly hub?: { readonly fewest: number; readonly most: number };
  /** Files that differ, each for itself: what one has too many does not make up for what another lacks. */
  readonly files?: readonly { readonly file: string; readonly system: number; readonly hub: number }[];
}

/** More files than these help nobody to find out why. */
const shownFiles = 20;

/** Beside each other what is of one kind. What differs in one file differs, whatever the sums say. */
export function countsOfDay(pairs: readonly CountPair[]): DayCount[] {
  return CountedThing.options.flatMap((what): DayCount[] => {
    const all = pairs.filter((pair) => pair.what === what);
    if (all.length === 0) return [];
    const counted = all.flatMap(({ system, ...pair }) => (system === undefined ? [] : [{ ...pair, system }]));
    if (counted.length === 0) return [{ what, verdict: 'not_countable' }];
    const differing = counted.filter((pair) => countVerdict(pair) === 'differs');
    const files = differing.flatMap(({ file, system, hub }) =>
      file === undefined ? [] : [{ file, system, hub: hub.most }],
    );
    const sum = (of: (pair: (typeof counted)[number]) => number) => counted.reduce((n, pair) => n + of(pair), 0);
    return [
      {
        what,
        verdict: differing.length > 0 ? 'differs' : 'agrees',
        system: sum(({ system }) => system),
        hub: { fewest: sum(({ hub }) => hub.fewest), most: sum(({ hub }) => hub.most) },
        ...(files.length > 0 && { files: files.slice(0, shownFiles) }),
      },
    ];
  });
}

/** What is known of a day's difference. */
export interface DayStanding {
  /** Since when it differs; undefined: it does not, as far as is known. */
  readonly differsSince: Date | undefined;
  /** A person is told. */
  readonly told: boolean;
  /** When the day is counted again; undefined: it is settled. */
  readonly nextAt: Date | undefined;
}

const minuteMs = 60_000;
/** Something may have been under way: before anybody is told it is counted once more. */
const sureAfterMs = 10 * minuteMs;
export const countAgainMs = 60 * minuteMs;
/** So long a day is counted again that differs: what was mended later than that a person knows of. */
const countedForMs = 31 * 86_400_000;

/** How a day stands after a count. The same difference keeps its beginning, so that nobody is told twice; a later count that agrees ends it. */
export function standingAfter(before: DayStanding, differs: boolean, now: Date): DayStanding {
  if (!differs) return { differsSince: undefined, told: false, nextAt: undefined };
  const { differsSince } = before;
  if (!differsSince) return { differsSince: now, told: false, nextAt: new Date(now.getTime() + sureAfterMs) };
  const again = new Date(now.getTime() + countAgainMs);
  const isOver = now.getTime() - differsSince.getTime() > countedForMs;
  return { differsSince, told: true, nextAt: isOver ? undefined : again };
}

/** A hub that was away for longer makes up for no more days than these. */
const madeUpFor = 7;

/** Days that are over and whose time to be counted has come, the earliest first. The day of enabling is the first that counts. */
export function daysToCount(
  {
    countAt,
    enabledAt,
    lastDay,
  }: {
    /** Time of day in Japan, `HH:MM`, on the day after. */
    readonly countAt: string;
    readonly enabledAt: Date | undefined;
    /** The last one that was asked for. */
    readonly lastDay: string | undefined;
  },
  now: Date,
): string[] {
  if (!enabledAt) return [];
  const today = japaneseDay(now);
  const isTime = new Date(`${today}T${countAt}:00+09:00`) <= now;
  const last = addDays(today, isTime ? -1 : -2);
  const first = [japaneseDay(enabledAt), addDays(last, 1 - madeUpFor), ...(lastDay ? [addDays(lastDay, 1)] : [])]
    .sort()
    .at(-1) as string;
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
