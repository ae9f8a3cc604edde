// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { chmodSync, statSync } from 'node:fs';
import { CliError } from '../cli.error';
import { ownerOnly, prepareDirectory } from './prepare-directory';

const sticky = 0o1000;

/**
 * Makes the data directory, or takes other people's rights from one that is there.
 * @throws CliError DIRECTORY_UNUSABLE or DATA_DIR_OF_OTHERS
 */
export function prepareDataDirectory(path: string): void {
  prepareDirectory(path, 'TSUNAGI_DATA_DIR');
  const { uid, mode } = statSync(path);
  if ((mode & 0o077) === 0) return;
  // One like /tmp is everybody's: root, too, must not take it from them.
  const ofOthers = (process.getuid !== undefined && uid !== process.getuid()) || (mode & sticky) !== 0;
  if (ofOthers) throw new CliError('DATA_DIR_OF_OTHERS', { path });
  chmodSync(path, ownerOnly);
}
