// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { courierContract } from '../../test/courier.contract';
import { InProcessBroker } from './in-process-broker';

describe('the in-process broker', () => {
  let broker: InProcessBroker;

  beforeEach(() => (broker = new InProcessBroker()));

  courierContract(() => ({
    connect: (account, role, options) => broker.connect(account, role, options),
    dropConnections: (account) => broker.dropConnections(account),
    suspend: () => broker.suspend(),
    resume: () => broker.resume(),
    restart: async () => broker.dropConnections(),
    wipe: async () => broker.wipe(),
    deleteQueue: async (queue) => broker.deleteQueue(queue),
    inject: async (queue, content, account) => broker.inject(queue, content, account),
    clear: async () => undefined,
  }));
});
