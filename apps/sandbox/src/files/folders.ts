// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type FileOffice, serialIn } from './file-office';

/** The five folders that a department's system and the hub's plugin share. */
export interface Folders {
  readonly in: string;
  readonly processing: string;
  readonly done: string;
  readonly error: string;
  readonly out: string;
}

export function foldersOf(dataDir: string, { system }: Pick<FileOffice, 'system'>): Folders {
  const root = join(dataDir, 'sandbox', system);
  return {
    in: join(root, 'in'),
    processing: join(root, 'processing'),
    done: join(root, 'done'),
    error: join(root, 'error'),
    out: join(root, 'out'),
  };
}

export function makeFolders(folders: Folders): void {
  for (const path of Object.values(folders) as string[]) mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** What the system hands over. The five digits count up per kind. */
type HandedOver = 'events' | 'answers';

/** Serials of the files of this kind that were ever handed over. */
export function usedSerials(folders: Folders, office: FileOffice, kind: HandedOver): number[] {
  return [folders.in, folders.processing, folders.done, folders.error]
    .flatMap((path) => readdirSync(path))
    .flatMap((name) => serialIn(office, kind, name) ?? []);
}

/**
 * Counts on from the files that are there; the first export of an empty system is named for its month. Answers have
 * serials of their own, because the result of either file has the digits of its input.
 */
export function nextSerial(folders: Folders, office: FileOffice, kind: HandedOver, yearMonth: string): number {
  const used = usedSerials(folders, office, kind);
  if (used.length > 0) return (Math.max(...used) + 1) % 100_000;
  return kind === 'answers' ? 50_001 : Number(`${yearMonth.slice(2, 6)}1`);
}
