// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932 } from '@tsunagi/legacy';
import { japanYmd } from '../residents/calendar';
import { insurerNumber, type Cell, type KaiRow } from './kai-row';

/*
 * The envelope line by line, so that a file of any size is written as it is made; and unlike the writer of
 * @tsunagi/legacy it does not refuse what is wrong.
 */

const lineEnd = Buffer.from('\r\n');
const comma = Buffer.from(',');

export function controlLine(recordCount: number, clock: Date): Buffer {
  return Buffer.from(`1,1,0,${recordCount},Z11,0,${insurerNumber},0,00,7,${japanYmd(clock).slice(0, 6)},0\r\n`);
}

/** @param number 1-based place among the data records. */
export function dataLine(row: KaiRow, number: number): Uint8Array {
  const head = `2,${number + 1}`;
  if (row.every((cell) => typeof cell === 'string')) {
    return encodeCp932(`${[head, ...row.map(quoted)].join(',')}\r\n`, 'row');
  }
  return Buffer.concat([Buffer.from(head), ...row.flatMap((cell) => [comma, cellBytes(cell)]), lineEnd]);
}

export function endLine(recordCount: number): Buffer {
  return Buffer.from(`3,${recordCount + 2}\r\n`);
}

function cellBytes(cell: Cell): Uint8Array {
  return typeof cell === 'string'
    ? encodeCp932(quoted(cell), 'row')
    : Buffer.concat([Buffer.from('"'), cell, Buffer.from('"')]);
}

const quoted = (text: string) => (/[^\x21\x23-\x2b\x2d-\x7e]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
