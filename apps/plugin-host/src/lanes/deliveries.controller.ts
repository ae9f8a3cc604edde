// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { RethrowFilter } from '@tsunagi/messaging';
import type { CloudEvent } from '@tsunagi/plugin-sdk/host';
import { PluginSession } from '../protocol/plugin-session';

/** What is to be written into the legacy system. Resolves, and is acked, when the hub has the receipt. */
@Controller()
@UseFilters(RethrowFilter)
export class DeliveriesController {
  constructor(private readonly session: PluginSession) {}

  @EventPattern('referral.sent.v1')
  sent(@Payload() event: CloudEvent): Promise<void> {
    return this.session.receive(event);
  }

  @EventPattern('referral.supplemented.v1')
  supplemented(@Payload() event: CloudEvent): Promise<void> {
    return this.session.receive(event);
  }

  @EventPattern('referral.recalled.v1')
  recalled(@Payload() event: CloudEvent): Promise<void> {
    return this.session.receive(event);
  }

  @EventPattern('referral.status.v1')
  status(@Payload() event: CloudEvent): Promise<void> {
    return this.session.receive(event);
  }
}
