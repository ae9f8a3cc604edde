// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { join } from 'node:path';

/** The secret by which the settings of konkyu name their database. */
export const konkyuSecret = 'konkyu-database-url';

/** Settings of the plugins of 見本市, on the sandbox of this data directory; quick to look, because somebody is waiting. */
export function demoPlugins(dataDir: string): Record<string, Record<string, unknown>> {
  return {
    kaigo: {
      folder: join(dataDir, 'sandbox', 'kaigo'),
      functionCode: '9970100005',
      formVersion: 'K-2026-1',
      pollMs: 500,
    },
    konkyu: {
      databaseUrl: { secretRef: konkyuSecret },
      schema: 'legacy_konkyu',
      functionCode: '9900000041',
      formVersion: 'J-2026-1',
      pollMs: 1000,
    },
    shogai: {
      folder: join(dataDir, 'sandbox', 'shogai'),
      functionCode: '9930000012',
      formVersion: 'S-2026-1',
      municipality: '990019',
      pollMs: 500,
    },
  };
}
