// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { brokerAccounts } from '@tsunagi/messaging';
import type { TestVhost } from '@tsunagi/testing';

/** An account for the hub and for each plugin, with the rights that `tsunagi init` gives it; their URLs by name. */
export async function accountsIn(vhost: TestVhost, plugins: readonly string[]): Promise<Record<string, string>> {
  const urls: Record<string, string> = {};
  for (const { account, topics, ...rights } of brokerAccounts(plugins)) {
    urls[account] = await vhost.addAccount(account, {
      ...rights,
      topicWrite: Object.fromEntries(topics.map((t) => [t.exchange, t.write])),
    });
  }
  return urls;
}
