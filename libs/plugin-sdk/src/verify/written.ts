// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodableOrNull, encodeCp932 } from '@tsunagi/legacy';
import { createHash } from 'node:crypto';
import type { KitFile } from './kit';
import type { Stage } from './stage';

/** What is written in a place, each thing with its content. */
export type Written = ReadonlyMap<string, Buffer>;

export async function writtenIn({ office }: Stage): Promise<Written> {
  return new Map((await office.written()).map((file) => [nameOf(file), Buffer.from(file.bytes)]));
}

/** A thing whose content changed is another one. */
function nameOf({ name, bytes }: KitFile): string {
  return `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The things of a later look that were not there before. */
export function since(before: Written, after: Written): Buffer[] {
  return [...after].filter(([name]) => !before.has(name)).map(([, bytes]) => bytes);
}

/** The things of an earlier look that are not there any more. */
export function goneSince(before: Written, after: Written): number {
  return [...before.keys()].filter((name) => !after.has(name)).length;
}

/** Does it stand there, in UTF-8 or in CP932? */
export function holdsText(things: readonly Buffer[], text: string): boolean {
  const utf8 = Buffer.from(text);
  const cp932 = encodableOrNull(text) === null ? utf8 : Buffer.from(encodeCp932(text, 'kit'));
  return things.some((bytes) => bytes.includes(utf8) || bytes.includes(cp932));
}
