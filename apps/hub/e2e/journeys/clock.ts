// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, isWorkingDay, japaneseDay } from '@tsunagi/domain';
import type { People } from './people';
import { municipalCalendar } from '../../src/platform/calendar';

/**
 * The town is one for training: whoever runs it puts its clock forward, over HTTP as `tsunagi sandbox clock` does, and
 * every story goes on from where the one before has left it. The systems of the departments keep the real time.
 */
export async function nowOf({ it_ }: Pick<People, 'it_'>): Promise<Date> {
  return new Date((await it_('GET', '/clock')).body.now);
}

export const todayOf = async (people: Pick<People, 'it_'>): Promise<string> => japaneseDay(await nowOf(people));

export async function jumpTo({ it_ }: Pick<People, 'it_'>, day: string, time = '09:00'): Promise<Date> {
  const { status, body } = await it_('POST', '/clock', { jumpTo: `${day}T${time}:00+09:00` });
  expect({ status, code: body.code }).toEqual({ status: 200 });
  return new Date(body.now);
}

export const isOpen = (day: string): boolean => isWorkingDay(day, municipalCalendar(new Date(`${day}T00:00:00+09:00`)));

/** The first day from this one on of which it is true. */
export function firstFrom(day: string, isIt: (day: string) => boolean): string {
  let at = day;
  while (!isIt(at)) at = addDays(at, 1);
  return at;
}

export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
