// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done } from '@tsunagi/testing/invariants';
import type { Sequence } from './sequence';

/** Something that is answered the same when it comes again. */
export async function coming(sequence: Sequence, line: string, call: () => Promise<string>): Promise<string> {
  const first = await call();
  sequence.came.push({ line, first, call });
  return first;
}

export async function again(sequence: Sequence, which: number): Promise<Done> {
  const before = pick(sequence.came, which);
  if (!before) return { line: 'nothing came before', took: false };
  const answer = await before.call();
  return {
    line: `again: ${before.line}: ${answer}`,
    took: true,
    again: before.first === undefined ? {} : { sameAnswer: answer === before.first },
  };
}
