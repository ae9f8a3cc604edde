// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { writeEnvelope } from '@tsunagi/plugin-sdk';
import { outgoingControl } from '../layout/outgoing-control';

const insurer = 2;
const writtenOn = 17;

/**
 * `KAOnnnnn.CSV`: Z112, one record per change of state. The control record names the insurer when all records are one
 * insurer's.
 */
export function writeStatusFile(records: readonly (readonly string[])[]): Uint8Array {
  const insurers = new Set(records.map((values) => values[insurer]));
  const [only] = insurers;
  const control = outgoingControl({
    insurer: insurers.size === 1 ? only : undefined,
    madeOn: records[0]?.[writtenOn] ?? '',
  });
  return writeEnvelope({ control, rows: records });
}
