// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KaigoFolders } from './folders';

/** A case of the invented 介護 system: ids and codes only, so that a recall leaves nothing of a person behind. */
export interface CareCase {
  readonly referralId: string;
  readonly deliveryId: string;
  readonly worker: string;
  readonly insured: string;
  /** The last answer, and those the caseworker still means to give. */
  readonly last: string;
  readonly plan: readonly string[];
  readonly stopped: boolean;
}

/** What the system remembers from step to step. */
export interface CareSystem {
  /** Names of the KAR files it has taken in. */
  readonly taken: readonly string[];
  readonly cases: readonly CareCase[];
}

/** Beside the five folders, where no plugin looks. */
const pathOf = (folders: KaigoFolders) => join(dirname(folders.in), 'care-system.json');

export function readCareSystem(folders: KaigoFolders): CareSystem {
  const path = pathOf(folders);
  if (!existsSync(path)) return { taken: [], cases: [] };
  return JSON.parse(readFileSync(path, 'utf8')) as CareSystem;
}

export function saveCareSystem(folders: KaigoFolders, system: CareSystem): void {
  const path = pathOf(folders);
  writeFileSync(`${path}.tmp`, JSON.stringify(system), { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}

/** A step takes milliseconds: whoever holds the system longer is gone. */
const longestStepMs = 10_000;

/** One step at a time, also of two processes. Undefined when somebody else is at it. */
export function alone<T>(folders: KaigoFolders, work: () => T): T | undefined {
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
