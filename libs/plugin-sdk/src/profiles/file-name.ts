// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { parseYmd } from '@tsunagi/legacy';

/** What the name of a file says. */
export interface SaidByName {
  readonly serial?: number;
  /** `YYYYMMDD`, of a day that exists. */
  readonly madeOn?: string;
}

/** `IDO{serial}_{date}.CSV` as a pattern for names, whatever their case. Each sign stands in it once at most. */
export function namePattern(fileName: string): RegExp {
  const literal = fileName.replace(/[.+?^$()|[\]\\]/g, '\\$&');
  const pattern = literal
    .replace('{serial}', '(?<serial>[0-9]{1,9})')
    .replace('{date}', '(?<date>[0-9]{8})')
    .replace('*', '[^/\\\\]*');
  return new RegExp(`^${pattern}$`, 'i');
}

export function saidByName(pattern: RegExp, name: string): SaidByName {
  const { serial, date = '' } = pattern.exec(name)?.groups ?? {};
  return { ...(serial !== undefined && { serial: Number(serial) }), ...(parseYmd(date).ok && { madeOn: date }) };
}

/** What every name of this kind begins with: two kinds are told apart by it. */
export function beginningOf(fileName: string): string {
  return (/^[^{*]*/.exec(fileName)?.[0] ?? '').toUpperCase();
}
