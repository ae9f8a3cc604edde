// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { access, open, rename, writeFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';

/** Writes a file whole and safe from a power cut; of several blocks each is asked for when the one before it is written. */
export async function writeSynced(path: string, bytes: Uint8Array | Iterable<Uint8Array>, mode = 0o640): Promise<void> {
  const file = await open(path, 'w', mode);
  try {
    await writeFile(file, bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Renames and makes the rename itself safe from a power cut. */
export async function renameSynced(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    // Network shares that cannot sync a folder say so with EINVAL; the rename itself has happened.
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
  } finally {
    await folder.close();
  }
}

/** Only a clear "no such file" counts as absent: a share that does not answer must not look like an empty one. */
export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** `KAE24061.CSV`, or `KAE24061-2.CSV` and so on where that stands already: nothing is ever overwritten. */
export async function freeName(
  folder: string,
  name: string,
  {
    mayUse = () => true,
    mayStand = () => Promise.resolve(false),
  }: { mayUse?: (candidate: string) => boolean; mayStand?: (path: string) => Promise<boolean> } = {},
): Promise<string> {
  const { name: base, ext } = parse(name);
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${base}-${count}${ext}`;
    const path = join(folder, candidate);
    if (mayUse(candidate) && (!(await exists(path)) || (await mayStand(path)))) return candidate;
  }
}
