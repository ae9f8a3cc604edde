// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CsvEncoding } from '@tsunagi/contracts';
import { DomainError } from '@tsunagi/domain';
import { cp932WithLoss } from './cp932';

/** These bytes are no CSV in UTF-8 or CP932. */
export class CsvUnreadableError extends DomainError {
  override readonly code = 'CSV_UNREADABLE';

  constructor() {
    super('the bytes are no CSV in UTF-8 or CP932');
  }
}

/** Spreadsheets in Japan write UTF-8 with BOM, or CP932 (the label `shift_jis` means CP932 in the Encoding Standard). */
export function csvText(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  throw new CsvUnreadableError();
}

/** RFC 4180. Lines without any cell are left out. @throws {CsvUnreadableError} when a quote is never closed */
export function readCsv(text: string): string[][] {
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  const rows: string[][] = [];
  let row: string[] = [];
  while (cells.lastIndex < text.length || row.length > 0) {
    const found = cells.exec(text);
    if (!found) throw new CsvUnreadableError();
    const [, quoted, plain = '', end] = found;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    if (end === '') break;
  }
  return rows;
}

/** UTF-8 with BOM, so that a spreadsheet reads it as what it is. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;

const cell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** A text, or a number of ours, which is no formula whatever it begins with. */
export type CsvCell = string | number | undefined;

export interface CsvFile {
  readonly bytes: Buffer;
  /** Its type, with the charset. */
  readonly type: string;
  /** Characters that the encoding cannot hold. */
  readonly lost: number;
}

/** For a spreadsheet: no text of it is a formula, and what CP932 cannot hold is counted, and said in a row after the last. */
export function csvFile(rows: readonly (readonly CsvCell[])[], encoding: CsvEncoding): CsvFile {
  const text = (...notes: readonly string[]) =>
    writeCsv([...rows, ...notes.map((note) => [note])].map((row) => row.map(harmless)));
  if (encoding === 'utf-8-bom') return { bytes: Buffer.from(text(), 'utf8'), type: 'text/csv; charset=utf-8', lost: 0 };
  const type = 'text/csv; charset=shift_jis';
  const { bytes, lost } = cp932WithLoss(withoutBom(text()));
  if (lost === 0) return { bytes, type, lost };
  const said = text(`# CP932 で書けない文字 ${lost} 字を「〓」にしました。`);
  return { bytes: cp932WithLoss(withoutBom(said)).bytes, type, lost };
}

const withoutBom = (text: string) => text.replace(/^\ufeff/, '');

/** A spreadsheet would take such a text for a formula. */
function harmless(value: CsvCell): string {
  if (typeof value === 'number') return String(value);
  return value !== undefined && /^[=+\-@\t\r]/.test(value) ? `'${value}` : (value ?? '');
}
