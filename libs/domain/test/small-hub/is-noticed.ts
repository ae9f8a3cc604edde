// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { InvariantBroken, play, sequences, type Invariant, type Move } from '@tsunagi/testing/invariants';
import { rules, type Rules } from './rules';
import { SmallHub } from './small-hub';

let samples: readonly (readonly [readonly Move[], number])[] | undefined;
const sampled = () => (samples ??= fc.sample(fc.tuple(sequences(30), fc.nat(5)), { numRuns: 1500, seed: 20_261_128 }));

/** Does any of the sequences break this invariant, in a hub of which one rule is broken? */
export async function isNoticed(invariant: Invariant, broken: Partial<Rules>): Promise<boolean> {
  for (const [moves, onlooker] of sampled())
    try {
      await play(new SmallHub({ ...rules, ...broken }, onlooker), moves);
    } catch (error) {
      if (!(error instanceof InvariantBroken)) throw error;
      if (error.broken.some((b) => b.invariant === invariant)) return true;
    }
  return false;
}
