// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932 } from '@tsunagi/plugin-sdk';

/** A value of one field as a case states it; bytes where no text could be encoded. */
export type Cell = string | Uint8Array;

/** One data record with every value in quotes. */
export function recordBytes(cells: readonly Cell[], number: number): Buffer {
  return Buffer.concat([
    Buffer.from(`2,${number}`),
    ...cells.flatMap((cell) => [Buffer.from(',"'), bytesOf(cell), Buffer.from('"')]),
    Buffer.from('\r\n'),
  ]);
}

function bytesOf(cell: Cell): Uint8Array {
  return typeof cell === 'string' ? encodeCp932(cell, 'test') : cell;
}
