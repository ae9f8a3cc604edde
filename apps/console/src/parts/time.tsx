// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useLanguage, type Language } from '../texts';

const zone = 'Asia/Tokyo';
const locale = { ja: 'ja-JP', en: 'en-GB' } as const;

/**
 * 11月29日(日) 21:40; with the year when it is another one, or on what is kept. Always the time of Japan, whatever the machine
 * says.
 */
export function momentText(moment: string, language: Language, withYear = false): string {
  const at = new Date(moment);
  const now = new Date();
  const year = (date: Date) => new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' }).format(date);
  return new Intl.DateTimeFormat(locale[language], {
    timeZone: zone,
    ...((withYear || year(at) !== year(now)) && { year: 'numeric' }),
    month: language === 'ja' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at);
}

/** 2026年11月29日(日) */
export function dayText(day: string, language: Language): string {
  return new Intl.DateTimeFormat(locale[language], {
    timeZone: 'UTC',
    year: 'numeric',
    month: language === 'ja' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(new Date(`${day}T00:00:00Z`));
}

export function Moment({ at }: { readonly at: string }) {
  const { language } = useLanguage();
  return <time dateTime={at}>{momentText(at, language)}</time>;
}

export function Day({ on }: { readonly on: string }) {
  const { language } = useLanguage();
  return <time dateTime={on}>{dayText(on, language)}</time>;
}
