// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubAccount } from '@tsunagi/contracts';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { CourierError } from '../courier.errors';
import { limits } from '../limits';
import { deadExchange, exchange, pluginQueuesOf, policyOfQueue, queueArguments, sharedQueues } from '../topology';
import { within } from '../within';
import { asCourierError } from './rabbit-errors';
import { assertExchange } from './rabbit-topology';

/** What a broker is, and what it lacks of what it must hold. */
export interface BrokerState {
  readonly version: string;
  /** Exchanges and queues that are not there. */
  readonly missing: readonly string[];
  /** Exchanges and queues that another version, or somebody by hand, has made otherwise. Only the hub's account can see it. */
  readonly different: readonly string[];
}

/** Looks, and makes nothing: what an account may see of the queues of these plugins. @throws CourierError */
export async function inspectRabbit(options: {
  readonly url: string;
  readonly account: string;
  readonly plugins: readonly string[];
}): Promise<BrokerState> {
  const { url, account, plugins } = options;
  const model = await dial(url, account);
  try {
    const missing: string[] = [];
    const different: string[] = [];
    const isHub = account === hubAccount;
    for (const name of [exchange, deadExchange] as const) {
      if (!(await isFine(model, (channel) => channel.checkExchange(name)))) missing.push(name);
      else if (isHub && !(await isFine(model, (channel) => assertExchange(channel, name)))) different.push(name);
    }
    for (const queue of isHub ? sharedQueues(plugins) : plugins.flatMap(pluginQueuesOf)) {
      if (!(await isFine(model, (channel) => channel.checkQueue(queue)))) missing.push(queue);
      else if (isHub && !(await isFine(model, (channel) => asAgreed(channel, queue)))) different.push(queue);
    }
    const { version } = model.connection.serverProperties as { version?: unknown };
    return { version: String(version), missing, different };
  } finally {
    await model.close().catch(() => undefined);
  }
}

/** What is there is not made again: the broker compares its properties. */
async function asAgreed(channel: Channel, queue: string): Promise<void> {
  const policy = policyOfQueue(queue);
  if (policy) await channel.assertQueue(queue, { durable: policy.durable, arguments: queueArguments(policy) });
}

async function dial(url: string, account: string): Promise<ChannelModel> {
  try {
    const model = await connect(url, {
      timeout: limits.requestTimeoutMs,
      clientProperties: { connection_name: `${account} (doctor)` },
    });
    model.on('error', () => undefined);
    return model;
  } catch (error) {
    throw asCourierError(error, account);
  }
}

/** False for what is not there, and what is there otherwise. The broker closes a channel with such an answer. */
async function isFine(model: ChannelModel, ask: (channel: Channel) => Promise<unknown>): Promise<boolean> {
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  try {
    await within(limits.requestTimeoutMs, ask(channel), () => new CourierError('TIMED_OUT', 'inspection'));
    await channel.close();
    return true;
  } catch (error) {
    const told = asCourierError(error, 'inspection');
    if (told.code === 'QUEUE_MISSING' || told.code === 'TOPOLOGY_MISMATCH') return false;
    throw told;
  }
}
