// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from 'node:child_process';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { waitFor } from '../wait-for';
import { describeWithServices } from '../test-services';
import { startPrivateRabbit, type PrivateRabbit } from './private-rabbit';

jest.setTimeout(90_000);

const exchange = 'tsunagi';
const queue = 'hub.intake';

describeWithServices(['private-rabbit'], 'a private RabbitMQ', () => {
  let rabbit: PrivateRabbit;
  let kaigo: string;
  beforeAll(async () => {
    rabbit = await startPrivateRabbit();
    kaigo = await rabbit.addAccount('kaigo', 'secret/with:signs', {
      configure: '',
      write: `^${exchange}$`,
      read: '^plugin\\.kaigo\\.',
      topicWrite: { [exchange]: '^hub\\.' },
    });
  });
  afterAll(() => rabbit.stop());

  it('listens on loopback only, away from the standard ports', () => {
    const listening = execFileSync('cat', ['/proc/net/tcp', '/proc/net/tcp6'], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === '0A')
      .map((columns) => columns[1]!.split(':') as [string, string])
      .map(([address, port]) => ({ address, port: parseInt(port, 16) }));
    const ports = ['RABBITMQ_NODE_PORT', 'RABBITMQ_DIST_PORT', 'ERL_EPMD_PORT'].map((name) =>
      Number(rabbit.access.env[name]),
    );
    const loopback = ['0100007F', '00000000000000000000000001000000'];
    const own = listening.filter(({ port }) => ports.includes(port));
    expect(new Set(own.map(({ port }) => port))).toEqual(new Set(ports));
    expect(own.filter(({ address }) => !loopback.includes(address))).toEqual([]);
    expect(ports).not.toContain(5672);
  });

  it('lets an account publish where it is permitted, with the keys it is permitted', async () => {
    await declare(rabbit.url);
    await using(kaigo, (channel) => publish(channel, 'hub.intake.referral.submitted.v1'));
    expect(await messages()).toBe(1);
    await expect(using(kaigo, (channel) => publish(channel, 'plugin.shogai.deliveries.forged'))).rejects.toThrow(
      'ACCESS_REFUSED',
    );
    await expect(using(kaigo, (channel) => publish(channel, 'anything', 'amq.topic'))).rejects.toThrow(
      'ACCESS_REFUSED',
    );
    await expect(using(kaigo, (channel) => channel.get(queue))).rejects.toThrow('ACCESS_REFUSED');
    await expect(using(kaigo, (channel) => channel.assertQueue('mine'))).rejects.toThrow('ACCESS_REFUSED');
    expect(await messages()).toBe(1);
  });

  it('refuses a message that names another account as its sender', async () => {
    const forged = (channel: ConfirmChannel) => publish(channel, 'hub.intake.x', exchange, { userId: 'shogai' });
    await expect(using(kaigo, forged)).rejects.toThrow('PRECONDITION_FAILED');
  });

  it('replaces permissions while it runs', async () => {
    await rabbit.addAccount('konkyu', 'k', {
      configure: '',
      write: '',
      read: '',
      topicWrite: { [exchange]: '^none$' },
    });
    const konkyu = rabbit.url.replace(/\/\/.*@/, '//konkyu:k@');
    await expect(using(konkyu, (channel) => publish(channel, 'hub.x'))).rejects.toThrow('ACCESS_REFUSED');
    await rabbit.setPermissions('konkyu', { configure: '', write: '.*', read: '' });
    await using(konkyu, (channel) => publish(channel, 'hub.x'));
  });

  it('keeps accounts of one virtual host out of another', async () => {
    const url = await rabbit.createVhost('other suite');
    await declare(url);
    expect(await rabbit.listQueues('other suite')).toEqual([
      expect.objectContaining({ name: queue, type: 'quorum', messages: 0 }),
    ]);
    await expect(connect(kaigo.replace(/[^/]*$/, 'other%20suite'))).rejects.toThrow();
  });

  it('keeps confirmed persistent messages through kill -9', async () => {
    const before = await messages();
    await using(kaigo, (channel) => publish(channel, 'hub.intake.kept'));
    await rabbit.kill();
    await expect(connect(kaigo)).rejects.toThrow('ECONNREFUSED');
    await rabbit.restart();
    await waitFor(async () => (await messages()) === before + 1, { what: 'the queue with its messages' });
  });

  it('comes back empty on the same port, with its accounts, after its data was erased', async () => {
    expect(await messages()).toBeGreaterThan(0);
    await rabbit.eraseData();
    expect(await rabbit.listQueues()).toEqual([]);
    expect(await rabbit.listQueues('other suite')).toEqual([]);
    await declare(rabbit.url);
    await using(kaigo, (channel) => publish(channel, 'hub.intake.again'));
    await expect(using(kaigo, (channel) => publish(channel, 'plugin.shogai.x'))).rejects.toThrow('ACCESS_REFUSED');
    expect(await messages()).toBe(1);
  });

  it('restarts in order while it runs', async () => {
    await rabbit.restart();
    await waitFor(async () => (await messages()) === 1, { what: 'the queue with its message' });
  });

  async function messages(): Promise<number> {
    return await using(rabbit.url, async (channel) => (await channel.checkQueue(queue)).messageCount);
  }
});

function declare(url: string): Promise<unknown> {
  return using(url, async (channel) => {
    await channel.assertExchange(exchange, 'topic');
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.bindQueue(queue, exchange, 'hub.intake.#');
  });
}

async function publish(channel: ConfirmChannel, key: string, to = exchange, properties = {}): Promise<void> {
  channel.publish(to, key, Buffer.from('{}'), { persistent: true, ...properties });
  await channel.waitForConfirms();
}

/** One connection and channel for one action; the broker's refusal is the error. */
async function using<T>(url: string, action: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
  const connection: ChannelModel = await connect(url);
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createConfirmChannel();
    const refused = new Promise<never>((_, reject) => channel.once('error', reject));
    refused.catch(() => undefined);
    return await Promise.race([
      refused,
      action(channel).catch((error: unknown) => Promise.race([refused, soon(error)])),
    ]);
  } finally {
    await connection.close().catch(() => undefined);
  }
}

/** A closed channel rejects what is pending before it says why: the reason comes in the same breath. */
const soon = (error: unknown) => new Promise<never>((_, reject) => setImmediate(reject, error));
