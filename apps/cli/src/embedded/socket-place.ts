// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The name libpq and `pg` look for in a directory given as host. */
const socketName = '.s.PGSQL.5432';
/** sun_path holds 108 bytes on Linux and 104 on macOS, with the closing zero. */
const longestPath = 103;

export interface SocketPlace {
  readonly directory: string;
  readonly socket: string;
  clear(): void;
}

/** The socket lies in the data directory; where that path is too long for a socket, in a private temporary directory. */
export function findSocketPlace(dataDirectory: string): SocketPlace {
  const fits = Buffer.byteLength(join(dataDirectory, socketName)) <= longestPath;
  const directory = fits ? dataDirectory : mkdtempSync(join(tmpdir(), 'tsunagi-'));
  const socket = join(directory, socketName);
  return {
    directory,
    socket,
    clear: () => rmSync(fits ? socket : directory, { recursive: true, force: true }),
  };
}

/** Understood by `pg` and, as `url`, by TypeORM. No password: the directory is closed to others. */
export function databaseUrlOf(directory: string): string {
  return `postgres://postgres@localhost/postgres?host=${encodeURIComponent(directory)}`;
}
