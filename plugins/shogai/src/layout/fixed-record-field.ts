// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type FixedField, fixedField } from '@tsunagi/plugin-sdk';
import { matching, type RecordField } from '@tsunagi/plugin-sdk/records';

/** One field of a record of fixed length. Its place is behind those before it; its number counts from レコード区分. */
export type FixedRecordField = RecordField & FixedField;

/** 9: digits, zeros in front; all zeros is nothing. */
export const nine = (bytes: number) => fixedField('9', bytes);
/** X: half-width, spaces behind. */
export const half = (bytes: number) => fixedField('X', bytes);
/** K: half-width kana, spaces behind. */
export const kana = (bytes: number) => fixedField('K', bytes);
/** N: 2-byte characters, full-width spaces behind. */
export const wide = (bytes: number) => fixedField('N', bytes);

export const day = { ...nine(8), date: true } as const;
export const oneOf = <const C extends readonly [string, ...string[]]>(...codes: C) =>
  ({ ...nine(codes[0].length), codes }) as const;

/** 受給者証番号: ten digits. No check digit of it is known to us. */
export const recipientForm = matching(/^[0-9]{10}$/, 'E-CODE');

/** レコード区分 and レコード連番, with which every data record begins; the frame has seen to them. */
export const recordHead = [
  { key: 'kind', name: 'レコード区分', ...nine(1) },
  { key: 'sequence', name: 'レコード連番', ...nine(7) },
] as const;

/** Bytes that the fields of a layout have room for. */
export function widthsOf<K extends string>(
  layout: readonly { readonly key: K; readonly maxBytes: number }[],
): (key: K) => number {
  const widths = new Map(layout.map(({ key, maxBytes }) => [key, maxBytes]));
  return (key) => widths.get(key)!;
}
