// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Settings } from './settings';
import type { SettingName } from './settings.schema';

/** A URL without its password and without parameters that could hold one. */
export function redactUrl(text: string): string {
  try {
    const url = new URL(text);
    if (url.password !== '') url.password = '***';
    for (const name of [...url.searchParams.keys()]) {
      if (!['host', 'sslmode', 'heartbeat'].includes(name)) url.searchParams.set(name, '***');
    }
    return url.href;
  } catch {
    return '***';
  }
}

/** Every value as it may be shown on a screen or in a ticket. */
export function shownSettings(settings: Settings): Readonly<Record<SettingName, string>> {
  const { databaseUrl, amqpUrl, client } = settings;
  return {
    DATABASE_URL: databaseUrl === undefined ? '-' : redactUrl(databaseUrl),
    AMQP_URL: amqpUrl === undefined ? '-' : redactUrl(amqpUrl),
    TSUNAGI_HOST: settings.host,
    TSUNAGI_PORT: String(settings.port),
    TSUNAGI_DATA_DIR: settings.dataDir,
    TSUNAGI_AUDIT_DIR: settings.auditDir,
    TSUNAGI_MUNICIPALITY_CODE: settings.municipalityCode,
    TSUNAGI_KEYS: settings.keys,
    TSUNAGI_OIDC_ISSUER: settings.oidcIssuer ?? '-',
    TSUNAGI_PLUGINS: settings.plugins.join(','),
    TSUNAGI_LOG_LEVEL: settings.logLevel,
    TSUNAGI_DEMO: settings.demo ? 'on' : 'off',
    TSUNAGI_SECRETS_DIR: settings.secretsDir,
    TSUNAGI_STATE_DIR: settings.stateDir,
    TSUNAGI_HOST_PORT: String(settings.hostPort),
    TSUNAGI_HOST_NAME: settings.hostName,
    TSUNAGI_CHROMIUM: settings.chromium ?? '-',
    TSUNAGI_LEGAL: settings.legal,
    TSUNAGI_ORIGIN: settings.collectsOrigin ? 'on' : 'off',
    TSUNAGI_CLIENT_ID: client?.id ?? '-',
    TSUNAGI_CLIENT_SECRET: client === undefined ? '-' : '***',
  };
}
