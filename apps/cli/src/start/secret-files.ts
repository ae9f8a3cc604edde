// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One secret, one file that only its owner reads; the plugin's settings name it. */
export function writeSecret(directory: string, name: string, value: string): void {
  const draft = join(directory, `${name}.${process.pid}.tmp`);
  writeFileSync(draft, `${value}\n`, { mode: 0o600 });
  renameSync(draft, join(directory, name));
}

export function readSecret(directory: string, name: string): string | undefined {
  const path = join(directory, name);
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd() : undefined;
}
