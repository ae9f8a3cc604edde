// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Folders } from './folders';

/** A case of an invented system: ids and codes only, so that a recall leaves nothing of a person behind. */
export interface KnownCase {
  readonly referralId: string;
  readonly deliveryId: string;
  readonly worker: string;
  /** The system's own number of the person. */
  readonly person: string;
  /** The last answer, and those the caseworker still means to give. */
  readonly last: string;
  readonly plan: readonly string[];
  readonly stopped: boolean;
}

/** What the system remembers from step to step. */
export interface Memory {
  /** Names of the files with referrals that it has taken in. */
  readonly taken: readonly string[];
  readonly cases: readonly KnownCase[];
}

/** Beside the five folders, where no plugin looks. */
const pathOf = (folders: Folders) => join(dirname(folders.in), 'memory.json');

export function readMemory(folders: Folders): Memory {
  const path = pathOf(folders);
  if (!existsSync(path)) return { taken: [], cases: [] };
  return JSON.parse(readFileSync(path, 'utf8')) as Memory;
}

export function saveMemory(folders: Folders, memory: Memory): void {
  const path = pathOf(folders);
  writeFileSync(`${path}.tmp`, JSON.stringify(memory), { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}

/** A step takes milliseconds: whoever holds the system longer is gone. */
const longestStepMs = 10_000;

/** One step at a time, also of two processes. Undefined when somebody else is at it. */
export function alone<T>(folders: Folders, work: () => T): T | undefined {
  const lock = `${pathOf(folders)}.lock`;
  if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > longestStepMs) rmSync(lock, { force: true });
  try {
    closeSync(openSync(lock, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}
