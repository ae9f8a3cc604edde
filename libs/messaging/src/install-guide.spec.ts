// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokerAccounts } from './broker-accounts';

describe('the installation guide', () => {
  const guide = readFileSync(join(__dirname, '../../../docs/install.md'), 'utf8');

  it.each(brokerAccounts(['kaigo']))('grants $account exactly the rights that the transport needs', (account) => {
    const { configure, write, read } = account;
    expect(guide).toContain(`${account.account} '${configure}' '${write}' '${read}'`);
    // Who may read and write every topic is not told one by one.
    for (const topic of account.topics.filter((each) => each.write !== '.*'))
      expect(guide).toContain(`${account.account} ${topic.exchange} '${topic.write}' '${topic.read}'`);
  });
});
