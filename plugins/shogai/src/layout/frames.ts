// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type FixedFrame, readFixedFile } from '@tsunagi/plugin-sdk';

/** What stands behind each record, as the site's system has it. */
export type Eol = NonNullable<FixedFrame['eol']>;

/**
 * The five kinds of file by their データ種別: how long a record is, and where in it the 受給者証番号 stands that the trailer
 * sums up. A result has none. All are this hub's own.
 */
const frames = {
  SHG: { dataKind: 'SHG', recordBytes: 500, hashedAt: 14 },
  SHE: { dataKind: 'SHE', recordBytes: 100 },
  SHO: { dataKind: 'SHO', recordBytes: 300, hashedAt: 14 },
  SHR: { dataKind: 'SHR', recordBytes: 600, hashedAt: 132 },
  SHS: { dataKind: 'SHS', recordBytes: 300, hashedAt: 102 },
} as const satisfies Record<string, FixedFrame>;

export function frameOf(kind: keyof typeof frames, eol: Eol): FixedFrame {
  return { ...frames[kind], eol };
}

/** How many records a file of ours has, as its trailer says and its records prove. */
export const recordsIn = (kind: keyof typeof frames, eol: Eol) => (bytes: Uint8Array) => {
  const file = readFixedFile(bytes, frameOf(kind, eol));
  return file.ok ? file.recordCount : undefined;
};
