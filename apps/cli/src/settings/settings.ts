// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { GivenSettings } from './settings.schema';

/** The configuration with every default filled in. */
export interface Settings {
  readonly databaseUrl: string | undefined;
  readonly amqpUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Absolute, because plugins run with it in other places. */
  readonly dataDir: string;
  /** The second place of the audit's checkpoints. */
  readonly auditDir: string;
  readonly municipalityCode: string;
  readonly keys: string;
  readonly oidcIssuer: string | undefined;
  readonly plugins: readonly string[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly demo: boolean;
  readonly secretsDir: string;
  /** What a plugin host has written where. */
  readonly stateDir: string;
  readonly hostPort: number;
  readonly hostName: string;
  readonly chromium: string | undefined;
  readonly legal: 'checked' | 'demo';
  readonly collectsOrigin: boolean;
  readonly client: { readonly id: string; readonly secret: string } | undefined;
}

/** 見本市, of a prefecture that does not exist. */
const demoMunicipality = '990019';

/** Without a database of its own the hub is being tried out; with one it is at work, and nothing is taken for granted. */
export function withDefaults(given: GivenSettings, cwd: string): Settings {
  const tryingOut = given.DATABASE_URL === undefined;
  const dataDir = resolve(cwd, given.TSUNAGI_DATA_DIR ?? 'var');
  return {
    databaseUrl: given.DATABASE_URL,
    amqpUrl: given.AMQP_URL,
    host: given.TSUNAGI_HOST ?? (tryingOut ? '127.0.0.1' : '0.0.0.0'),
    port: given.TSUNAGI_PORT ?? 3000,
    dataDir,
    auditDir: resolve(cwd, given.TSUNAGI_AUDIT_DIR ?? join(dataDir, 'audit')),
    municipalityCode: given.TSUNAGI_MUNICIPALITY_CODE ?? demoMunicipality,
    keys: resolve(cwd, given.TSUNAGI_KEYS ?? join(dataDir, 'keys.json')),
    oidcIssuer: given.TSUNAGI_OIDC_ISSUER,
    plugins: given.TSUNAGI_PLUGINS ?? ['kaigo', 'konkyu', 'kosodate', 'shogai'],
    logLevel: given.TSUNAGI_LOG_LEVEL ?? (tryingOut ? 'warn' : 'info'),
    demo: (given.TSUNAGI_DEMO ?? (tryingOut ? 'on' : 'off')) === 'on',
    secretsDir: resolve(cwd, given.TSUNAGI_SECRETS_DIR ?? join(dataDir, 'secrets')),
    stateDir: resolve(cwd, given.TSUNAGI_STATE_DIR ?? join(dataDir, 'host')),
    hostPort: given.TSUNAGI_HOST_PORT ?? 3100,
    hostName:
      given.TSUNAGI_HOST_NAME ??
      (hostname()
        .replace(/[^0-9A-Za-z_-]/g, '-')
        .slice(0, 28) ||
        'host'),
    chromium: given.TSUNAGI_CHROMIUM,
    legal: given.TSUNAGI_LEGAL ?? (tryingOut ? 'demo' : 'checked'),
    collectsOrigin: given.TSUNAGI_ORIGIN === 'on',
    client:
      given.TSUNAGI_CLIENT_ID !== undefined && given.TSUNAGI_CLIENT_SECRET !== undefined
        ? { id: given.TSUNAGI_CLIENT_ID, secret: given.TSUNAGI_CLIENT_SECRET }
        : undefined,
  };
}
