// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { HubConfig } from '@tsunagi/hub';
import type { Settings } from '../settings/settings';
import { demoPlugins } from './demo-plugins';

type FromServices = Pick<HubConfig, 'databaseUrl' | 'connect' | 'embedded'> & {
  /** Of the demo's 子育て system, where it runs beside the hub. */
  readonly callbackUrl?: string | undefined;
};

export function hubConfig(settings: Settings, { callbackUrl, ...services }: FromServices): HubConfig {
  return {
    ...services,
    host: settings.host,
    port: settings.port,
    dataDir: settings.dataDir,
    auditDir: settings.auditDir,
    demo: settings.demo,
    legal: settings.legal,
    keys: settings.keys,
    municipalityCode: settings.municipalityCode,
    collectsOrigin: settings.collectsOrigin,
    logLevel: settings.logLevel,
    chromium: settings.chromium,
    ...(settings.demo && { demoPlugins: demoPlugins(settings.dataDir, callbackUrl) }),
  };
}
