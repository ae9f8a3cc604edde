// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isWellFormedText } from '@tsunagi/text';
import { decodeCp932, type DecodedText } from './cp932';
import { type GaijiHit, type GaijiTable, resolveGaiji } from './gaiji';

const COMMA = 0x2c;
const QUOTE = 0x22;
/** Far more than any layout has. */
const MOST_FIELDS = 1000;

/** How the bytes of a file are read. It is agreed with its sender and never guessed. */
export type Encoding = 'cp932' | 'utf-8';

/** What a field's bytes stand for. */
export interface FieldReading {
  /** @default none: every 外字 is listed without replacement */
  readonly gaiji?: GaijiTable | undefined;
  /** @default 'cp932' */
  readonly encoding?: Encoding | undefined;
  /** May a value hold 0x27, which files of 国保連 forbid? @default false */
  readonly apostrophe?: boolean | undefined;
}

/** One value of a record: its bytes, and on demand its text. */
export class RawField {
  #decoded: DecodedText | undefined;

  constructor(
    /** As in the file, without the quotes around it and with inner quotes single again. A view: copy it to keep it. */
    readonly bytes: Uint8Array,
    private readonly wellQuoted: boolean,
    private readonly reading: FieldReading,
  ) {}

  get text(): string {
    return this.decoded.text;
  }

  get gaiji(): readonly GaijiHit[] {
    return this.decoded.gaiji;
  }

  /** E-ATTR for what no field may hold: bytes of no character, wrong quoting, control characters, 0x27. */
  get code(): 'E-ATTR' | null {
    const { text, malformed } = this.decoded;
    const isWritable = this.reading.apostrophe === true ? isWellFormedText(text) : isWritableText(text);
    return this.wellQuoted && !malformed && isWritable ? null : 'E-ATTR';
  }

  /** The field with these digits or letters of ASCII in it instead. */
  saying(text: string): RawField {
    return new RawField(new TextEncoder().encode(text), true, this.reading);
  }

  private get decoded(): DecodedText {
    this.#decoded ??= decode(this.bytes, this.reading);
    return this.#decoded;
  }
}

function decode(bytes: Uint8Array, { encoding = 'cp932', gaiji }: FieldReading): DecodedText {
  if (encoding === 'cp932') return decodeCp932(bytes, gaiji ? { gaiji } : {});
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return { ...resolveGaiji(text, gaiji), malformed: text.includes('\ufffd') };
}

/** May this stand in a field of a 国保連 file? No control characters and no 0x27. */
export function isWritableText(text: string): boolean {
  return isWellFormedText(text) && !text.includes("'");
}

/**
 * The fields of one line without its line end. Working on bytes is safe: neither in CP932 nor in UTF-8 can comma or quote be
 * a later part of a character. A field with wrong quotes takes everything up to the next comma, an unclosed one the rest.
 * So does the last of {@link MOST_FIELDS}, lest a line of commas fill the memory.
 */
export function splitFields(line: Buffer, reading: FieldReading = {}): RawField[] {
  const fields: RawField[] = [];
  let at = 0;
  do {
    if (fields.length === MOST_FIELDS - 1) return [...fields, new RawField(line.subarray(at), false, reading)];
    const { bytes, wellQuoted, end } = line[at] === QUOTE ? quotedField(line, at) : plainField(line, at);
    fields.push(new RawField(bytes, wellQuoted, reading));
    at = end + 1;
  } while (at <= line.length);
  return fields;
}

interface FoundField {
  bytes: Uint8Array;
  wellQuoted: boolean;
  /** Where its comma is, or would be. */
  end: number;
}

function plainField(line: Buffer, start: number): FoundField {
  const end = nextComma(line, start);
  const bytes = line.subarray(start, end);
  return { bytes, wellQuoted: !bytes.includes(QUOTE), end };
}

function quotedField(line: Buffer, start: number): FoundField {
  let close = line.indexOf(QUOTE, start + 1);
  let doubled = false;
  while (close !== -1 && line[close + 1] === QUOTE) {
    doubled = true;
    close = line.indexOf(QUOTE, close + 2);
  }
  if (close === -1) return { bytes: line.subarray(start), wellQuoted: false, end: line.length };
  const end = nextComma(line, close);
  if (end !== close + 1) return { bytes: line.subarray(start, end), wellQuoted: false, end };
  const inner = line.subarray(start + 1, close);
  return { bytes: doubled ? withSingleQuotes(inner) : inner, wellQuoted: true, end };
}

function nextComma(line: Buffer, start: number): number {
  const comma = line.indexOf(COMMA, start);
  return comma === -1 ? line.length : comma;
}

function withSingleQuotes(inner: Buffer): Uint8Array {
  return Buffer.from(inner.toString('latin1').replaceAll('""', '"'), 'latin1');
}
