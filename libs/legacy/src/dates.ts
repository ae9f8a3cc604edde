// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isRealDate } from '@tsunagi/text';
import { InvalidDateError } from './legacy.errors';

export type ParsedDate =
  | { readonly ok: true; /** `YYYY-MM-DD` */ readonly date: string }
  | { readonly ok: false; readonly code: 'E-DATE' };

/** `YYYYMMDD` as `YYYY-MM-DD`. Only days that exist: `20230229` is E-DATE. */
export function parseYmd(text: string): ParsedDate {
  const [, year, month, day] = /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(text) ?? [];
  if (!isRealDate(Number(year), Number(month), Number(day))) return { ok: false, code: 'E-DATE' };
  return { ok: true, date: `${year}-${month}-${day}` };
}

/**
 * `YYYY-MM-DD` as `YYYYMMDD`.
 * @throws InvalidDateError
 */
export function formatYmd(date: string): string {
  const { year, month, day } = splitIsoDate(date);
  return toDigits(year, 4) + toDigits(month, 2) + toDigits(day, 2);
}

/** @throws InvalidDateError */
export function splitIsoDate(date: string): { year: number; month: number; day: number } {
  const [, year, month, day] = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(date) ?? [];
  const parts = { year: Number(year), month: Number(month), day: Number(day) };
  if (!isRealDate(parts.year, parts.month, parts.day)) throw new InvalidDateError();
  return parts;
}

export function toIsoDate(year: number, month: number, day: number): string {
  return `${toDigits(year, 4)}-${toDigits(month, 2)}-${toDigits(day, 2)}`;
}

export function toDigits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
