// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { CliError } from '../cli.error';
import type { Settings } from '../settings/settings';
import type { ServiceParts } from './start-on-services';

export const startTargets = ['hub', 'plugins', 'sandbox'] as const;
export type StartTarget = (typeof startTargets)[number];

export type ChosenStart =
  | { readonly mode: 'embedded'; readonly parts: 'all' | 'hub' }
  | { readonly mode: 'services'; readonly parts: ServiceParts };

type Given = Pick<Settings, 'databaseUrl' | 'amqpUrl' | 'demo'>;

/**
 * What to start where, from what is given: neither URL = embedded, both = on these services. A single one is most likely
 * forgotten half of a configuration, and a hub that stores in one place and talks in another must not start.
 * @throws CliError ONE_URL_ONLY, NEEDS_AMQP_URL, NEEDS_DATABASE_URL or URL_NOT_TAKEN
 */
export function chooseStart(target: StartTarget | undefined, { databaseUrl, amqpUrl, demo }: Given): ChosenStart {
  const none = { hub: false, plugins: false, sandbox: false };
  switch (target) {
    case 'plugins':
      if (amqpUrl === undefined) throw new CliError('NEEDS_AMQP_URL');
      if (databaseUrl !== undefined) throw new CliError('URL_NOT_TAKEN', { name: 'DATABASE_URL', target });
      return { mode: 'services', parts: { ...none, plugins: true } };
    case 'sandbox':
      if (databaseUrl === undefined) throw new CliError('NEEDS_DATABASE_URL');
      return { mode: 'services', parts: { ...none, sandbox: true } };
    case 'hub':
    case undefined: {
      const all = target === undefined;
      if ((databaseUrl === undefined) !== (amqpUrl === undefined)) {
        const missing = databaseUrl === undefined ? 'DATABASE_URL' : 'AMQP_URL';
        throw new CliError('ONE_URL_ONLY', { given: missing === 'AMQP_URL' ? 'DATABASE_URL' : 'AMQP_URL', missing });
      }
      if (databaseUrl === undefined) return { mode: 'embedded', parts: all ? 'all' : 'hub' };
      return { mode: 'services', parts: { hub: true, plugins: all, sandbox: all && demo } };
    }
  }
}
