// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { inBlocks } from './blocks';
import { encodeCp932 } from './cp932';
import { findControlFault, fromControl, type EnvelopeControl } from './envelope-control';
import { ControlRecordError, ForbiddenCharacterError } from './legacy.errors';
import { isWritableText } from './raw-field';

/** What a 介護 file is written from. */
export interface EnvelopeContent<Row> {
  readonly control: Omit<EnvelopeControl, 'recordCount'>;
  readonly rows: Iterable<Row> & { readonly length: number };
  /** The values behind kind and number; empty for none. */
  readonly valuesOf: (row: Row) => readonly string[];
}

/**
 * A 介護 file in CP932 with CR LF. Numbers its records and counts them itself; quotes a value that has half-width kana,
 * 2-byte characters, a space, a comma or a quote, and no other.
 * @throws ControlRecordError, UnencodableError or ForbiddenCharacterError, the latter two with row and field.
 */
export function writeEnvelope(file: Omit<EnvelopeContent<readonly string[]>, 'valuesOf'>): Uint8Array {
  return Buffer.concat([...envelopeBlocks({ ...file, valuesOf: (row) => row })]);
}

/** The same in blocks, each made when it is asked for, as is what it throws. */
export function envelopeBlocks<Row>(file: EnvelopeContent<Row>): Iterable<Uint8Array> {
  return inBlocks(linesOf(file));
}

function* linesOf<Row>({ rows, valuesOf, ...file }: EnvelopeContent<Row>): Generator<Uint8Array> {
  const control = fromControl({ ...file.control, recordCount: rows.length });
  const fault = findControlFault(control);
  if (fault !== null) throw new ControlRecordError(fault);
  yield Buffer.from(`${control.join(',')}\r\n`);
  let number = 0;
  for (const row of rows) yield encodeRow(valuesOf(row), ++number);
  yield Buffer.from(`3,${rows.length + 2}\r\n`);
}

function encodeRow(values: readonly string[], row: number): Uint8Array {
  const cells = values.map((value, index) => {
    if (!isWritableText(value)) throw new ForbiddenCharacterError(fieldName(row, index));
    return quoteIfNeeded(value);
  });
  try {
    return encodeCp932(`${['2', row + 1, ...cells].join(',')}\r\n`, `row ${row}`);
  } catch (error) {
    // Only now it matters which field it was.
    values.forEach((value, index) => encodeCp932(value, fieldName(row, index)));
    throw error;
  }
}

function quoteIfNeeded(value: string): string {
  return /^[\x21\x23-\x2b\x2d-\x7e]*$/.test(value) ? value : `"${value.replaceAll('"', '""')}"`;
}

function fieldName(row: number, index: number): string {
  return `row ${row} field ${index + 1}`;
}
