// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { RethrowFilter } from '@tsunagi/messaging';
import type { CloudEvent } from '@tsunagi/plugin-sdk/host';
import { PluginSession } from '../protocol/plugin-session';

/** What the hub answers to the plugin's items and questions. */
@Controller()
@UseFilters(RethrowFilter)
export class AnswersController {
  constructor(private readonly session: PluginSession) {}

  @EventPattern('items.answered.v1')
  itemsAnswered(@Payload() event: CloudEvent): Promise<void> {
    return this.session.receive(event);
  }

  @EventPattern('deliveries.checked.v1')
  deliveriesChecked(@Payload() event: CloudEvent): Promise<void> {
    return this.session.receive(event);
  }
}
