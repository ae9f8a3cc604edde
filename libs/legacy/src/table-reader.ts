// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isMyNumberKey } from '@tsunagi/text';
import type { GaijiTable } from './gaiji';
import { type LineEnd, linesOf, startOfText } from './lines';
import { otherEncoding } from './other-encoding';
import { type Encoding, type RawField, splitFields } from './raw-field';

/** How a file of rows without an envelope is written. */
export interface TableOptions {
  readonly encoding: Encoding;
  /** @default 'any' */
  readonly eol?: LineEnd | undefined;
  /** What the first line must say, as it does in files of LIFE. @default no such line */
  readonly kind?: string | undefined;
  /** What the line above the rows must name, in this order. @default no such line */
  readonly names?: readonly string[] | undefined;
  /** @default none: every 外字 is listed without replacement */
  readonly gaiji?: GaijiTable | undefined;
}

export interface TableRow {
  /** From 1. */
  readonly row: number;
  /** The whole line as it came, without its line end. A view on the file: copy it to keep it. */
  readonly bytes: Uint8Array;
  readonly fields: RawField[];
}

export type Table =
  | { readonly ok: true; /** Splits while it goes, and may be gone through again. */ readonly rows: Iterable<TableRow> }
  | {
      readonly ok: false;
      /** E-CSV: the lines above the rows are others. S-MYNUMBER-FIELD: they name a column for a マイナンバー. */
      readonly code: 'E-ENCODING' | 'E-UTF8' | 'E-CSV' | 'S-MYNUMBER-FIELD';
      /** 1-based column at fault, where one is. */
      readonly field: number | null;
    };

/**
 * A file of one row a line, with what stands above them. Empty lines are none. Rows are split and decoded only while going
 * through them, and a bad field spoils its row alone. No value may hold a line end. Never throws.
 */
export function readTable(bytes: Uint8Array, options: TableOptions): Table {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { encoding, eol = 'any', kind, names, gaiji } = options;
  const unreadable = otherEncoding(file, encoding);
  if (unreadable !== null) return refusal(unreadable);
  const reading = { encoding, gaiji, apostrophe: true };
  const lines = () => filled(linesOf(file, eol, startOfText(file, encoding)));
  const above = lines();
  const heading = () => splitFields(above.next().value ?? Buffer.alloc(0), reading).map(({ text }) => text.trim());
  if (kind !== undefined) {
    const [said, ...more] = heading();
    // Other programs fill up the first line with commas.
    if (said !== kind || more.some((text) => text !== '')) return refusal('E-CSV');
  }
  if (names !== undefined) {
    const found = heading();
    const forbidden = found.findIndex(isMyNumberKey);
    if (forbidden !== -1) return refusal('S-MYNUMBER-FIELD', forbidden + 1);
    const other = Array.from({ length: Math.max(found.length, names.length) }).findIndex(
      (_, at) => found[at] !== names[at],
    );
    if (other !== -1) return refusal('E-CSV', other + 1);
  }
  const skipped = (kind === undefined ? 0 : 1) + (names === undefined ? 0 : 1);
  return {
    ok: true,
    rows: {
      *[Symbol.iterator]() {
        let row = -skipped;
        for (const line of lines()) {
          row += 1;
          if (row > 0) yield { row, bytes: line, fields: splitFields(line, reading) };
        }
      },
    },
  };
}

function* filled(lines: Iterable<Buffer>): Generator<Buffer, undefined> {
  for (const line of lines) if (line.length > 0) yield line;
}

function refusal(code: Extract<Table, { ok: false }>['code'], field: number | null = null): Table {
  return { ok: false, code, field };
}
