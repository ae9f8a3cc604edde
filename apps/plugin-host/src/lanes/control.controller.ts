// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { RethrowFilter } from '@tsunagi/messaging';
import type { CloudEvent } from '@tsunagi/plugin-sdk/host';
import { PluginSession } from '../protocol/plugin-session';

/** The host's own queue: what the hub orders. */
@Controller()
@UseFilters(RethrowFilter)
export class ControlController {
  constructor(private readonly session: PluginSession) {}

  @EventPattern('plugin.command.v1')
  command(@Payload() event: CloudEvent): Promise<void> {
    return this.session.command(event);
  }
}
