// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

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
