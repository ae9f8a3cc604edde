// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubAccount, pluginAccount } from '@tsunagi/contracts';
import { exchange } from './topology';

/**
 * An account that the broker must have: RabbitMQ's permissions are regular expressions on names of queues and exchanges,
 * topic permissions on routing keys. `''` permits nothing.
 */
export interface BrokerAccount {
  readonly account: string;
  readonly configure: string;
  readonly write: string;
  readonly read: string;
  readonly topics: readonly { readonly exchange: string; readonly write: string; readonly read: string }[];
}

/** The hub makes and reaches everything of ours; it publishes to hosts through the default exchange. */
const hub: BrokerAccount = {
  account: hubAccount,
  configure: '^(tsunagi|tsunagi\\.dead|dead|hub\\..+|plugin\\..+)$',
  write: '^(tsunagi|tsunagi\\.dead|amq\\.default|dead|hub\\..+|plugin\\..+)$',
  read: '^(tsunagi|tsunagi\\.dead|dead|hub\\..+|plugin\\..+)$',
  topics: [{ exchange, write: '.*', read: '.*' }],
};

/** A plugin reads its own queues and speaks to the hub. It makes nothing but its hosts' own queue. */
export function accountOfPlugin(plugin: string): BrokerAccount {
  // The id of a plugin has letters, digits and hyphens: nothing that means something in a regular expression.
  const host = `host\\.${plugin}\\.[^.]+`;
  return {
    account: pluginAccount(plugin),
    configure: `^${host}$`,
    write: `^${exchange}$`,
    read: `^(plugin\\.${plugin}\\.(deliveries|answers)|${host})$`,
    topics: [{ exchange, write: '^hub\\.(intake|answers|control|replies\\.[^.]+)\\.', read: '^$' }],
  };
}

/** Every account a municipality creates, one for the hub and one for each plugin. */
export const brokerAccounts = (plugins: readonly string[]): BrokerAccount[] => [hub, ...plugins.map(accountOfPlugin)];
