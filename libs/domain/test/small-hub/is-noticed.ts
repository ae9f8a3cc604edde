// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { InvariantBroken, play, sequences, type Invariant, type Move } from '@tsunagi/testing/invariants';
import { rules, type Rules } from './rules';
import { SmallHub } from './small-hub';

type Sample = readonly [readonly Move[], number];

let samples: readonly Sample[] | undefined;
const sampled = () => (samples ??= fc.sample(fc.tuple(sequences(30), fc.nat(5)), { numRuns: 1500, seed: 20_261_128 }));

/**
 * In which of the sequences each broken rule was noticed last: that one is played first, so that what is noticed is noticed in
 * a moment. A record that is out of date costs time and changes no outcome; `NOTICED=write npx jest broken-rules` renews it.
 */
const record = join(__dirname, 'noticed-in.json');
const noticedIn = JSON.parse(readFileSync(record, 'utf8')) as Record<string, number>;

/** Does any of the sequences break this invariant, in a hub of which one rule is broken? */
export async function isNoticed(what: string, invariant: Invariant, broken: Partial<Rules>): Promise<boolean> {
  const known = sampled()[noticedIn[what] ?? -1];
  if (known && (await breaks(known, invariant, broken))) return true;
  for (const [n, sample] of sampled().entries())
    if (await breaks(sample, invariant, broken)) {
      noticedIn[what] = n;
      if (process.env['NOTICED'] === 'write') writeFileSync(record, `${JSON.stringify(noticedIn, undefined, 2)}\n`);
      return true;
    }
  return false;
}

async function breaks([moves, onlooker]: Sample, invariant: Invariant, broken: Partial<Rules>): Promise<boolean> {
  try {
    await play(new SmallHub({ ...rules, ...broken }, onlooker), moves);
    return false;
  } catch (error) {
    if (!(error instanceof InvariantBroken)) throw error;
    return error.broken.some((b) => b.invariant === invariant);
  }
}
