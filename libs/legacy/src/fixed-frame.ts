// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isMunicipalityCode } from './check-digits';
import { parseYmd } from './dates';
import { fixedField, joinFields, sliceFields, type FixedField } from './fixed-fields';

/** The header record by name. Values are kept as text, zeros and all. */
export interface FixedHeader {
  /** 市町村番号: 全国地方公共団体コード with its check digit. */
  readonly municipality: string;
  /** データ種別, such as `SHG`. */
  readonly dataKind: string;
  /** 作成年月日, `YYYYMMDD`. */
  readonly madeOn: string;
  /** 作成時刻, `HHMMSS`. */
  readonly madeAt: string;
  /** 送信連番, six digits, not all zero. */
  readonly transmission: string;
}

/** How the records of one kind of file look. */
export interface FixedFrame {
  /** データ種別 that the header has. */
  readonly dataKind: string;
  /** Bytes of every record, header and trailer among them, without a line end. */
  readonly recordBytes: number;
  /** What stands behind each record. @default none */
  readonly eol?: 'none' | 'crlf' | undefined;
  /**
   * Offset in the data record of the ten digits that the trailer has the sum of; what is no number counts as 0.
   * @default none: the sum is 0
   */
  readonly hashedAt?: number | undefined;
}

export const HEADER = 0x31;
export const DATA = 0x32;
export const TRAILER = 0x33;

/** 区分, 市町村番号, データ種別, 作成年月日, 作成時刻, 送信連番. */
export const headerLayout: readonly FixedField[] = [
  fixedField('9', 1),
  fixedField('9', 6),
  fixedField('X', 3),
  fixedField('9', 8),
  fixedField('9', 6),
  fixedField('9', 6),
];
/** 区分, 市町村番号, 件数, ハッシュ合計. */
export const trailerLayout: readonly FixedField[] = [
  fixedField('9', 1),
  fixedField('9', 6),
  fixedField('9', 9),
  fixedField('9', 15),
];
/** 区分 and 連番, with which every data record begins. */
export const headLayout: readonly FixedField[] = [fixedField('9', 1), fixedField('9', 7)];

export const lineEnd = Buffer.from('\r\n', 'latin1');
export const strideOf = ({ recordBytes, eol = 'none' }: FixedFrame): number =>
  recordBytes + (eol === 'crlf' ? lineEnd.length : 0);

/** 1-based place of the first value that is not of its form; null when all is well. */
export function findHeaderFault({ municipality, dataKind, madeOn, madeAt, transmission }: FixedHeader): number | null {
  const sound = [
    true,
    isMunicipalityCode(municipality),
    /^[A-Z0-9]{3}$/.test(dataKind),
    parseYmd(madeOn).ok,
    /^([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]$/.test(madeAt),
    /^[0-9]{6}$/.test(transmission) && !/^0+$/.test(transmission),
  ];
  const fault = sound.indexOf(false);
  return fault === -1 ? null : fault + 1;
}

/** Place of 市町村番号 in header and trailer. */
export const municipalityField = 2;

export function readHeader(record: Uint8Array): FixedHeader {
  const [, municipality = '', dataKind = '', madeOn = '', madeAt = '', transmission = ''] = digitsOf(
    record,
    headerLayout,
  );
  return { municipality, dataKind, madeOn, madeAt, transmission };
}

export interface FixedTrailer {
  readonly municipality: string;
  /** 件数 and ハッシュ合計; undefined: no digits. */
  readonly count: number | undefined;
  readonly hash: number | undefined;
}

export function readTrailer(record: Uint8Array): FixedTrailer {
  const [, municipality = '', count = '', hash = ''] = digitsOf(record, trailerLayout);
  return { municipality, count: toNumber(count), hash: toNumber(hash) };
}

/** Zeros are values here. */
function digitsOf(record: Uint8Array, layout: readonly FixedField[]): string[] {
  return sliceFields(
    record,
    layout.map((field) => ({ ...field, keepsZeros: true })),
  ).map(({ text }) => text);
}

function toNumber(digits: string): number | undefined {
  return /^[0-9]+$/.test(digits) ? Number(digits) : undefined;
}

/** 区分 and 連番 at the start of a data record; undefined where they are something else. */
export function sequenceOf(record: Uint8Array): number | undefined {
  return record[0] === DATA ? numberAt(record, 1, 7) : undefined;
}

/** The sum of the ten-digit numbers, modulo 10^15. */
export class HashTotal {
  private sum = 0;

  constructor(private readonly at: number | undefined) {}

  add(record: Uint8Array): void {
    if (this.at !== undefined) this.sum = (this.sum + (numberAt(record, this.at, 10) ?? 0)) % 1e15;
  }

  get value(): number {
    return this.sum;
  }
}

function numberAt(record: Uint8Array, at: number, length: number): number | undefined {
  let number = 0;
  for (let place = at; place < at + length; place += 1) {
    const digit = (record[place] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

/** Fields of one record, filled up with spaces to its length. */
export function toRecord(fields: Uint8Array, { recordBytes }: FixedFrame): Buffer {
  return Buffer.concat([fields, Buffer.alloc(Math.max(0, recordBytes - fields.length), ' ')]);
}

export const joinHeader = ({ municipality, dataKind, madeOn, madeAt, transmission }: FixedHeader): Buffer =>
  joinFields(['1', municipality, dataKind, madeOn, madeAt, transmission], headerLayout, 'header');

export const joinTrailer = (municipality: string, count: number, hash: number): Buffer =>
  joinFields(['3', municipality, String(count), String(hash)], trailerLayout, 'trailer');
