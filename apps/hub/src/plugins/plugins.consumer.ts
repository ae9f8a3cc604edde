// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { pluginHeartbeat, pluginHello, pluginResult, type CloudEvent } from '@tsunagi/contracts';
import { RethrowFilter } from '@tsunagi/messaging';
import { DailyCounts } from './daily-counts.service';
import { ForgedHostError } from './plugin.errors';
import { PluginRegistry } from './plugin-registry.service';
import { pluginOfSource } from '../platform';

/** What hosts say of themselves. The transport has proved the plugin that speaks; its host's name begins with it. */
@Controller()
@UseFilters(RethrowFilter)
export class PluginsConsumer {
  constructor(
    private readonly registry: PluginRegistry,
    private readonly counts: DailyCounts,
  ) {}

  @EventPattern('plugin.hello.v1')
  async hello(event: CloudEvent): Promise<void> {
    const hello = pluginHello.parse(event.data);
    mustBeOwn(event, hello);
    await this.registry.greet(hello);
  }

  @EventPattern('plugin.heartbeat.v1')
  async heartbeat(event: CloudEvent): Promise<void> {
    const { hostId, plugins } = pluginHeartbeat.parse(event.data);
    // Of the machines: the time of a demo may be put forward.
    const clockAheadMs = Date.parse(event.time) - Date.now();
    for (const beat of plugins) {
      mustBeOwn(event, { hostId, plugin: beat.plugin });
      await this.registry.hear(hostId, beat, clockAheadMs);
    }
  }

  @EventPattern('plugin.result.v1')
  async result(event: CloudEvent): Promise<void> {
    const result = pluginResult.parse(event.data);
    mustBeOwn(event, result);
    await this.registry.takeResult(result);
    await this.counts.take(result);
  }
}

function mustBeOwn(event: CloudEvent, { hostId, plugin }: { hostId: string; plugin: string }): void {
  if (pluginOfSource(event.source) !== plugin || !hostId.startsWith(`${plugin}.`)) throw new ForgedHostError();
}
