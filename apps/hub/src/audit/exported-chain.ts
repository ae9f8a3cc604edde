// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { readCheckpoint } from './second-place';
import type { ChainItem } from './verify-chain';

const line = z.looseObject({ line: z.int() });
const seal = z.strictObject({
  seal: z.int(),
  upTo: z.int(),
  leaves: z.base64(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
const end = z.strictObject({ end: z.int() });

/**
 * One line of a file for somebody else. A line of the audit stands there exactly as it was hashed: its SHA-256 is its leaf. The
 * last line of a file says how many are above it.
 */
export function exportText(item: Exclude<ChainItem, { unreadable: number }> | { readonly end: number }): string {
  if ('text' in item) return item.text;
  if (!('seal' in item)) return JSON.stringify(item);
  const { leaves, hash, ...where } = item.seal;
  return JSON.stringify({ ...where, leaves: leaves.toString('base64'), hash: hash.toString('hex') });
}

/** The chain as such a file has it. */
export async function* exportedChain(lines: AsyncIterable<string>): AsyncGenerator<ChainItem> {
  let number = 0;
  let ended = false;
  for await (const text of lines) {
    const item = ended ? undefined : itemOf(text);
    if (item === undefined || ('end' in item && item.end !== number)) yield { unreadable: number + 1 };
    else if ('end' in item) ended = true;
    else yield item;
    number += 1;
  }
  // Somebody has cut it short, or it was not written to its end.
  if (!ended) yield { unreadable: number + 1 };
}

function itemOf(text: string): ChainItem | z.infer<typeof end> | undefined {
  const read = parsed(text);
  const asLine = line.safeParse(read);
  if (asLine.success) return { line: asLine.data.line, text };
  const asSeal = seal.safeParse(read);
  if (asSeal.success) {
    const { leaves, hash, ...where } = asSeal.data;
    return { seal: { ...where, leaves: Buffer.from(leaves, 'base64'), hash: Buffer.from(hash, 'hex') } };
  }
  const asEnd = end.safeParse(read);
  if (asEnd.success) return asEnd.data;
  const checkpoint = readCheckpoint((read as { checkpoint?: unknown } | undefined)?.checkpoint);
  return checkpoint && { checkpoint };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
