// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { brokerAccounts } from '@tsunagi/messaging';
import { rabbitHash } from './hashed-passwords';

export const vhost = 'tsunagi';

/**
 * What RabbitMQ loads at its start (`load_definitions`): our virtual host, and for the hub and each plugin an account that
 * may exactly what the transport needs. Queues are made by `tsunagi migrate` and the hub.
 */
export function brokerDefinitions(plugins: readonly string[], passwordOf: (account: string) => string): object {
  const accounts = brokerAccounts(plugins);
  return {
    vhosts: [{ name: vhost }],
    users: accounts.map(({ account }) => ({
      name: account,
      password_hash: rabbitHash(passwordOf(account)),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: [],
    })),
    permissions: accounts.map(({ account, configure, write, read }) => ({
      user: account,
      vhost,
      configure,
      write,
      read,
    })),
    topic_permissions: accounts.flatMap(({ account, topics }) =>
      topics.map(({ exchange, write, read }) => ({ user: account, vhost, exchange, write, read })),
    ),
  };
}
