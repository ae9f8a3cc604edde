// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type FileResult, resultCodes, type ResultRow, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { writeRecordFile } from './record-file';

/** `HOG00001.CSV` and `HOS00001.CSV` are answered by `HOE00001.CSV`; the SDK keeps two such names apart. */
export function resultName(inputName: string): string {
  return `HOE${inputName.slice(3).toUpperCase()}`;
}

/** 行番号, 自分の番号, 結果, エラーコード, 項目番号, ハブ紹介ID. No clock: the same file and answers give the same bytes. */
export function writeResult({ rows }: FileResult<undefined>): Uint8Array {
  return writeRecordFile('HOE', Array.from(rows, resultRecord));
}

function resultRecord({ row, label = '', outcome, code, field, referralId }: ResultRow): string[] {
  return [
    String(row),
    label,
    resultCodes[outcome],
    // Codes of records only: what consent or route is missing is shown in the hub.
    code !== undefined && /^[ESW]-[A-Z0-9-]+$/.test(code) ? code : '',
    field === undefined ? '' : String(field),
    referralId === undefined ? '' : uuidToBase32(referralId),
  ];
}
