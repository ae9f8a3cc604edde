// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { fixedFileBlocks, type FileResult, resultCodes, type ResultRow, uuidToBase32 } from '@tsunagi/plugin-sdk';
import type { Reason, ReasonOf } from '@tsunagi/plugin-sdk/records';
import { half, nine, recordHead } from '../layout/fixed-record-field';
import { type Eol, frameOf } from '../layout/frames';
import type { RecordFileHeader } from '../layout/record-file';

/** `SHG24061.DAT` and `SHS24061.DAT` are answered by `SHE24061.DAT`; the SDK keeps two such names apart. */
export function resultName(inputName: string): string {
  return `SHE${inputName.slice(3).toUpperCase()}`;
}

/** A record of 100 bytes; what follows the last field is 予備. */
export const resultLayout = [
  ...recordHead,
  { key: 'row', name: '行番号', ...nine(9) },
  { key: 'externalNumber', name: '外部管理番号', ...half(20) },
  { key: 'result', name: '結果', ...nine(2) },
  { key: 'code', name: 'エラーコード', ...half(20) },
  { key: 'field', name: '項目番号', ...nine(2) },
  { key: 'referralId', name: 'ハブ紹介ID', ...half(26) },
] as const;

/**
 * The result of one file: one record per row in the order of the file. The header has date, time and 送信連番 of the input;
 * nothing comes from a clock, so the same file and answers give the same bytes.
 */
export function writeResult(
  { header, rows }: FileResult<RecordFileHeader>,
  reasonOf: ReasonOf,
  { eol }: { readonly eol: Eol },
): Iterable<Uint8Array> {
  return fixedFileBlocks({
    frame: frameOf('SHE', eol),
    header: header?.header,
    layout: resultLayout,
    rows,
    valuesOf: (row) => resultRecord(row, reasonOf(row, header?.flags.get(row.row))),
  });
}

function resultRecord(row: ResultRow, { code = '', field }: Reason): string[] {
  return [
    '',
    '',
    String(row.row),
    row.label ?? '',
    resultCodes[row.outcome],
    code,
    field === undefined ? '' : String(field),
    row.referralId === undefined ? '' : uuidToBase32(row.referralId),
  ];
}
