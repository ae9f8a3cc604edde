// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli.error';
import { isRunning, markOf, type ProcessMark } from './process-mark';

/** PGlite has one backend and does not notice a second one on the same files: this lock does. */
export const lockName = 'embedded.lock';

export interface DirectoryLock {
  release(): void;
}

/**
 * Takes the directory for this process. A lock whose process is gone is taken over.
 * @throws CliError DATA_DIR_IN_USE
 */
export function lockDirectory(directory: string): DirectoryLock {
  const path = join(directory, lockName);
  const own = JSON.stringify(markOf(process.pid));
  // Two tries: a stale lock may be in the way once.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (placeNew(path, own)) return { release: () => releaseLock(path, own) };
    const found = readLock(path);
    if (found === null) continue;
    if (isRunning(found.holder)) throw inUse(directory, found.holder);
    removeStale(path, found.text);
  }
  const winner = readLock(path)?.holder;
  throw inUse(directory, winner ?? markOf(process.pid));
}

const inUse = (path: string, { pid }: ProcessMark) => new CliError('DATA_DIR_IN_USE', { path, pid: String(pid) });

/** Appears complete or not at all: linking fails where a file is. */
function placeNew(path: string, text: string): boolean {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

function readLock(path: string): { text: string; holder: ProcessMark } | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  return { text, holder: parseMark(text) };
}

/** A file that is no lock of ours belongs to nobody. */
function parseMark(text: string): ProcessMark {
  try {
    const { pid, startedAt } = JSON.parse(text) as Partial<ProcessMark>;
    if (typeof pid === 'number' && pid > 0) return { pid, startedAt: startedAt ?? null };
  } catch {
    // falls through
  }
  return { pid: 2 ** 31 - 1, startedAt: null };
}

/** Moves it aside first and looks again, because another start may have replaced it meanwhile. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}.${randomBytes(4).toString('hex')}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, 'utf8') !== stale) placeNew(path, readFileSync(aside, 'utf8'));
  rmSync(aside);
}

function releaseLock(path: string, own: string): void {
  if (readLock(path)?.text === own) rmSync(path, { force: true });
}
