// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isAscii } from 'node:buffer';
import { withWindowsForms } from '@tsunagi/text';
import { encode } from 'iconv-lite';
import { resolveGaiji, type GaijiHit, type GaijiTable } from './gaiji';
import { UnencodableError } from './legacy.errors';

export interface DecodedText {
  readonly text: string;
  /** Offsets in bytes, exact where nothing is malformed. */
  readonly gaiji: readonly GaijiHit[];
  /** Some bytes are no CP932, such as a lead byte whose second half was cut; U+FFFD stands in the text for them. */
  readonly malformed: boolean;
}

/**
 * Reads CP932 as Windows does. Never throws, never guesses another encoding. 外字 are replaced from the table; those it
 * does not know stay private-use characters, which {@link encodeCp932} refuses, and are listed.
 */
export function decodeCp932(bytes: Uint8Array, options: { gaiji?: GaijiTable } = {}): DecodedText {
  if (isAscii(bytes)) return { text: asBuffer(bytes).toString('latin1'), gaiji: [], malformed: false };
  const { text, malformed } = decodeStrictly(bytes);
  const resolved = resolveGaiji(text, options.gaiji);
  if (resolved.gaiji.length === 0) return { text, gaiji: [], malformed };
  const offsets = gaijiOffsets(bytes);
  const gaiji = resolved.gaiji.map((hit, index) => ({ ...hit, offset: offsets[index] ?? hit.offset }));
  return { text: resolved.text, gaiji, malformed };
}

/**
 * Writes CP932, then reads it back and compares, because an encoder alone would write `?` or change the character.
 * @param fieldName what the error calls the field.
 * @throws UnencodableError with the code point, never the value.
 */
export function encodeCp932(text: string, fieldName: string): Uint8Array {
  if (/^[\0-\x7f]*$/.test(text)) return Buffer.from(text, 'latin1');
  const mapped = withWindowsForms(text);
  const bytes = encode(mapped, 'cp932');
  if (readsBackAs(bytes, mapped)) return bytes;
  const culprit = [...mapped].find((char) => !isEncodable(char)) ?? '\ufffd';
  const hex = culprit.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  throw new UnencodableError(fieldName, `U+${hex}`);
}

/**
 * The text if CP932 can hold it, after the registered replacements (character → text) where it cannot; else null, and the
 * field is to be left out with W-UNENCODABLE. Never `?`.
 */
export function encodableOrNull(text: string, replacements: ReadonlyMap<string, string> = new Map()): string | null {
  const replaced = [...text].map((char) => (isEncodable(char) ? char : (replacements.get(char) ?? char))).join('');
  return isEncodable(replaced) ? replaced : null;
}

/** Bytes this text takes in CP932: one for ASCII and half-width kana, two for any other character, encodable or not. */
export function cp932Length(text: string): number {
  let length = 0;
  for (const char of text) length += isSingleByte(char) ? 1 : 2;
  return length;
}

/** ASCII or half-width kana? */
export function isSingleByte(char: string): boolean {
  return char <= '\u007f' || (char >= '\uff61' && char <= '\uff9f');
}

function isEncodable(text: string): boolean {
  const mapped = withWindowsForms(text);
  return readsBackAs(encode(mapped, 'cp932'), mapped);
}

function readsBackAs(bytes: Uint8Array, text: string): boolean {
  const { text: back, malformed } = decodeStrictly(bytes);
  return !malformed && back === text;
}

const strict = new TextDecoder('shift_jis', { fatal: true });
const lenient = new TextDecoder('shift_jis');

/** Some builds of ICU read 1A, 1C and 7F as one another; everywhere else these bytes stand for themselves. */
const CONTROLS = new Map(
  [0x1a, 0x1c, 0x7f].map((byte) => [lenient.decode(Uint8Array.of(byte)), String.fromCharCode(byte)]),
);

function decodeStrictly(bytes: Uint8Array): { text: string; malformed: boolean } {
  let text: string;
  let malformed = false;
  try {
    text = strict.decode(bytes);
  } catch {
    text = lenient.decode(bytes);
    malformed = true;
  }
  return { text: text.replace(/[\u001a\u001c\u007f]/g, (char) => CONTROLS.get(char) ?? char), malformed };
}

function gaijiOffsets(bytes: Uint8Array): number[] {
  const offsets: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at]!;
    const trail = bytes[at + 1] ?? 0;
    if (!isLeadByte(lead) || !isTrailByte(trail)) continue;
    if (lead >= 0xf0 && lead <= 0xf9) offsets.push(at);
    at += 1;
  }
  return offsets;
}

function isLeadByte(byte: number): boolean {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
}

function isTrailByte(byte: number): boolean {
  return byte >= 0x40 && byte <= 0xfc && byte !== 0x7f;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
