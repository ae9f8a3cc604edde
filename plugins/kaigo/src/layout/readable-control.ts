// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type EnvelopeControl, readEnvelope } from '@tsunagi/plugin-sdk';
import { dataKind } from './data-kind';

/**
 * The control record of a file that was refused for another reason, so that its result can repeat it: its first line is
 * read as if it were a file without data records.
 */
export function readableControl(bytes: Uint8Array): EnvelopeControl | undefined {
  const start = Buffer.from(bytes.subarray(0, longest)).toString('latin1');
  const values = (start.split('\n', 1)[0] ?? '').replace(/\r$/, '').split(',');
  if (values.length <= recordCount) return undefined;
  const alone = Buffer.from(`${values.with(recordCount, '0').join(',')}\r\n3,2\r\n`, 'latin1');
  const envelope = readEnvelope(alone, { dataKind });
  return envelope.ok ? envelope.control : undefined;
}

const recordCount = 3;
/** No control record is longer: 12 values of at most 10 characters, with commas and line end. */
const longest = 140;
