// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { join } from 'node:path';

/** Secrets that the settings of kosodate name: of the calls to the hub, and of those back. */
export const kosodateSecrets = { signature: 'kosodate-signature', callback: 'kosodate-callback' } as const;

/** Where nobody is, until the settings say where the 子育て system listens (RFC 6761). */
const nobody = 'http://kosodate.invalid/hub';

/** The secret by which the settings of konkyu name their database. */
export const konkyuSecret = 'konkyu-database-url';

/**
 * Settings of the plugins of 見本市, on the sandbox of this data directory; quick to look, because somebody is waiting.
 * @param callbackUrl where the sandbox's 子育て system listens
 */
export function demoPlugins(dataDir: string, callbackUrl = nobody): Record<string, Record<string, unknown>> {
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
    kosodate: {
      functionCode: '9940000023',
      formVersion: 'C-2026-1',
      municipality: '990019',
      childAbuseContact: '見本市こども相談係 099-999-0110',
      signatureSecret: { secretRef: kosodateSecrets.signature },
      callbackUrl,
      callbackSecret: { secretRef: kosodateSecrets.callback },
      // Nobody but this machine, or the network of compose, is on the way.
      callbackPlainHttp: true,
      bulkFolder: join(dataDir, 'sandbox', 'kosodate', 'in'),
      statusFolder: join(dataDir, 'sandbox', 'kosodate', 'out'),
      pollMs: 500,
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
