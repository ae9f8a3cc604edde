// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { prepareDataDirectory, prepareDirectory } from '../embedded';
import type { Settings } from '../settings/settings';
import type { ChosenStart } from './choose-start';

type Places = Pick<Settings, 'auditDir' | 'dataDir' | 'demo' | 'keys' | 'secretsDir' | 'stateDir'>;

/**
 * Before anything starts: the folders it will write to are there. What only reads them may find them read-only.
 * @throws CliError DIRECTORY_UNUSABLE or DATA_DIR_OF_OTHERS
 */
export function preparePlaces(settings: Places, chosen: ChosenStart): void {
  const embedded = chosen.mode === 'embedded';
  const all = embedded && chosen.parts === 'all';
  const parts = embedded ? { hub: true, plugins: all, sandbox: all && settings.demo } : chosen.parts;
  if (embedded || parts.sandbox || (parts.hub && settings.demo)) prepareDataDirectory(settings.dataDir);
  if (parts.sandbox) prepareDirectory(settings.secretsDir, 'TSUNAGI_SECRETS_DIR');
  if (parts.hub && !existsSync(settings.keys)) prepareDirectory(dirname(settings.keys), 'TSUNAGI_KEYS');
  if (parts.hub) prepareDirectory(settings.auditDir, 'TSUNAGI_AUDIT_DIR');
  if (parts.plugins) prepareDirectory(settings.stateDir, 'TSUNAGI_STATE_DIR');
}
