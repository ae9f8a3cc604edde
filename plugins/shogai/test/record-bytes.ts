// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932, type FixedField } from '@tsunagi/plugin-sdk';

/** A value of one field as a case states it, without its filling; bytes where no text could be encoded. */
export type Cell = string | Uint8Array;

export interface FileShape {
  /** @default nothing */
  readonly eol?: string;
  /** 件数 of the trailer. @default as many as there are rows */
  readonly count?: number;
  /** ハッシュ合計 of the trailer. @default the sum */
  readonly hash?: number;
  /** @default true */
  readonly trailer?: boolean;
  /** 市町村番号 of header and trailer. @default '990019' */
  readonly municipality?: string;
  /** 送信連番. @default '000001' */
  readonly transmission?: string;
}

/** A file whose bytes are put together here, by no code of the plugin's. */
export function fixedFile(
  kind: string,
  recordBytes: number,
  records: readonly { readonly bytes: Uint8Array; readonly number: string }[],
  shape: FileShape = {},
): Buffer {
  const { eol = '', trailer = true, municipality = '990019', transmission = '000001' } = shape;
  const sum = records.reduce((total, { number }) => total + (Number(number) || 0), 0);
  const { count = records.length, hash = sum } = shape;
  const full = (text: string) => Buffer.from(text.padEnd(recordBytes) + eol, 'latin1');
  const digits = (value: number, width: number) => String(value).padStart(width, '0');
  return Buffer.concat([
    full(`1${municipality}${kind}20261110021500${transmission}`),
    ...records.map(({ bytes }, index) =>
      full(Buffer.concat([Buffer.from(`2${digits(index + 1, 7)}`), bytes]).toString('latin1')),
    ),
    ...(trailer ? [full(`3${municipality}${digits(count, 9)}${digits(hash, 15)}`)] : []),
  ]);
}

/** The fields of one record behind 区分 and 連番, each with its filling. */
export function recordBytes<K extends string>(
  layout: readonly (FixedField & { readonly key: K })[],
  values: Partial<Record<K, Cell>>,
): Buffer {
  return Buffer.concat(layout.slice(2).map((field) => filled(field, values[field.key] ?? '')));
}

function filled({ type, maxBytes }: FixedField, cell: Cell): Buffer {
  const bytes = typeof cell === 'string' ? encodeCp932(cell, 'test') : cell;
  const missing = maxBytes - bytes.length;
  if (missing < 0) throw new Error('wider than its field');
  if (type === '9') return Buffer.concat([Buffer.alloc(missing, '0'), bytes]);
  return Buffer.concat([bytes, Buffer.alloc(missing, type === 'N' ? Buffer.of(0x81, 0x40) : ' ')]);
}
