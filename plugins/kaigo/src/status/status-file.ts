// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { writeEnvelope } from '@tsunagi/plugin-sdk';

const insurer = 2;
const writtenOn = 17;

/**
 * `KAOnnnnn.CSV`: Z112, one record per change of state. 処理対象年月 is the month in which the records were made. The
 * control record names the insurer when all records are one insurer's.
 */
export function writeStatusFile(records: readonly (readonly string[])[]): Uint8Array {
  const insurers = new Set(records.map((values) => values[insurer]));
  const [only = '000000'] = insurers;
  return writeEnvelope({
    control: {
      volume: 0,
      dataKind: 'Z11',
      welfareOfficeNumber: '0',
      insurerNumber: insurers.size === 1 ? only : '000000',
      officeNumber: '0',
      prefectureNumber: '00',
      medium: '7',
      processingMonth: (records[0]?.[writtenOn] ?? '').slice(0, 6),
      fileManagementNumber: '0',
    },
    rows: records,
  });
}
