// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932 } from '@tsunagi/legacy';

/** A value of a record: text, or bytes that no text stands for. */
export type Cell = string | Uint8Array;
/** 9 zeros in front, X and K spaces behind, N full-width spaces behind. */
type Type = '9' | 'X' | 'K' | 'N';
export type Layout = readonly (readonly [type: Type, bytes: number])[];

export const municipality = '990019';
export const recordBytes = 500;

/** `SHG` behind 区分 and 連番, from 市町村番号 to 会い方. */
export const eventLayout: Layout = [
  ['9', 6],
  ['X', 10],
  ['X', 15],
  ['9', 8],
  ['9', 1],
  ['K', 30],
  ['N', 40],
  ['9', 1],
  ['9', 7],
  ['N', 80],
  ['X', 5],
  ['9', 1],
  ['X', 2],
  ['9', 1],
  ['X', 2],
  ['9', 8],
  ['9', 8],
  ['X', 6],
  ['X', 10],
  ['9', 2],
  ['X', 12],
  ['N', 120],
  ['X', 20],
  ['X', 15],
  ['9', 2],
  ['9', 1],
];

/*
 * The records one by one, so that a file of any size is written as it is made; and unlike the writer of @tsunagi/legacy
 * nothing is refused that is wrong.
 */

/** @param number 1-based place among the data records. */
export function dataRecord(row: readonly Cell[], number: number): Buffer {
  const fields = eventLayout.map(([type, bytes], index) => filled(row[index] ?? '', type, bytes));
  return wholeRecord(Buffer.concat([Buffer.from(`2${digits(number, 7)}`), ...fields]));
}

export function headerRecord(over: {
  readonly municipality: string;
  readonly ymd: string;
  readonly transmission: number;
}): Buffer {
  return wholeRecord(`1${over.municipality}SHG${over.ymd}021500${digits(over.transmission, 6)}`);
}

export function trailerRecord(over: {
  readonly municipality: string;
  readonly count: number;
  readonly hash: number;
}): Buffer {
  return wholeRecord(`3${over.municipality}${digits(over.count, 9)}${digits(over.hash, 15)}`);
}

function wholeRecord(begun: string | Uint8Array): Buffer {
  const bytes = Buffer.from(begun as string, 'latin1');
  return Buffer.concat([bytes, Buffer.alloc(recordBytes - bytes.length, ' ')]);
}

function filled(cell: Cell, type: Type, width: number): Buffer {
  const bytes = Buffer.from(typeof cell === 'string' ? encodeCp932(cell, 'row') : cell);
  const filling = Buffer.alloc(Math.max(0, width - bytes.length), type === '9' ? '0' : type === 'N' ? wideSpace : ' ');
  return type === '9' ? Buffer.concat([filling, bytes]) : Buffer.concat([bytes, filling]);
}

const wideSpace = Buffer.of(0x81, 0x40);
const digits = (value: number, width: number) => String(value).padStart(width, '0');
