// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932, type RawField, splitFields } from '@tsunagi/plugin-sdk';

/** The records of a file, or why the file is refused as a whole. */
export type RecordFile =
  | { readonly ok: true; readonly records: readonly RawField[][] }
  | { readonly ok: false; readonly code: string };

/**
 * CP932, CR LF. First line: kind and number of records (`HOG,2`), so that a file that was cut during copying is found.
 * Never throws: any bytes may come.
 */
export function readRecordFile(bytes: Uint8Array, kind: string): RecordFile {
  // A line end is never the second half of a character.
  const [head = '', ...lines] = Buffer.from(bytes)
    .toString('latin1')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  const [found, count] = head.split(',');
  if (found !== kind) return { ok: false, code: 'E-KIND' };
  if (count !== String(lines.length)) return { ok: false, code: 'E-COUNT' };
  return { ok: true, records: lines.map((line) => splitFields(Buffer.from(line, 'latin1'))) };
}

/** The values hold no comma and no quote: 漢字 fields are full-width, all others codes and kana. */
export function writeRecordFile(kind: string, records: readonly (readonly string[])[]): Uint8Array {
  const lines = [[kind, String(records.length)], ...records].map((values) => `${values.join(',')}\r\n`);
  return Buffer.concat(lines.map((line, row) => encodeCp932(line, `row ${row}`)));
}
