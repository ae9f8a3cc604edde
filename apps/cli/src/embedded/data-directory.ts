// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { CliError } from '../cli.error';

/** Everything below the data directory is personal data or a secret: nobody but its owner enters. */
export const ownerOnly = 0o700;

/** Makes the data directory, or takes other people's rights from one that is there. */
export function prepareDataDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: ownerOnly });
  const { uid, mode } = statSync(path);
  if ((mode & 0o077) === 0) return;
  if (process.getuid !== undefined && uid !== process.getuid()) throw new CliError('DATA_DIR_OF_OTHERS', { path });
  chmodSync(path, ownerOnly);
}
