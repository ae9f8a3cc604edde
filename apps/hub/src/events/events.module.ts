// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { EventStreams } from './event-streams.service';
import { EventsController } from './events.controller';
import { AccessModule } from '../access';
import { OrganizationsModule } from '../organizations';

/** What changes is told to whoever is looking. */
@Module({
  imports: [AccessModule, OrganizationsModule],
  controllers: [EventsController],
  providers: [EventStreams],
})
export class EventsModule {}
