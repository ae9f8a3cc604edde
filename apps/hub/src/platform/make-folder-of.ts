// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The folder in which a file shall lie, for its owner only. One level, because Node's `recursive` never ends below /proc
 * and the like; who starts the hub has made the rest.
 */
export function makeFolderOf(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
}
