// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Channel } from 'amqplib';
import {
  bindingKeyOf,
  deadExchange,
  deadQueue,
  exchange,
  policyOfQueue,
  queueArguments,
  sharedQueues,
} from '../topology';

/** Declares exchanges, queues and bindings. Idempotent; only an account with the right to configure them can. */
export async function declareShared(channel: Channel, plugins: Iterable<string>): Promise<void> {
  for (const name of [exchange, deadExchange] as const) await assertExchange(channel, name);
  for (const queue of sharedQueues(plugins)) await declareQueue(channel, queue);
}

export async function assertExchange(channel: Channel, name: typeof exchange | typeof deadExchange): Promise<void> {
  await channel.assertExchange(name, name === exchange ? 'topic' : 'fanout', { durable: true });
}

export async function declareQueue(channel: Channel, queue: string): Promise<void> {
  const policy = policyOfQueue(queue);
  if (!policy) return;
  await channel.assertQueue(queue, { durable: true, arguments: queueArguments(policy) });
  if (queue === deadQueue) await channel.bindQueue(queue, deadExchange, '');
  else await channel.bindQueue(queue, exchange, bindingKeyOf(queue));
}

/**
 * A queue of one connection: classic, exclusive, gone with it. A host's own is not bound: nobody may bind another's exclusive
 * queue, and its owner has no right to the exchange; the hub reaches it through the default exchange. One of the hub is, because
 * a plugin has no right to the default exchange.
 */
export async function declareExclusive(channel: Channel, queue: string): Promise<void> {
  await channel.assertQueue(queue, { exclusive: true, autoDelete: true, durable: false });
  if (policyOfQueue(queue)?.bound === true) await channel.bindQueue(queue, exchange, bindingKeyOf(queue));
}
