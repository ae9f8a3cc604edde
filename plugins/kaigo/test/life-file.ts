// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932, type RawField, readTable } from '@tsunagi/plugin-sdk';
import type { Cell } from './record-bytes';

/** The columns of `SERVICE_USER_INFO` in their order. */
export const lifeColumns = [
  'care_facility_id',
  'service_code',
  'external_system_management_number',
  'insurer_no',
  'insured_no',
  'last_name',
  'first_name',
  'last_name_kana',
  'first_name_kana',
  'gender',
  'birthday',
  'certified_date',
  'care_period_start',
  'care_period_end',
  'care_level',
  'impaired_elderly_independence_degree',
  'dementia_elderly_independence_degree',
  'start_date',
  'end_date',
  'death_date',
  'remarks',
] as const;

/** Values of one row as a case states them. */
export type LifeValues = Partial<Record<(typeof lifeColumns)[number], Cell>>;

/** A synthetic service user of prefecture 99. */
const plain: LifeValues = {
  care_facility_id: '9970100005',
  service_code: '15',
  external_system_management_number: 'LIFE-0001',
  insurer_no: '990010',
  insured_no: '0000000123',
  last_name: '見本',
  first_name: '花子',
  last_name_kana: 'ﾐﾎﾝ',
  first_name_kana: 'ﾊﾅｺ',
  gender: '2',
  birthday: '19400105',
  certified_date: '20260520',
  care_period_start: '20260601',
  care_period_end: '20270531',
  care_level: '22',
  impaired_elderly_independence_degree: '4',
  dementia_elderly_independence_degree: '3',
  start_date: '20260610',
  remarks: '送迎は玄関まで',
};

export interface LifeShape {
  /** @default 'utf-8' */
  readonly encoding?: 'utf-8' | 'cp932';
  readonly bom?: boolean;
  /** @default CR LF */
  readonly eol?: string;
  /** The first line. */
  readonly kind?: string;
  /** The second. */
  readonly names?: readonly string[];
  /** @default all */
  readonly fields?: number;
}

/** A `SERVICE_USER_INFO` file with these rows; each states only what its case turns on. */
export function lifeFile(rows: readonly LifeValues[], shape: LifeShape = {}): Buffer {
  const { encoding = 'utf-8', bom = false, eol = '\r\n', kind = 'SERVICE_USER_INFO', names = lifeColumns } = shape;
  const bytesOf = (cell: Cell) =>
    typeof cell !== 'string' ? cell : encoding === 'utf-8' ? Buffer.from(cell) : encodeCp932(cell, 'test');
  const lines = [
    [kind],
    names,
    ...rows.map((row) => {
      const values = { ...plain, ...row };
      return lifeColumns.slice(0, shape.fields).map((column) => values[column] ?? '');
    }),
  ];
  return Buffer.concat([
    Buffer.from(bom ? '\ufeff' : ''),
    ...lines.flatMap((line) => [
      ...line.flatMap((cell, at) => [Buffer.from(at === 0 ? '' : ','), bytesOf(quoted(cell))]),
      Buffer.from(eol),
    ]),
  ]);
}

/** The fields of one such row. */
export function lifeFields(row: LifeValues = {}): RawField[] {
  const table = readTable(lifeFile([row]), { encoding: 'utf-8', kind: 'SERVICE_USER_INFO', names: lifeColumns });
  if (!table.ok) throw new Error(table.code);
  return [...table.rows][0]!.fields;
}

/** Only what has to be is quoted. */
function quoted(cell: Cell): Cell {
  return typeof cell === 'string' && /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
