// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Written last: what stands beside it is whole. */
const marker = '.done';
export const maxDailyBytes = 64 * 1024 * 1024;
export const isDailyFile = (name: string): boolean => /^[^.].*\.csv$/i.test(name);

/** A file as it lies in the folder of a day. */
export interface LyingFile {
  readonly day: string;
  readonly name: string;
  readonly mtimeMs: number;
  readonly isTooLarge: boolean;
  /** Place, size and time of change: as long as they are the same, it is the same file. */
  readonly look: string;
}

/** `<folder>/kosodate/<yyyymmdd>/*.csv`: the department's, in which nothing is moved, renamed or written. */
export class DailyFolder {
  private readonly root: string;

  constructor(folder: string) {
    this.root = join(folder, 'kosodate');
  }

  /** The earliest first. @throws where the folder cannot be read */
  async days(): Promise<string[]> {
    return (await readdir(this.root)).filter((name) => /^[0-9]{8}$/.test(name)).sort();
  }

  /** Names of the files of a day, and whether it is marked as done. */
  async namesOf(day: string): Promise<{ readonly names: readonly string[]; readonly isDone: boolean }> {
    const names = await readdir(join(this.root, day));
    return { names: names.filter(isDailyFile).sort(), isDone: names.includes(marker) };
  }

  /** Undefined for a link: that is none of the department's files. */
  async lookAt(day: string, name: string): Promise<LyingFile | undefined> {
    const found = await lstat(join(this.root, day, name));
    const { size, mtimeMs } = found;
    if (!found.isFile()) return undefined;
    return { day, name, mtimeMs, isTooLarge: size > maxDailyBytes, look: [day, name, size, mtimeMs].join('/') };
  }

  /** One that is too large is known by its look; there are no bytes of it. */
  async read({ day, name, isTooLarge, look }: LyingFile): Promise<{ bytes: Buffer | undefined; sha256: string }> {
    const bytes = isTooLarge ? undefined : await readFile(join(this.root, day, name));
    return { bytes, sha256: hashOf(bytes ?? look) };
  }
}

export const hashOf = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');
