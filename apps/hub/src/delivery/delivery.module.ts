// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { DeadLetters } from './dead-letters.service';
import { DeliveriesConsumer } from './deliveries.consumer';
import { DeliveriesController } from './deliveries.controller';
import { Parked } from './parked.service';
import { Receipts } from './receipts.service';
import { Relay } from './relay.service';
import { PluginsModule } from '../plugins';

/** `DeliveryDesk`, the side that decides, is provided by the room of the referrals. */
@Module({
  imports: [PluginsModule],
  controllers: [DeliveriesConsumer, DeliveriesController],
  providers: [Relay, Receipts, DeadLetters, Parked],
  exports: [Relay],
})
export class DeliveryModule {}
