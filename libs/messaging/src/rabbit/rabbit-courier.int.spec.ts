// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { courierContract } from '../../test/courier.contract';
import { startRabbitUnderTest, type RabbitUnderTest } from '../../test/rabbit-under-test';

jest.setTimeout(30_000);

describeWithServices(['rabbit-accounts'], 'RabbitMQ', () => {
  let broker: RabbitUnderTest;

  beforeAll(async () => (broker = await startRabbitUnderTest()), 60_000);
  afterAll(() => broker.stop());

  courierContract(() => broker);
});
