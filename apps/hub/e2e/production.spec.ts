// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { journeys } from './journeys/journeys';
import { gather } from './journeys/people';
import { stoppedHost } from './journeys/stopped-host';
import { productionTown, type ProductionControls } from './town/town';

jest.setTimeout(60_000);

describeWithServices(
  ['postgres', 'rabbit-accounts'],
  'on PostgreSQL and RabbitMQ, hub and plugin host as processes of their own',
  () => {
    journeys(productionTown, 'odd');
  },
);

describeWithServices(['postgres', 'rabbit-accounts'], 'while a host is away', () => {
  let town: ProductionControls | undefined;
  const people = gather(async () => {
    const opened = await productionTown();
    town = opened;
    return opened;
  });
  stoppedHost(people, async () => town?.loseHost());
});
