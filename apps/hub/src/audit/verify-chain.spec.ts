// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { generateKeyPairSync } from 'node:crypto';
import { beginning, hashOf, keysOf, leafOf, signCheckpoint, type Checkpoint } from './chain';
import { verifyChain, type ChainItem } from './verify-chain';

const key = { kid: 'a-1', privateKey: generateKeyPairSync('ed25519').privateKey };
const text = (line: number) => `{"line": ${line}}`;
const at = new Date('2026-11-29T00:00:00.000Z');

/** Seals of three lines each, every one with its checkpoint. */
function chain(seals: number): ChainItem[] {
  const items: ChainItem[] = [];
  let hash: Buffer = beginning;
  for (let seal = 1; seal <= seals; seal += 1) {
    const lines = [3 * seal - 2, 3 * seal - 1, 3 * seal];
    const leaves = Buffer.concat(lines.map((n) => leafOf(text(n))));
    hash = hashOf(hash, leaves);
    const upTo = 3 * seal;
    items.push(...lines.map((line) => ({ line, text: text(line) })), { seal: { seal, upTo, leaves, hash } });
    items.push({ checkpoint: signCheckpoint({ seal, upTo, hash }, at, key) });
  }
  return items;
}

async function* streamed<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
const checkpointsOf = (items: readonly ChainItem[]): Checkpoint[] =>
  items.flatMap((i) => ('checkpoint' in i ? [i.checkpoint] : []));
const verified = (items: ChainItem[], outside: Checkpoint[] = checkpointsOf(chain(4))) =>
  verifyChain(streamed(items), streamed(outside), keysOf(key));

describe('the chain of the audit, recomputed', () => {
  it('is proven as far as the second place knows it', async () => {
    expect(await verified(chain(4))).toEqual({
      ...{ lines: 12, seals: 4, checkpoints: 4, unproven: 0, sealedUpTo: 12, provenUpTo: 12 },
    });
    expect((await verified(chain(4), checkpointsOf(chain(2)))).provenUpTo).toBe(6);
    expect(await verifyChain(streamed(chain(4)), undefined, keysOf(key))).not.toHaveProperty('provenUpTo');
  });

  const meddled: [string, (items: ChainItem[]) => unknown, object][] = [
    ['changed', (i) => i.splice(6, 1, { line: 5, text: '{"line": 5, "actor": "x"}' }), { line: 5, soundUpTo: 4 }],
    ['removed', (i) => i.splice(6, 1), { soundUpTo: 4 }],
    ['inserted', (i) => i.splice(6, 0, { line: 4.5, text: 'more' }), { line: 4.5, soundUpTo: 4 }],
    ['reordered', (i) => i.splice(5, 2, ...i.slice(5, 7).reverse()), { line: 5, soundUpTo: 3 }],
    ['seal_removed', (i) => i.splice(8, 1), { soundUpTo: 3 }],
    ['checkpoint_removed', (i) => i.splice(9, 1), { soundUpTo: 6 }],
    ['unreadable', (i) => i.splice(6, 1, { unreadable: 7 }), { line: 7, soundUpTo: 3 }],
    ['cut', (i) => i.splice(10), { line: 9, soundUpTo: 6 }],
    // What was signed is there, and what it covers is not.
    ['cut', (i) => i.splice(10, 9), { line: 12, soundUpTo: 6 }],
  ];
  it.each(meddled)('is %s: it says where first, and how far everything is sound', async (kind, meddle, where) => {
    const items = chain(4);
    meddle(items);
    expect((await verified(items)).broken).toMatchObject({ kind, ...where });
  });

  it('does not believe a checkpoint of another key, wherever it stands', async () => {
    const other = { kid: 'a-1', privateKey: generateKeyPairSync('ed25519').privateKey };
    const forge = (c: Checkpoint): Checkpoint =>
      signCheckpoint({ seal: c.seal, upTo: c.upTo, hash: Buffer.from(c.hash, 'hex') }, at, other);
    const [first, ...rest] = checkpointsOf(chain(4));
    expect((await verified(chain(4), [forge(first as Checkpoint), ...rest])).broken?.kind).toBe('checkpoint_forged');
    const items = chain(1);
    items.splice(4, 1, { checkpoint: forge(first as Checkpoint) });
    expect((await verified(items, [first as Checkpoint])).broken?.kind).toBe('checkpoint_forged');
  });
});
