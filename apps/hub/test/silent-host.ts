// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import {
  hostQueueOf,
  hubQueueOf,
  pluginAccount,
  pluginSource,
  type MessageData,
  type MessageToHub,
} from '@tsunagi/contracts';
import { hostIdOf } from '@tsunagi/messaging';
import type { Broker } from './set-ups';

export type SilentHost = Awaited<ReturnType<typeof silentHost>>;

/** A plugin host that says nothing by itself, so that a spec can play one that is late, restarted or gone. */
export async function silentHost(broker: Broker, plugin: string, instance: string) {
  const hostId = hostIdOf(plugin, instance);
  const commands: MessageData<'plugin.command.v1'>[] = [];
  const courier = await broker.connect(pluginAccount(plugin), { hostId, plugin });
  await courier.consume(hostQueueOf(hostId), {}, async ({ event }) => {
    commands.push(event.data as MessageData<'plugin.command.v1'>);
  });
  const say = <T extends MessageToHub>(type: T, data: MessageData<T>, at = new Date()) =>
    courier.publish(hubQueueOf[type], {
      specversion: '1.0',
      id: randomUUID(),
      source: pluginSource(plugin),
      type,
      time: at.toISOString(),
      datacontenttype: 'application/json',
      data,
    });
  return {
    hostId,
    commands,
    say,
    last: () => commands.at(-1)?.command,
    hello: (configSchema: MessageData<'plugin.hello.v1'>['configSchema'] = { type: 'object' }, version = '0.1.0') =>
      say('plugin.hello.v1', {
        hostId,
        plugin,
        domain: 'kaigo',
        title: '介護保険',
        version,
        sdk: '0.1.0',
        sdkRange: '^0.1.0',
        configSchema,
      }),
    beat: (running: boolean, more: { configVersion?: number; code?: string } = {}) =>
      say('plugin.heartbeat.v1', { hostId, plugins: [{ plugin, running, inHand: 0, ...more }] }),
    stop: () => courier.close(),
  };
}
