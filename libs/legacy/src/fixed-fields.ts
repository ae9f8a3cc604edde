// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Attribute, checkField, type FieldRule } from './attributes';
import { encodeCp932 } from './cp932';
import type { GaijiTable } from './gaiji';
import { FieldWidthError, ForbiddenCharacterError } from './legacy.errors';
import { RawField } from './raw-field';

/**
 * 9 digits, zeros in front · X half-width, spaces behind · K half-width kana, spaces behind · N 2-byte characters,
 * full-width spaces (0x8140) behind.
 */
export type FixedType = '9' | 'X' | 'K' | 'N';

/** A field of a fixed-length record. It always has all its bytes; its place is that of those before it. */
export interface FixedField extends FieldRule {
  readonly type: FixedType;
  /** Of a 9: all zeros is a value. @default false, and the field is empty */
  readonly keepsZeros?: true;
}

const attributes: Record<FixedType, Attribute> = { '9': 'code', X: 'alphanumeric', K: 'alphanumeric', N: 'kanji' };

/** What a value of this type may be made of: one field of a layout, without its key and name. */
export function fixedField<const T extends FixedType, const N extends number>(type: T, maxBytes: N) {
  return { type, maxBytes, attribute: attributes[type], spaceAndHyphen: true } as const;
}

/**
 * The fields of one record, cut by bytes first, each decoded on its own and without its filling: a character cut in two
 * spoils its field and no other. A 9 of zeros is empty, as it cannot be left blank; all spaces is empty anywhere. A field that the record has no bytes for is empty; bytes behind the last field belong to none.
 */
export function sliceFields(record: Uint8Array, layout: readonly FixedField[], table?: GaijiTable): RawField[] {
  let at = 0;
  const reading = { gaiji: table };
  return layout.map((field) => {
    const bytes = record.subarray(at, at + field.maxBytes);
    at += field.maxBytes;
    return new RawField(withoutFilling(bytes, field), true, reading);
  });
}

/**
 * The fields of one record one after the other, each with its filling.
 * @throws UnencodableError, ForbiddenCharacterError or FieldWidthError, with `record` and the field's number in the name.
 */
export function joinFields(values: readonly string[], layout: readonly FixedField[], record: string): Buffer {
  return Buffer.concat(
    layout.map((field, index) => filled(values[index] ?? '', field, `${record} field ${index + 1}`)),
  );
}

const ZERO = 0x30;
const SPACE = 0x20;
const WIDE_SPACE = [0x81, 0x40] as const;
const none = new Uint8Array(0);

function withoutFilling(bytes: Uint8Array, { type, keepsZeros }: FixedField): Uint8Array {
  if (bytes.every((byte) => byte === SPACE)) return none;
  switch (type) {
    case '9':
      return keepsZeros !== true && bytes.every((byte) => byte === ZERO) ? none : bytes;
    case 'X':
    case 'K':
      return bytes.subarray(0, bytes.findLastIndex((byte) => byte !== SPACE) + 1);
    case 'N':
      return withoutWideSpaces(bytes);
  }
}

/** In pairs from the start: where a half-width character has shifted them, nothing is taken for a filling. */
function withoutWideSpaces(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 2 !== 0) return bytes;
  let end = bytes.length;
  while (end > 0 && bytes[end - 2] === WIDE_SPACE[0] && bytes[end - 1] === WIDE_SPACE[1]) end -= 2;
  return bytes.subarray(0, end);
}

function filled(value: string, field: FixedField, name: string): Uint8Array {
  // Whether it has to be there is a matter of the record, not of its bytes.
  const code = checkField(value, { attribute: field.attribute, maxBytes: field.maxBytes, spaceAndHyphen: true });
  if (code === 'E-ATTR') throw new ForbiddenCharacterError(name);
  if (code === 'E-LENGTH') throw new FieldWidthError(name);
  if (field.type === '9') return Buffer.from(value.padStart(field.maxBytes, '0'), 'latin1');
  const bytes = encodeCp932(value, name);
  const filling = field.type === 'N' ? Buffer.from(WIDE_SPACE) : Buffer.from([SPACE]);
  return Buffer.concat([bytes, Buffer.alloc(field.maxBytes - bytes.length, filling)]);
}
