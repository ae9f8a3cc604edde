// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Journal } from '../journal/journal';

/** Before which line of the journal a host dies, or right behind which. */
export interface Death {
  /** From 1. */
  readonly line: number;
  readonly when: 'before' | 'after';
}

/**
 * A journal whose host dies at a line: what it was doing never goes on from there. Every step of a sink or a source that
 * matters lies between two lines.
 */
export function dyingJournal(journal: Journal, { line, when }: Death, onDeath: () => void): Journal {
  let lines = 0;
  let dead = false;
  const append: Journal['append'] = async (entry, options) => {
    lines += 1;
    if (lines === line && when === 'before') die();
    if (dead) return forever();
    await journal.append(entry, options);
    if (lines === line) die();
    if (dead) return forever();
  };
  const die = () => {
    dead = true;
    onDeath();
  };
  return Object.create(journal, { append: { value: append } }) as Journal;
}

const forever = () => new Promise<never>(() => undefined);
