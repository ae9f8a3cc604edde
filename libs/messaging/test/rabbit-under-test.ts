// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { startPrivateRabbit, type PrivateRabbit } from '@tsunagi/testing';
import { connect, type ConfirmChannel } from 'amqplib';
import { brokerAccounts } from '../src/broker-accounts';
import { connectRabbit } from '../src/rabbit/connect-rabbit';
import { deadExchange, exchange, sharedQueues } from '../src/topology';
import { Cable } from './cable';
import type { ContractBroker } from './courier.contract';

/** A RabbitMQ with the accounts that a municipality makes, and a cable for each. */
export interface RabbitUnderTest extends ContractBroker {
  readonly rabbit: PrivateRabbit;
  urlOf(account: string): string;
  cableOf(account: string): Cable;
  /** Does something as administrator. */
  asAdmin<T>(task: (channel: ConfirmChannel) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

export async function startRabbitUnderTest(): Promise<RabbitUnderTest> {
  const rabbit = await startPrivateRabbit();
  const urls = new Map<string, string>();
  const cables = new Map<string, Cable>();
  for (const { account, topics, ...rights } of brokerAccounts(['kaigo', 'konkyu'])) {
    const topicWrite = Object.fromEntries(topics.map((topic) => [topic.exchange, topic.write]));
    urls.set(account, await rabbit.addAccount(account, 'secret', { ...rights, topicWrite }));
    cables.set(account, await Cable.to(rabbit.port));
  }
  const urlOf = (account: string) => urls.get(account)!;
  const cableOf = (account: string) => cables.get(account)!;

  const asAccount = async <T>(url: string, task: (channel: ConfirmChannel) => Promise<T>): Promise<T> => {
    const model = await connect(url);
    model.on('error', () => undefined);
    try {
      const channel = await model.createConfirmChannel();
      channel.on('error', () => undefined);
      return await task(channel);
    } finally {
      await model.close().catch(() => undefined);
    }
  };
  const asAdmin = <T>(task: (channel: ConfirmChannel) => Promise<T>) => asAccount(rabbit.url, task);

  return {
    rabbit,
    urlOf,
    cableOf,
    asAdmin,
    connect: (account, role, options) =>
      connectRabbit({ url: cableOf(account).through(urlOf(account)), account, role, ...options }),
    dropConnections: (account) => {
      for (const [name, cable] of cables) if (account === undefined || account === name) cable.drop();
    },
    suspend: () => cables.forEach((cable) => cable.pull()),
    resume: () => cables.forEach((cable) => cable.plug()),
    restart: () => rabbit.restart(),
    wipe: () => rabbit.eraseData(),
    deleteQueue: (queue) =>
      asAdmin(async (channel) => {
        await channel.deleteQueue(queue);
      }),
    inject: (queue, content, account) =>
      asAccount(urlOf(account), async (channel) => {
        channel.publish(exchange, `${queue}.injected`, content, { userId: account, persistent: true, mandatory: true });
        await channel.waitForConfirms();
      }),
    clear: () =>
      asAdmin(async (channel) => {
        for (const queue of sharedQueues(['kaigo', 'konkyu'])) await channel.deleteQueue(queue);
        await channel.deleteExchange(exchange);
        await channel.deleteExchange(deadExchange);
      }),
    stop: async () => {
      await Promise.all([...cables.values()].map((cable) => cable.close()));
      await rabbit.stop();
    },
  };
}
