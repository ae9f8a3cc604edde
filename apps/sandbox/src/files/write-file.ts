// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';

export interface WrittenFile {
  readonly name: string;
  readonly path: string;
  readonly rows: number;
}

/** Parts are collected to about this size before they are written. */
const chunkBytes = 256 * 1024;

/** Writes a file of any size as a system would: under another name first, renamed when it is complete. */
export async function writeParts(path: string, parts: Iterable<Uint8Array>): Promise<void> {
  const file = await open(`${path}.tmp`, 'w', 0o600);
  try {
    let chunk: Uint8Array[] = [];
    let bytes = 0;
    for (const part of parts) {
      chunk.push(part);
      bytes += part.length;
      if (bytes < chunkBytes) continue;
      await file.write(Buffer.concat(chunk));
      chunk = [];
      bytes = 0;
    }
    await file.write(Buffer.concat(chunk));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
}

/** Where a file of this name lies, when it is written. */
export const placeOf = (folder: string, name: string): Pick<WrittenFile, 'name' | 'path'> => ({
  name,
  path: join(folder, name),
});
