// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  envelopeBlocks,
  type EnvelopeControl,
  type FileResult,
  resultCodes,
  type ResultRow,
  uuidToBase32,
} from '@tsunagi/plugin-sdk';
import { dataKind } from '../layout/data-kind';
import type { RecordFileHeader } from '../layout/record-file';
import type { Reason, ReasonOf } from '@tsunagi/plugin-sdk/records';

/** `KAI24061.CSV` and `KAS24061.CSV` are answered by `KAE24061.CSV`; the SDK keeps two such names apart. */
export function resultName(inputName: string): string {
  return `KAE${inputName.slice(3).toUpperCase()}`;
}

/**
 * The result of one file: Z115, one record per row in the order of the file. The control record repeats the input's with
 * its own count; nothing comes from a clock, so the same file and answers give the same bytes.
 */
export function writeResult({ header, rows }: FileResult<RecordFileHeader>, reasonOf: ReasonOf): Iterable<Uint8Array> {
  return envelopeBlocks({
    control: header?.control ?? unreadable,
    rows,
    valuesOf: (row) => resultRecord(row, reasonOf(row, header?.flags.get(row.row))),
  });
}

/** Z115, 01, 行番号, 外部管理番号, 結果, エラーコード, 項目番号, ハブ紹介ID. */
function resultRecord(row: ResultRow, { code = '', field }: Reason): string[] {
  return [
    'Z115',
    '01',
    String(row.row),
    row.label ?? '',
    resultCodes[row.outcome],
    code,
    field === undefined ? '' : String(field),
    row.referralId === undefined ? '' : uuidToBase32(row.referralId),
  ];
}

/** For a file whose own control record cannot be read. Its month is unknown, and a clock must not supply one. */
const unreadable: Omit<EnvelopeControl, 'recordCount'> = {
  volume: 0,
  dataKind,
  welfareOfficeNumber: '0',
  insurerNumber: '000000',
  officeNumber: '0',
  prefectureNumber: '00',
  medium: '7',
  processingMonth: '000001',
  fileManagementNumber: '0',
};
