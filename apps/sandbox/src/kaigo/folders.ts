// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The five folders that the 介護 system and the hub's plugin share. */
export interface KaigoFolders {
  readonly in: string;
  readonly processing: string;
  readonly done: string;
  readonly error: string;
  readonly out: string;
}

export function kaigoFolders(dataDir: string): KaigoFolders {
  const root = join(dataDir, 'sandbox', 'kaigo');
  return {
    in: join(root, 'in'),
    processing: join(root, 'processing'),
    done: join(root, 'done'),
    error: join(root, 'error'),
    out: join(root, 'out'),
  };
}

export function makeFolders(folders: KaigoFolders): void {
  for (const path of Object.values(folders) as string[]) mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** What the 介護 system hands over: KAI 異動, KAS answers. The five digits count up per kind. */
export type KaigoFileKind = 'KAI' | 'KAS';

/** Serials of the files of this kind that were ever handed over. */
export function usedSerials(folders: KaigoFolders, kind: KaigoFileKind): number[] {
  const form = new RegExp(`^${kind}([0-9]{5})\\.CSV`);
  return [folders.in, folders.processing, folders.done, folders.error]
    .flatMap((path) => readdirSync(path))
    .flatMap((name) => form.exec(name)?.[1] ?? [])
    .map(Number);
}

/**
 * Counts on from the files that are there; the first export of an empty system is named for its month. Answers have
 * serials of their own, because the result of either file is named KAE with the digits of its input.
 */
export function nextSerial(folders: KaigoFolders, kind: KaigoFileKind, yearMonth: string): number {
  const used = usedSerials(folders, kind);
  if (used.length > 0) return (Math.max(...used) + 1) % 100_000;
  return kind === 'KAS' ? 50_001 : Number(`${yearMonth.slice(2, 6)}1`);
}

export function fileName(kind: KaigoFileKind | 'KAE', serial: number): string {
  return `${kind}${String(serial).padStart(5, '0')}.CSV`;
}
