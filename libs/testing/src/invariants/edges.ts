// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { emergencyHours, unconfirmedDays } from './law-of-disclosure';
import type { Municipality, Word } from './seen';

const dayMs = 86_400_000;
/** The first moment of the day after. */
const afterDay = (day: string) => Date.parse(`${day}T00:00:00+09:00`) + dayMs;

/** Moments after this one at which, by what was said, something begins or is over; the next one first. */
export function edgesAfter(words: readonly Word[], { grounds }: Municipality, now: Date): readonly number[] {
  const windows = grounds.flatMap((g) => g.windows ?? []).flatMap((w) => [Date.parse(w.from), Date.parse(w.until)]);
  const edges = new Set([...windows, ...words.flatMap(edgesOf)].filter((edge) => edge - 1 > now.getTime()));
  return [...edges].sort((one, other) => one - other);
}

function edgesOf(word: Word): number[] {
  switch (word.word) {
    case 'consent':
      return [
        ...(word.from === undefined ? [] : [Date.parse(`${word.from}T00:00:00+09:00`)]),
        ...(word.asserted ? [word.at.getTime() + unconfirmedDays * dayMs] : []),
        afterDay(word.until),
      ];
    case 'ground':
      return [word.at.getTime() + emergencyHours * 3_600_000];
    case 'ratified':
      return word.approved ? [afterDay(word.until)] : [];
    case 'conference':
      return 'reviewOn' in word ? [afterDay(word.reviewOn)] : [];
    default:
      return [];
  }
}
