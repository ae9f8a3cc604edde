// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Inject, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { answersQueueOf, deliveriesCheck, deliveryReceipts, type CloudEvent } from '@tsunagi/contracts';
import { RethrowFilter, type Courier } from '@tsunagi/messaging';
import { Receipts } from './receipts.service';
import { Relay } from './relay.service';
import { COURIER, hubEvent, pluginOfSource } from '../platform';

/** Go-ahead and receipts from plugin hosts. Ack comes after these return, so after the commit. */
@Controller()
@UseFilters(RethrowFilter)
export class DeliveriesConsumer {
  constructor(
    private readonly receipts: Receipts,
    private readonly relay: Relay,
    @Inject(COURIER) private readonly courier: Courier,
  ) {}

  @EventPattern('deliveries.check.v1')
  async check(event: CloudEvent): Promise<void> {
    const plugin = pluginOfSource(event.source);
    const { deliveries } = deliveriesCheck.parse(event.data);
    const go = await this.receipts.goAhead(plugin, deliveries);
    const answers = deliveries.map(({ deliveryId }) => ({ deliveryId, go: go.has(deliveryId) }));
    await this.courier.publish(
      answersQueueOf(plugin),
      hubEvent('deliveries.checked.v1', { answers }, { causationid: event.id }),
    );
  }

  @EventPattern('delivery.receipt.v1')
  async receipt(event: CloudEvent): Promise<void> {
    await this.receipts.take(pluginOfSource(event.source), deliveryReceipts.parse(event.data).receipts);
    this.relay.wake();
  }
}
