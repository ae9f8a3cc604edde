// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932 } from '@tsunagi/legacy';

/** A text as the files of a 介護 system hold it; what CP932 has no character for is a mistake of the journey. */
export const cp932 = (text: string): Buffer => Buffer.from(encodeCp932(text, 'expected'));

const inJapan = (offsetDays: number) => new Date(Date.now() + 9 * 3_600_000 + offsetDays * 86_400_000).toISOString();

/** Today in Japan or a day beside it, `YYYY-MM-DD`. */
export const isoDay = (offsetDays = 0): string => inJapan(offsetDays).slice(0, 10);

/** The same as files write it, `YYYYMMDD`. */
export const ymd = (offsetDays = 0): string => isoDay(offsetDays).replaceAll('-', '');

/** The time of day in Japan, `HHMMSS`. */
export const hms = (): string => inJapan(0).slice(11, 19).replaceAll(':', '');

/** Today as a form of 令和 writes it, such as `R08.11.28`. */
export const reiwaDay = (): string => {
  const [year = '', month, day] = isoDay().split('-');
  return `R${String(Number(year) - 2018).padStart(2, '0')}.${month}.${day}`;
};

/** A moment on the clock of Japan, `YYYY-MM-DD HH:MM:SS.mmm`. */
export const wallClock = (at: string): string =>
  new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ');
