// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { answersQueueOf, deliveriesQueueOf, hostQueueOf, hubAccount, pluginAccount } from '@tsunagi/contracts';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { connect as connectAmqp, type ConfirmChannel } from 'amqplib';
import type { Courier, DeadLetter } from '../courier';
import type { MessagingLogEntry } from '../log';
import { anEvent, fromHub } from '../../test/an-event';
import { startRabbitUnderTest, type RabbitUnderTest } from '../../test/rabbit-under-test';
import { hostIdOf } from '../topology';
import { assertTopology, connectRabbit } from './connect-rabbit';

jest.setTimeout(60_000);

/** A plugin's host that does not keep to our library: plain AMQP under its own account. */
describeWithServices(['rabbit-accounts'], 'the account of a plugin', () => {
  let broker: RabbitUnderTest;
  let hub: Courier;
  const log: MessagingLogEntry[] = [];

  beforeAll(async () => {
    broker = await startRabbitUnderTest();
    const options = { plugins: ['kaigo', 'konkyu'], log: (entry: MessagingLogEntry) => log.push(entry) };
    hub = await broker.connect(hubAccount, 'hub', options);
  });
  afterAll(async () => {
    await hub.close();
    await broker.stop();
  });

  /** What the broker answers to kaigo. */
  async function asKaigo<T>(task: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
    const model = await connectAmqp(broker.urlOf(pluginAccount('kaigo')));
    model.on('error', () => undefined);
    try {
      const channel = await model.createConfirmChannel();
      let refusal: Error | undefined;
      channel.on('error', (error) => (refusal = error));
      try {
        return await task(channel);
      } catch (error) {
        throw refusal ?? error;
      }
    } finally {
      await model.close().catch(() => undefined);
    }
  }
  const publishAsKaigo = (exchange: string, routingKey: string, options: object = {}) =>
    asKaigo(async (channel) => {
      const content = Buffer.from(JSON.stringify(anEvent()));
      channel.publish(exchange, routingKey, content, { userId: 'plugin.kaigo', mandatory: true, ...options });
      await channel.waitForConfirms();
    });
  const refused = { code: 403 };

  it('reads its own queues, and no other', async () => {
    const read = (queue: string) => asKaigo((channel) => channel.consume(queue, () => undefined));
    await expect(read(deliveriesQueueOf('kaigo'))).resolves.toBeDefined();
    await expect(read(answersQueueOf('kaigo'))).resolves.toBeDefined();
    for (const queue of [deliveriesQueueOf('konkyu'), answersQueueOf('konkyu'), 'hub.intake', 'hub.control', 'dead']) {
      await expect(read(queue)).rejects.toMatchObject(refused);
      await expect(asKaigo((channel) => channel.get(queue))).rejects.toMatchObject(refused);
    }
  });

  it('publishes to the hub, and to nobody else', async () => {
    await expect(publishAsKaigo('tsunagi', 'hub.intake.referral.submitted.v1')).resolves.toBeUndefined();
    for (const [exchange, key] of [
      ['tsunagi', 'plugin.konkyu.deliveries.referral.sent.v1'],
      ['tsunagi', 'plugin.kaigo.deliveries.referral.sent.v1'],
      ['tsunagi', 'hub.intakes.x'],
      ['', deliveriesQueueOf('konkyu')],
      ['', 'hub.intake'],
      ['', 'hub.replies.x'],
      ['tsunagi.dead', ''],
      ['amq.topic', 'hub.intake.x'],
    ] as const) {
      await expect(publishAsKaigo(exchange, key)).rejects.toMatchObject(refused);
    }
  });

  it('cannot publish under another name', async () => {
    for (const userId of ['plugin.konkyu', 'hub']) {
      await expect(publishAsKaigo('tsunagi', 'hub.intake.x', { userId })).rejects.toMatchObject({ code: 406 });
    }
  });

  it('makes no queue but its own hosts’, and changes nothing', async () => {
    const exclusive = { exclusive: true, autoDelete: true, durable: false };
    const declare = (queue: string) => asKaigo((channel) => channel.assertQueue(queue, exclusive));
    await expect(declare(hostQueueOf(hostIdOf('kaigo', 'x')))).resolves.toBeDefined();
    for (const queue of [
      hostQueueOf(hostIdOf('konkyu', 'x')),
      'host.kaigo-x.y',
      'plugin.kaigo.more',
      'hub.replies.x',
      'mine',
    ]) {
      await expect(declare(queue)).rejects.toMatchObject(refused);
    }
    const own = hostQueueOf(hostIdOf('kaigo', 'y'));
    const eavesdrop = asKaigo(async (channel) => {
      await channel.assertQueue(own, exclusive);
      await channel.bindQueue(own, 'tsunagi', '#');
    });
    await expect(eavesdrop).rejects.toMatchObject(refused);
    for (const queue of ['hub.intake', deliveriesQueueOf('kaigo')]) {
      await expect(asKaigo((channel) => channel.deleteQueue(queue))).rejects.toMatchObject(refused);
    }
  });

  it('empties no queue of the hub', async () => {
    await expect(asKaigo((channel) => channel.purgeQueue('hub.intake'))).rejects.toMatchObject(refused);
  });

  it('reaches no other plugin with a CC header either', async () => {
    const letters: DeadLetter[] = [];
    const received: unknown[] = [];
    const konkyu = await broker.connect(
      pluginAccount('konkyu'),
      { plugin: 'konkyu', hostId: hostIdOf('konkyu', 'one') },
      { plugins: [], log: (entry) => log.push(entry) },
    );
    await konkyu.consume(deliveriesQueueOf('konkyu'), {}, async ({ event }) => void received.push(event.id));
    const subscription = await hub.consumeDead(async (letter) => void letters.push(letter));

    // RabbitMQ 3.10 checks the first key only and delivers to all; later versions refuse.
    const CC = 'plugin.konkyu.deliveries.referral.sent.v1';
    await publishAsKaigo('tsunagi', 'hub.control.x', { CC }).catch(() => undefined);
    const genuine = fromHub();
    await hub.publish(deliveriesQueueOf('konkyu'), genuine);
    await waitFor(() => received.length > 0, { what: 'the genuine one' });
    expect(received).toEqual([genuine.id]);
    for (const letter of letters) expect(letter).toMatchObject({ account: 'plugin.kaigo', reason: 'rejected' });
    await Promise.all([subscription.cancel(), konkyu.close()]);
  });

  it('ends the start when it is refused, and when the broker cannot be reached', async () => {
    const role = { plugin: 'kaigo', hostId: hostIdOf('kaigo', 'one') };
    const account = pluginAccount('kaigo');
    const wrong = new URL(broker.urlOf(account));
    wrong.password = 'wrong';
    await expect(connectRabbit({ url: wrong.href, account, role })).rejects.toMatchObject({ code: 'ACCESS_REFUSED' });
    const away = { url: 'amqp://plugin.kaigo:x@127.0.0.1:9', account, role, firstConnectMs: 300 };
    await expect(connectRabbit(away)).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('is told when a courier’s account is not the one it logs in with', async () => {
    const role = { plugin: 'konkyu', hostId: hostIdOf('konkyu', 'one') };
    const account = pluginAccount('konkyu');
    const url = broker.urlOf(pluginAccount('kaigo'));
    await expect(connectRabbit({ url, account, role })).rejects.toMatchObject({ code: 'ACCESS_REFUSED' });
  });

  it('needs a topology, which `migrate` asserts as often as it likes and never changes', async () => {
    const url = broker.urlOf(hubAccount);
    await assertTopology({ url, plugins: ['kaigo', 'kosodate'] });
    await assertTopology({ url, plugins: ['kaigo', 'kosodate'] });
    expect(await hub.queueDepth(deliveriesQueueOf('kosodate'))).toEqual({ messages: 0, consumers: 0 });

    await broker.asAdmin(async (channel) => {
      await channel.deleteQueue('hub.control');
      await channel.assertQueue('hub.control', { arguments: { 'x-queue-type': 'classic' } });
    });
    await expect(assertTopology({ url, plugins: [] })).rejects.toMatchObject({ code: 'TOPOLOGY_MISMATCH' });
    await broker.asAdmin((channel) => channel.deleteQueue('hub.control'));
  });
});
