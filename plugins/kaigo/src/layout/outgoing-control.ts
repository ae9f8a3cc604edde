// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type EnvelopeControl, readEnvelope } from '@tsunagi/plugin-sdk';
import { dataKind } from './data-kind';

/** The control record of a file of ours. 処理対象年月 is the month in which the records were made. */
export function outgoingControl(file: {
  /** Whose numbers are in it; undefined: nobody's, or several insurers'. */
  readonly insurer: string | undefined;
  /** `YYYYMMDD`. */
  readonly madeOn: string;
}): Omit<EnvelopeControl, 'recordCount'> {
  return {
    volume: 0,
    dataKind,
    welfareOfficeNumber: '0',
    insurerNumber: file.insurer ?? '000000',
    officeNumber: '0',
    prefectureNumber: '00',
    medium: '7',
    processingMonth: file.madeOn.slice(0, 6),
    fileManagementNumber: '0',
  };
}

/** How many records a file of ours has, as its control record says and its lines prove. */
export function recordsIn(bytes: Uint8Array): number | undefined {
  const file = readEnvelope(bytes, { dataKind });
  return file.ok ? file.control.recordCount : undefined;
}
