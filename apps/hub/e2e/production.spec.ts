// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { journeys } from './journeys/journeys';
import { productionTown } from './town/town';

jest.setTimeout(60_000);

describeWithServices(
  ['postgres', 'rabbit-accounts'],
  'on PostgreSQL and RabbitMQ, hub and plugin host as processes of their own',
  () => {
    journeys(productionTown);
  },
);
