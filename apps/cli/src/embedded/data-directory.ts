// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { chmodSync, readdirSync, statSync } from 'node:fs';
import { CliError } from '../cli.error';
import { ownerOnly, prepareDirectory } from './prepare-directory';

const sticky = 0o1000;
/** What a data directory of ours may hold: any of these shows that it is one. */
const ours = new Set(['keys.json', 'demo-access.json', 'pgdata', 'sandbox', 'secrets', 'host']);

/**
 * Makes the data directory, or takes other people's rights from one that is there.
 * @throws CliError DIRECTORY_UNUSABLE or DATA_DIR_OF_OTHERS
 */
export function prepareDataDirectory(path: string): void {
  prepareDirectory(path, 'TSUNAGI_DATA_DIR');
  const { uid, mode } = statSync(path);
  if ((mode & 0o077) === 0) return;
  // One like /tmp is everybody's, one like /etc is for something else: root, too, must not take it from them.
  const inside = readdirSync(path);
  const forSomethingElse = inside.length > 0 && !inside.some((name) => ours.has(name));
  const ofOthers =
    (process.getuid !== undefined && uid !== process.getuid()) || (mode & sticky) !== 0 || forSomethingElse;
  if (ofOthers) throw new CliError('DATA_DIR_OF_OTHERS', { path });
  chmodSync(path, ownerOnly);
}
