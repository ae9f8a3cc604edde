// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';
import { mkdirSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CliError } from '../cli.error';
import type { SettingName } from '../settings/settings.schema';

/** Everything the hub keeps is personal data or a secret: nobody but its owner enters. */
export const ownerOnly = 0o700;

/**
 * Makes a directory and whatever is missing above it, and tries whether something can be written there: as root, the
 * rights alone do not tell.
 * @throws CliError DIRECTORY_UNUSABLE naming the setting to change
 */
export function prepareDirectory(path: string, setting: SettingName): void {
  try {
    makeMissing(path);
    rmdirSync(mkdtempSync(join(path, '.tsunagi-')));
  } catch (error) {
    throw new CliError('DIRECTORY_UNUSABLE', { path, setting, code: errorCode(error, 'UNKNOWN') });
  }
}

/** One by one, because below /proc and the like Node's own `recursive` tries for ever. */
function makeMissing(path: string): void {
  if (isThere(path)) return;
  if (dirname(path) !== path) makeMissing(dirname(path));
  try {
    mkdirSync(path, { mode: ownerOnly });
  } catch (error) {
    // Another start may have been quicker.
    if (!isThere(path)) throw error;
  }
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
