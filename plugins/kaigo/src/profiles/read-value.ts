// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  day,
  ERA_DIGITS,
  ERA_LETTERS,
  type EraOptions,
  type EraTable,
  type ParsedEraDate,
  parseEraText,
  parseGyymmdd,
  parseYmd,
} from '@tsunagi/plugin-sdk';
import type { ReadValue } from '@tsunagi/plugin-sdk/records';
import type { dateFormats } from './profile.schema';

type DateFormat = (typeof dateFormats)[number];
type Read = (text: string) => ReadValue;

/** A day as `YYYYMMDD`. */
export function readDay(format: DateFormat, eras: EraTable | undefined, { overrun }: EraOptions): Read {
  const parse = (text: string): ParsedEraDate | ReturnType<typeof parseYmd> => {
    switch (format) {
      case 'yyyymmdd':
        return parseYmd(text);
      case 'yyyy-mm-dd':
        return parseYmd(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? text.replaceAll('-', '') : '');
      case 'yyyy/mm/dd':
        return parseYmd(/^[0-9]{4}\/[0-9]{2}\/[0-9]{2}$/.test(text) ? text.replaceAll('/', '') : '');
      case 'gyymmdd':
        return parseGyymmdd(text, eras ?? ERA_DIGITS, { overrun });
      case 'gyy.mm.dd':
        return parseEraText(text, eras ?? ERA_LETTERS, { overrun });
    }
  };
  return (text) => {
    const parsed = parse(text);
    if (!parsed.ok) {
      const suggestion = parsed.code === 'E-ERA' ? parsed.suggestion : null;
      return { code: parsed.code, ...(suggestion !== null && { suggestion }) };
    }
    if (!day.safeParse(parsed.date).success) return { code: 'E-DATE' };
    return { value: parsed.date.replaceAll('-', ''), ...('warning' in parsed && { warning: parsed.warning }) };
  };
}
