// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { findControlFault, toControl, type EnvelopeControl } from './envelope-control';
import type { GaijiTable } from './gaiji';
import { type LineEnd, linesOf, startOfText } from './lines';
import { otherEncoding } from './other-encoding';
import { type Encoding, splitFields, type FieldReading, type RawField } from './raw-field';

/**
 * Why a file is refused as a whole.
 * E-ENCODING: UTF-8, UTF-16 or no text at all · E-UTF8: the same of a file that is to be UTF-8 · E-CONTROL: the control record · E-NO-END: the last record is no end
 * record, as in a file cut during copying · E-SEQ: a record is missing, doubled or of no known kind · E-COUNT: the control
 * record counts other than there are.
 */
export type EnvelopeErrorCode = 'E-ENCODING' | 'E-UTF8' | 'E-CONTROL' | 'E-NO-END' | 'E-SEQ' | 'E-COUNT';

export interface EnvelopeRow {
  /** Data row, from 1. */
  readonly row: number;
  /** レコード番号 in the file: one more, as the control record has 1. */
  readonly recordNumber: number;
  /** The whole line as it came, without its line end. A view on the file: copy it to keep it. */
  readonly bytes: Uint8Array;
  /** What follows kind and number. Not counted against any layout. */
  readonly fields: RawField[];
}

export type Envelope =
  | {
      readonly ok: true;
      readonly control: EnvelopeControl;
      /** Splits while it goes, and may be gone through again. */
      readonly rows: Iterable<EnvelopeRow>;
    }
  | {
      readonly ok: false;
      readonly code: EnvelopeErrorCode;
      /** 1-based record and value at fault, where one is. */
      readonly record: number | null;
      readonly field: number | null;
    };

export interface EnvelopeOptions {
  /** データ種別 that the control record must have. */
  readonly dataKind: string;
  /** @default none: every 外字 is listed without replacement */
  readonly gaiji?: GaijiTable | undefined;
  /** @default 'cp932' */
  readonly encoding?: Encoding | undefined;
  /** @default 'lf': CR LF and LF */
  readonly eol?: LineEnd | undefined;
}

/**
 * A 介護 file: one control record, data records, one end record, numbered 1 to n + 2. The frame is checked
 * first and cheaply; rows are split and decoded only while going through them, and a bad field spoils its row alone.
 * Takes its last line with or without an end, and a final 0x1A. No value may hold a line end. Never throws.
 */
export function readEnvelope(bytes: Uint8Array, options: EnvelopeOptions): Envelope {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { encoding = 'cp932', eol = 'lf', gaiji } = options;
  const unreadable = otherEncoding(file, encoding);
  if (unreadable !== null) return refusal(unreadable);

  const start = startOfText(file, encoding);
  const lines = linesOf(file, eol, start);
  const first = lines.next().value ?? Buffer.alloc(0);
  const values = splitFields(first).map((field) => field.text);
  const fault = findControlFault(values);
  if (fault !== null) return refusal('E-CONTROL', 1, fault);
  const control = toControl(values);
  if (control.dataKind !== options.dataKind) return refusal('E-CONTROL', 1, 5);

  let record = 1;
  let ended = false;
  let outOfOrder: number | null = null;
  for (const line of lines) {
    record += 1;
    const head = readHead(line);
    if (ended || head?.number !== record) outOfOrder ??= record;
    ended = head?.kind === END;
  }
  if (!ended) return refusal('E-NO-END');
  if (outOfOrder !== null) return refusal('E-SEQ', outOfOrder);
  if (control.recordCount !== record - 2) return refusal('E-COUNT', 1, 4);
  const again = () => rowsOf(linesOf(file, eol, start), record - 2, { gaiji, encoding });
  return { ok: true, control, rows: { [Symbol.iterator]: again } };
}

function refusal(code: EnvelopeErrorCode, record: number | null = null, field: number | null = null): Envelope {
  return { ok: false, code, record, field };
}

function* rowsOf(lines: Iterable<Buffer>, count: number, reading: FieldReading): Generator<EnvelopeRow> {
  let row = 0;
  for (const line of lines) {
    if (row > count) return;
    if (row > 0) yield { row, recordNumber: row + 1, bytes: line, fields: fieldsAfterHead(line, reading) };
    row += 1;
  }
}

function fieldsAfterHead(line: Buffer, reading: FieldReading): RawField[] {
  const head = readHead(line);
  return head === null || head.length === line.length ? [] : splitFields(line.subarray(head.length + 1), reading);
}

const DATA = 0x32;
const END = 0x33;
const COMMA = 0x2c;

interface RecordHead {
  readonly kind: number;
  readonly number: number;
  /** Bytes of kind, comma and number. */
  readonly length: number;
}

/** `2,15` at the start of a line, or `3,16` as the whole of it; numbers have up to 9 digits. */
function readHead(line: Buffer): RecordHead | null {
  const kind = line[0];
  if ((kind !== DATA && kind !== END) || line[1] !== COMMA) return null;
  let number = 0;
  let length = 2;
  for (; length < line.length && line[length] !== COMMA; length += 1) {
    const digit = line[length]! - 0x30;
    if (digit < 0 || digit > 9 || length > 10) return null;
    number = number * 10 + digit;
  }
  return kind === END && length !== line.length ? null : { kind, number, length };
}
