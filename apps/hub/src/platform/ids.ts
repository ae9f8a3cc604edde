// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash, randomUUID } from 'node:crypto';
import { randomSlice } from './random';

/** UUIDv7 (RFC 9562): milliseconds first, so that rows of one time lie together in an index. */
export function newId(now: Date = new Date()): string {
  const bytes = randomSlice(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  return asUuid(bytes, 7);
}

/** No id that {@link newId} made at this time or later is below it. */
export const firstIdOf = (time: Date): string => {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(time.getTime(), 0, 6);
  return asUuid(bytes, 7);
};

/** When {@link newId} made it. */
export const timeOfId = (id: string): Date => new Date(parseInt(id.replaceAll('-', '').slice(0, 12), 16));

/** UUIDv4: nobody reads from it when it was made, or beside what. */
export const blindId = (): string => randomUUID();

/** UUIDv8 of a text: the same wherever it is asked for, for what no row stands for. */
export const idOf = (text: string): string => asUuid(createHash('sha256').update(text).digest().subarray(0, 16), 8);

function asUuid(bytes: Buffer, version: 7 | 8): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
