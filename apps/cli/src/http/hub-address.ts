// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReadSettings } from '../settings/read-settings';
import type { Settings } from '../settings/settings';

/** The settings of the address, and where they come from. */
export interface AskedAddress {
  readonly settings: Pick<Settings, 'host' | 'port'>;
  readonly origins: Pick<ReadSettings['origins'], 'TSUNAGI_HOST' | 'TSUNAGI_PORT'>;
}

/**
 * Where the hub is. What somebody set goes first, host and port each for itself; then what the running demo wrote down
 * (`demoUrl`); then the defaults. Port 0 lets a start choose, so it names no place.
 */
export function hubAddress({ settings, origins }: AskedAddress, demoUrl?: string): string {
  const demo = demoUrl === undefined ? undefined : new URL(demoUrl);
  const hostIsSet = origins.TSUNAGI_HOST !== 'default';
  const portIsSet = origins.TSUNAGI_PORT !== 'default' && settings.port !== 0;
  const host = hostIsSet || !demo ? reachable(settings.host) : demo.hostname;
  const port = portIsSet || !demo ? String(settings.port) : demo.port;
  return `http://${host}${port === '' ? '' : `:${port}`}`;
}

/** Who listens everywhere is reached by the loopback address. */
function reachable(host: string): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return name.includes(':') ? `[${name}]` : name;
}
