// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addDays, isWorkingDay, japaneseDay } from '@tsunagi/domain';
import type { People } from './people';
import { municipalCalendar } from '../../src/platform/calendar';

const tsunagi = join(__dirname, '../../../cli/bin/tsunagi.js');

/**
 * The town is one for training: whoever runs it puts its clock forward, over HTTP or at a terminal, and every story goes
 * on from where the one before has left it. The systems of the departments keep the real time.
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

/** The same at a terminal: the first moment of that day. */
export async function jumpByCommand({ town }: Pick<People, 'town'>, day: string): Promise<void> {
  const command = [tsunagi, 'sandbox', 'clock', 'jump', day, '--json'];
  const env = { PATH: process.env['PATH'], TSUNAGI_DATA_DIR: town.dataDir };
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: town.dataDir, env });
  expect(japaneseDay(new Date(JSON.parse(stdout).now))).toBe(day);
}

export const isOpen = (day: string): boolean => isWorkingDay(day, municipalCalendar(new Date(`${day}T00:00:00+09:00`)));

/** The first day from this one on of which it is true. */
export function firstFrom(day: string, isIt: (day: string) => boolean): string {
  let at = day;
  while (!isIt(at)) at = addDays(at, 1);
  return at;
}

export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
