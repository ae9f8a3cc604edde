// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  beginning,
  hashOf,
  leafBytes,
  leafOf,
  signatureOf,
  type Checkpoint,
  type CheckpointKeys,
  type Seal,
} from './chain';

/** What there is of the audit, in its order: the lines of a seal, the seal, its checkpoint. */
export type ChainItem =
  | { readonly line: number; readonly text: string }
  | { readonly seal: Seal }
  | { readonly checkpoint: Checkpoint }
  /** What cannot be read as any of these; `at` says where it stands. */
  | { readonly unreadable: number };

export type BreakKind =
  /** A line is not what was sealed. */
  | 'changed'
  | 'removed'
  | 'inserted'
  | 'reordered'
  /** A seal is missing, or does not follow from the one before. */
  | 'seal_removed'
  | 'seal_changed'
  /** Nobody with the hub's key has signed this. */
  | 'checkpoint_forged'
  /** What was signed is not what stands here: the chain was made anew. */
  | 'checkpoint_differs'
  /** The second place has it, and the database has not. */
  | 'checkpoint_removed'
  /** What was signed goes further than what is there. */
  | 'cut'
  | 'unreadable';

export interface ChainBreak {
  readonly kind: BreakKind;
  /** The line at which it shows, or of an unreadable one its place. */
  readonly line: number;
  /** Up to here everything is as it was sealed. */
  readonly soundUpTo: number;
}

export interface Verified {
  readonly lines: number;
  readonly seals: number;
  readonly checkpoints: number;
  /** Of them, how many were signed with a key that is not at hand: they agree, and prove nothing. */
  readonly unproven: number;
  /** Up to here a checkpoint of the second place, with a good signature, proves it; absent = none does. */
  readonly provenUpTo?: number;
  readonly sealedUpTo: number;
  readonly broken?: ChainBreak;
}

interface Found {
  readonly line: number;
  readonly leaf: Buffer;
}

/**
 * Recomputes the chain from what there is, and stops where it breaks first.
 * @param outside the checkpoints of the second place; absent = there is none to hold against
 */
export async function verifyChain(
  items: AsyncIterable<ChainItem>,
  outside: AsyncIterable<Checkpoint> | Iterable<Checkpoint> | undefined,
  keys: CheckpointKeys,
): Promise<Verified> {
  const there = await bySeal(outside);
  const walk = new Walk(there, keys);
  let broken: ChainBreak | undefined;
  for await (const item of items) {
    broken = walk.take(item);
    if (broken) break;
  }
  broken ??= walk.end();
  return { ...walk.result, ...(broken && { broken }) };
}

async function bySeal(
  outside: AsyncIterable<Checkpoint> | Iterable<Checkpoint> | undefined,
): Promise<Map<number, Checkpoint[]>> {
  const found = new Map<number, Checkpoint[]>();
  for await (const checkpoint of outside ?? []) {
    const same = found.get(checkpoint.seal);
    // Two processes may have brought one there.
    if (same?.some((c) => c.signature === checkpoint.signature && c.hash === checkpoint.hash)) continue;
    if (same) same.push(checkpoint);
    else found.set(checkpoint.seal, [checkpoint]);
  }
  return found;
}

class Walk {
  private last: Omit<Seal, 'leaves'> = { seal: 0, upTo: 0, hash: beginning };
  private found: Found[] = [];
  /** The checkpoint of the last seal is in the second place, and has not come. */
  private awaited = false;
  /** A checkpoint of a seal that has not come. */
  private ahead: Checkpoint | undefined;
  private lines = 0;
  private checkpoints = 0;
  private unproven = 0;
  private provenUpTo: number | undefined;

  constructor(
    private readonly outside: Map<number, Checkpoint[]>,
    private readonly keys: CheckpointKeys,
  ) {}

  get result(): Omit<Verified, 'broken'> {
    const { lines, checkpoints, unproven, provenUpTo, last } = this;
    return {
      ...{ lines, seals: last.seal, checkpoints, unproven, sealedUpTo: last.upTo },
      ...(provenUpTo !== undefined && { provenUpTo }),
    };
  }

  take(item: ChainItem): ChainBreak | undefined {
    if ('unreadable' in item) return this.broken('unreadable', item.unreadable);
    if ('line' in item) {
      this.found.push({ line: item.line, leaf: leafOf(item.text) });
      return undefined;
    }
    return 'seal' in item ? this.takeSeal(item.seal) : this.takeCheckpoint(item.checkpoint);
  }

  end(): ChainBreak | undefined {
    if (this.awaited) return this.broken('checkpoint_removed', this.last.upTo);
    if (this.ahead) return this.broken('cut', this.ahead.upTo);
    for (const [seal, checkpoints] of this.outside)
      for (const checkpoint of checkpoints) {
        if (seal <= this.last.seal) continue;
        if (signatureOf(checkpoint, this.keys) === 'bad') return this.broken('checkpoint_forged', checkpoint.upTo);
        return this.broken('cut', checkpoint.upTo);
      }
    return undefined;
  }

  private takeSeal(seal: Seal): ChainBreak | undefined {
    if (this.awaited) return this.broken('checkpoint_removed', this.last.upTo);
    if (seal.seal !== this.last.seal + 1) return this.broken('seal_removed', this.last.upTo);
    const { found } = this;
    this.found = [];
    const difference = differenceOf(found, seal);
    if (difference) {
      const soundUpTo = found[difference.at - 1]?.line ?? this.last.upTo;
      return { kind: difference.kind, line: difference.line, soundUpTo };
    }
    const isItsEnd = found.length > 0 && found.at(-1)?.line === seal.upTo;
    if (!isItsEnd || !hashOf(this.last.hash, seal.leaves).equals(seal.hash))
      return this.broken('seal_changed', seal.upTo);
    const before = this.last.upTo;
    this.last = seal;
    this.lines += found.length;
    const outside = this.outside.get(seal.seal) ?? [];
    this.awaited = outside.length > 0;
    for (const checkpoint of outside) {
      const fault = this.faultOf(checkpoint, before);
      if (fault) return fault;
      if (signatureOf(checkpoint, this.keys) === 'good') this.provenUpTo = seal.upTo;
    }
    return undefined;
  }

  private takeCheckpoint(checkpoint: Checkpoint): ChainBreak | undefined {
    if (checkpoint.seal > this.last.seal) {
      // Whether the end is cut off, or one seal missing, the next seal says.
      this.ahead ??= checkpoint;
      return undefined;
    }
    if (checkpoint.seal < this.last.seal) return this.broken('checkpoint_differs', checkpoint.upTo);
    this.awaited = false;
    this.checkpoints += 1;
    if (signatureOf(checkpoint, this.keys) === 'unknown') this.unproven += 1;
    return this.faultOf(checkpoint, this.last.upTo);
  }

  private faultOf(checkpoint: Checkpoint, soundUpTo: number): ChainBreak | undefined {
    const fault = (kind: BreakKind) => ({ kind, line: this.last.upTo, soundUpTo });
    if (signatureOf(checkpoint, this.keys) === 'bad') return fault('checkpoint_forged');
    const isSame = checkpoint.upTo === this.last.upTo && checkpoint.hash === this.last.hash.toString('hex');
    return isSame ? undefined : fault('checkpoint_differs');
  }

  private broken(kind: BreakKind, line: number): ChainBreak {
    return { kind, line, soundUpTo: this.last.upTo };
  }
}

/** Where the lines that are there differ first from the leaves that were sealed, and by what. */
function differenceOf(
  found: readonly Found[],
  { leaves, upTo }: Seal,
): { readonly kind: BreakKind; readonly line: number; readonly at: number } | undefined {
  const sealed = Math.floor(leaves.length / leafBytes);
  const leaf = (n: number) => leaves.subarray(n * leafBytes, (n + 1) * leafBytes);
  let at = 0;
  while (at < sealed && at < found.length && found[at]?.leaf.equals(leaf(at))) at += 1;
  const is = found[at];
  if (!is) return at < sealed ? { kind: 'removed', line: (found[at - 1]?.line ?? upTo - 1) + 1, at } : undefined;
  if (at >= sealed) return { kind: 'inserted', line: is.line, at };
  let wasSealed = false;
  for (let n = at + 1; n < sealed && !wasSealed; n += 1) wasSealed = is.leaf.equals(leaf(n));
  const isLater = found.slice(at + 1).some((f) => f.leaf.equals(leaf(at)));
  const kind = wasSealed ? (isLater ? 'reordered' : 'removed') : isLater ? 'inserted' : 'changed';
  return { kind, line: is.line, at };
}
