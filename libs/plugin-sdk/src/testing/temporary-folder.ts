// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { legacyFolders } from '../files/legacy-folder';

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'tsunagi-plugin-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A temporary folder with `in`, `processing`, `done`, `error` and `out` in it. */
export async function temporaryLegacyFolder(): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  for (const name of legacyFolders) await mkdir(join(folder.path, name));
  return folder;
}
