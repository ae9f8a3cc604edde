// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { jsonIn } from '@tsunagi/plugin-sdk/http';
import { parse } from 'csv-parse/sync';
import { isUtf8 } from 'node:buffer';
import { eventFields } from './event-body';

/** One row: the body that the webhook would have brought, or why it is none. */
export type DailyRow = { readonly row: number; readonly eventId?: string | undefined } & (
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: string; readonly field?: number | undefined }
);

export type DailyReading =
  | { readonly ok: true; readonly rows: Iterable<DailyRow> }
  | { readonly ok: false; readonly code: 'E-UTF8' | 'E-CSV' };

/** Columns whose cells hold JSON: lists and groups have no other place in a table. */
const json: ReadonlySet<string> = new Set(['household', 'homeReturn', 'concerns', 'consent', 'referTo']);

/**
 * A daily file: UTF-8 with or without BOM, CR LF or LF, quoted or not. The first line names the fields of an event, those
 * of the subject as `subject.name`; a column may be missing. Takes any bytes without throwing.
 */
export function readDailyFile(bytes: Uint8Array): DailyReading {
  if (!isUtf8(bytes)) return { ok: false, code: 'E-UTF8' };
  const table = cellsOf(bytes);
  const [header, ...lines] = table ?? [];
  if (!header || new Set(header).size < header.length) return { ok: false, code: 'E-CSV' };
  // A column for a マイナンバー goes the way of any body with such a field.
  return { ok: true, rows: rowsOf(header, lines) };
}

function cellsOf(bytes: Uint8Array): string[][] | undefined {
  try {
    return parse(Buffer.from(bytes), { bom: true, record_delimiter: ['\r\n', '\n'], skip_empty_lines: true });
  } catch {
    // Its error may quote what stands there.
    return undefined;
  }
}

function* rowsOf(header: readonly string[], lines: readonly string[][]): Generator<DailyRow> {
  const eventIdAt = header.indexOf('eventId');
  for (const [index, cells] of lines.entries()) {
    const row = index + 1;
    const eventId = /^[0-9A-Za-z_.:-]{1,64}$/.exec(cells[eventIdAt] ?? '')?.[0];
    yield { row, ...(eventId !== undefined && { eventId }), ...bodyOf(header, cells) };
  }
}

function bodyOf(header: readonly string[], cells: readonly string[]) {
  const body: Record<string, unknown> = {};
  const subject: Record<string, unknown> = {};
  for (const [column, name] of header.entries()) {
    const cell = cells[column] ?? '';
    // An empty cell says nothing, but a date of birth that is not known has to be said as null.
    if (cell === '' && name !== 'subject.dateOfBirth') continue;
    const value = valueOf(name, cell);
    if (value === undefined) return { ok: false as const, code: 'E-JSON', field: eventFields.indexOf(name) + 1 };
    if (name.startsWith('subject.')) put(subject, name.slice('subject.'.length), value.is);
    else put(body, name, value.is);
  }
  // Of a withdrawn record nobody expects a subject.
  const withdrawn = body['modificationSeg'] === '2';
  return { ok: true as const, body: withdrawn ? body : { ...body, subject } };
}

/** As a member of its own, whatever its name: a column `__proto__` is one of no event, like any other. */
function put(members: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
}

function valueOf(name: string, cell: string): { is: unknown } | undefined {
  if (name === 'subject.dateOfBirth' && cell === '') return { is: null };
  if (name === 'isNotDisclosed') return { is: cell === 'true' ? true : cell === 'false' ? false : cell };
  if (!json.has(name)) return { is: cell };
  const is = jsonIn(cell);
  return is === undefined ? undefined : { is };
}
