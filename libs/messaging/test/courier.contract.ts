// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { deferred, waitFor } from '@tsunagi/testing';
import {
  answersQueueOf,
  deliveriesQueueOf,
  hostQueueOf,
  hubAccount,
  pluginAccount,
  repliesQueueOf,
  type CloudEvent,
} from '@tsunagi/contracts';
import type { Courier, CourierRole, DeadLetter, ReceivedMessage, Subscription } from '../src/courier';
import { codeOf } from '../src/courier.errors';
import { UnknownTypeError } from '../src/failure-policies';
import { limits } from '../src/limits';
import type { MessagingLogEntry } from '../src/log';
import { hostIdOf } from '../src/topology';
import { anEvent, fromHub, numbered, numberOf } from './an-event';

/** A broker that a suite can mistreat. */
export interface ContractBroker {
  connect(account: string, role: CourierRole, options: ContractConnectOptions): Promise<Courier>;
  /** Cuts all connections, or those of one account, as a pulled cable does. */
  dropConnections(account?: string): void;
  /** Unreachable until `resume()`. */
  suspend(): void;
  resume(): void;
  /** The broker goes and comes back with what it holds. */
  restart(): Promise<void>;
  /** The broker comes back with nothing. */
  wipe(): Promise<void>;
  deleteQueue(queue: string): Promise<void>;
  /** Puts anything into a queue under an account, past every check of ours. */
  inject(queue: string, content: Buffer, account: string): Promise<void>;
  /** Ready for the next case. */
  clear(): Promise<void>;
}

export interface ContractConnectOptions {
  readonly plugins: readonly string[];
  readonly log: (entry: MessagingLogEntry) => void;
  readonly confirmTimeoutMs?: number;
  readonly drainMs?: number;
}

/** What every courier promises, whichever broker carries it. */
export function courierContract(broker: () => ContractBroker): void {
  const couriers: Courier[] = [];
  let log: MessagingLogEntry[];

  beforeEach(() => (log = []));
  afterEach(async () => {
    await Promise.all(couriers.splice(0).map((courier) => courier.close()));
    await broker().clear();
  });

  type More = Partial<ContractConnectOptions>;
  async function connect(account: string, role: CourierRole, more: More = {}): Promise<Courier> {
    const courier = await broker().connect(account, role, { plugins: [], log: (entry) => log.push(entry), ...more });
    couriers.push(courier);
    return courier;
  }
  const asHub = (more: More = {}) => connect(hubAccount, 'hub', { plugins: ['kaigo', 'konkyu'], ...more });
  const asPlugin = (plugin = 'kaigo', more: More = {}, instance = 'one') =>
    connect(pluginAccount(plugin), { plugin, hostId: hostIdOf(plugin, instance) }, more);

  const logged = (code: string) => log.filter((entry) => entry.code === code);

  /** Consumes and remembers. */
  async function collect(courier: Courier, queue: string, prefetch?: number): Promise<ReceivedMessage[]> {
    const received: ReceivedMessage[] = [];
    await courier.consume(queue, prefetch === undefined ? {} : { prefetch }, async (message) => {
      received.push(message);
    });
    return received;
  }

  async function collectDead(hub: Courier): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    await hub.consumeDead(async (letter) => {
      letters.push(letter);
    });
    return letters;
  }

  const isEmpty = async (courier: Courier, queue: string) => (await courier.queueDepth(queue)).messages === 0;
  const untilCount = (list: readonly unknown[], count: number, what: string) =>
    waitFor(() => list.length >= count, { what: `${count} ${what}`, timeoutMs: 30_000 });
  const numbersOf = (messages: readonly ReceivedMessage[]) => messages.map(({ event }) => numberOf(event));
  const range = (count: number) => Array.from({ length: count }, (_, number) => number);

  describe('publishing', () => {
    it('resolves when the message lies in its queue, and hands it over as it was, as a copy', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const event = anEvent({
        subject: '0191d5a8-7c5e-7000-8000-000000000001',
        data: { text: '髙﨑𠮷〜−', list: [1] },
      });
      await kaigo.publish('hub.intake', event);
      expect(await hub.queueDepth('hub.intake')).toMatchObject({ messages: 1, consumers: 0 });

      const received = await collect(hub, 'hub.intake');
      await untilCount(received, 1, 'message');
      expect(received).toEqual([{ event, redelivered: false, account: 'plugin.kaigo' }]);
      expect(received[0]!.event.data).not.toBe(event.data);
    });

    it('is UNROUTABLE when no queue takes it', async () => {
      const hub = await asHub({ plugins: [] });
      await expect(hub.publish(deliveriesQueueOf('kaigo'), fromHub())).rejects.toMatchObject({
        code: 'UNROUTABLE',
        retryable: true,
      });
      await expect(hub.publish(hostQueueOf('kaigo.none'), fromHub())).rejects.toMatchObject({ code: 'UNROUTABLE' });
    });

    it('refuses more than 128 KiB before it sends anything', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const tooLarge = anEvent({ data: { text: 'あ'.repeat(limits.maxPayloadBytes / 3) } });
      await expect(kaigo.publish('hub.intake', tooLarge)).rejects.toMatchObject({
        code: 'PAYLOAD_TOO_LARGE',
        retryable: false,
      });
      await kaigo.publish('hub.intake', anEvent({ data: { text: 'a'.repeat(limits.maxPayloadBytes - 400) } }));
      expect(await hub.queueDepth('hub.intake')).toMatchObject({ messages: 1 });
    });

    it('is NOT_CONFIRMED when the connection is lost before the confirm', async () => {
      await asHub();
      const kaigo = await asPlugin();
      const sent = kaigo.publish('hub.intake', anEvent());
      broker().dropConnections();
      await expect(sent).rejects.toMatchObject({ code: 'NOT_CONFIRMED', retryable: true });
    });

    it('does not hang while the broker is away, and goes on when it is back', async () => {
      await asHub();
      const kaigo = await asPlugin('kaigo', { confirmTimeoutMs: 300 });
      broker().suspend();
      await waitFor(() => !kaigo.connected, { what: 'the loss to be noticed' });
      await expect(kaigo.publish('hub.intake', anEvent())).rejects.toMatchObject({ code: 'NOT_CONFIRMED' });
      broker().resume();
      await waitFor(() => kaigo.connected, { what: 'the connection' });
      await kaigo.publish('hub.intake', anEvent());
    });

    it('gives each of many its own result, in order, and keeps their order in the queue', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const events = numbered(600);
      const tooLarge = anEvent({ data: 'x'.repeat(limits.maxPayloadBytes) });
      const results = await kaigo.publishAll([
        ...events.map((event) => ({ queue: 'hub.intake', event })),
        { queue: 'hub.intake', event: tooLarge },
        { queue: deliveriesQueueOf('kaigo'), event: anEvent() },
      ]);
      expect(results.slice(0, 600).every(({ status }) => status === 'fulfilled')).toBe(true);
      expect(results.slice(600)).toMatchObject([
        { status: 'rejected', reason: { code: 'PAYLOAD_TOO_LARGE' } },
        { status: 'rejected', reason: { code: 'ACCESS_REFUSED' } },
      ]);
      const received = await collect(hub, 'hub.intake', 1);
      await untilCount(received, 600, 'messages');
      expect(numbersOf(received)).toEqual(range(600));
    });

    it('is CLOSED after closing', async () => {
      await asHub();
      const kaigo = await asPlugin();
      await kaigo.close();
      await expect(kaigo.publish('hub.intake', anEvent())).rejects.toMatchObject({ code: 'CLOSED' });
      await expect(collect(kaigo, answersQueueOf('kaigo'))).rejects.toMatchObject({ code: 'CLOSED' });
      expect(kaigo.connected).toBe(false);
    });
  });

  describe('speaking and reading only as oneself', () => {
    it('refuses another source, another plugin’s queue and an unfitting role', async () => {
      await asHub();
      const kaigo = await asPlugin();
      await expect(kaigo.publish('hub.intake', anEvent({ source: '/plugins/konkyu' }))).rejects.toMatchObject({
        code: 'FORGED_SOURCE',
        retryable: false,
      });
      await expect(kaigo.publish('hub.intake', fromHub())).rejects.toMatchObject({ code: 'FORGED_SOURCE' });
      await expect(kaigo.publish(deliveriesQueueOf('konkyu'), anEvent())).rejects.toMatchObject({
        code: 'ACCESS_REFUSED',
      });
      await expect(kaigo.publish(hostQueueOf('konkyu.one'), anEvent())).rejects.toMatchObject({
        code: 'ACCESS_REFUSED',
      });
      await expect(collect(kaigo, deliveriesQueueOf('konkyu'))).rejects.toMatchObject({ code: 'ACCESS_REFUSED' });
      await expect(collect(kaigo, 'hub.intake')).rejects.toMatchObject({ code: 'ACCESS_REFUSED' });
      await expect(kaigo.consumeDead(async () => undefined)).rejects.toMatchObject({ code: 'ACCESS_REFUSED' });
      await expect(kaigo.declarePlugin('kaigo')).rejects.toMatchObject({ code: 'ACCESS_REFUSED' });
      await expect(connect(pluginAccount('kaigo'), 'hub')).rejects.toMatchObject({ code: 'ACCESS_REFUSED' });
      const another = { plugin: 'kaigo', hostId: hostIdOf('konkyu', 'one') };
      await expect(connect(pluginAccount('kaigo'), another)).rejects.toMatchObject({ code: 'ACCESS_REFUSED' });
    });

    it('gives a message to the dead whose source is not its account, and says so without its content', async () => {
      const hub = await asHub();
      const received = await collect(hub, 'hub.intake');
      const letters = await collectDead(hub);
      const forged = anEvent({ source: '/plugins/konkyu', data: { name: '介護 花子' } });
      await broker().inject('hub.intake', Buffer.from(JSON.stringify(forged)), pluginAccount('kaigo'));
      await untilCount(letters, 1, 'dead letter');
      expect(letters[0]).toMatchObject({
        event: forged,
        account: 'plugin.kaigo',
        queue: 'hub.intake',
        reason: 'rejected',
      });
      expect(logged('FORGED_SOURCE')).toMatchObject([
        { level: 'error', account: 'plugin.kaigo', messageId: forged.id },
      ]);
      expect(JSON.stringify(log)).not.toContain('花子');
      expect(received).toEqual([]);
    });
  });

  describe('acknowledging', () => {
    it('happens after the handler has resolved: what was in hand when the connection went comes again', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const seen: ReceivedMessage[] = [];
      const commit = deferred();
      await hub.consume('hub.intake', {}, async (message) => {
        seen.push(message);
        if (seen.length === 1) await commit.promise;
      });
      await kaigo.publish('hub.intake', anEvent());
      await untilCount(seen, 1, 'delivery');
      broker().dropConnections();
      await untilCount(seen, 2, 'deliveries');
      // Its ack comes too late, on a channel that is no more, and does no harm.
      commit.resolve();
      expect(seen.map(({ redelivered }) => redelivered)).toEqual([false, true]);
      await waitFor(() => hub.connected && kaigo.connected, { what: 'both to be back' });
      await kaigo.publish('hub.intake', anEvent());
      await untilCount(seen, 3, 'deliveries');
      expect(seen[2]!.redelivered).toBe(false);
    });

    it('holds no more than its prefetch in hand', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const gates = range(7).map(() => deferred());
      const started: number[] = [];
      await hub.consume('hub.intake', { prefetch: 3 }, async ({ event }) => {
        started.push(numberOf(event));
        await gates[numberOf(event)]!.promise;
      });
      await kaigo.publishAll(numbered(7).map((event) => ({ queue: 'hub.intake', event })));
      await untilCount(started, 3, 'handlers');
      expect(await hub.queueDepth('hub.intake')).toMatchObject({ messages: 4 });
      gates[1]!.resolve();
      await untilCount(started, 4, 'handlers');
      expect(started).toEqual([0, 1, 2, 3]);
      gates.forEach((gate) => gate.resolve());
      await untilCount(started, 7, 'handlers');
    });
  });

  describe('a message that cannot be handled', () => {
    it.each([
      ['no JSON', Buffer.from('{')],
      ['no UTF-8', Buffer.from([0x22, 0x8a, 0x22])],
      ['nothing', Buffer.alloc(0)],
      ['no envelope', Buffer.from('{"data":{"name":"介護 花子"},"type":"x"}')],
      ['an envelope with something more', Buffer.from(JSON.stringify({ ...anEvent(), secret: '花子' }))],
      ['a polluted prototype', Buffer.from('{"__proto__":{"retryable":true},"data":1,"type":"x"}')],
    ])('goes to the dead: %s', async (_what, content) => {
      const hub = await asHub();
      const received = await collect(hub, 'hub.intake');
      await broker().inject('hub.intake', content, pluginAccount('kaigo'));
      const letters = await collectDead(hub);
      await untilCount(letters, 1, 'dead letter');
      expect(letters[0]!.content.equals(content)).toBe(true);
      expect(letters[0]).toMatchObject({ event: undefined, account: 'plugin.kaigo', queue: 'hub.intake' });
      expect(logged('NOT_AN_ENVELOPE')).toHaveLength(1);
      expect(JSON.stringify(log)).not.toContain('花子');
      expect(received).toEqual([]);
    });

    it.each([
      ['UNKNOWN_TYPE', new UnknownTypeError('no handler')],
      ['HANDLER_FAILED', Object.assign(new Error('花子 has no consent'), { code: 'CONSENT_MISSING' })],
      ['HANDLER_FAILED', undefined],
    ])('goes to the dead when its handler says %s', async (code, error) => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      await hub.consume('hub.answers', {}, async ({ event }) => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- a handler may throw anything
        if (event.type === 'delivery.receipt.v1') throw error;
      });
      const letters = await collectDead(hub);
      const failing = anEvent({ type: 'delivery.receipt.v1' });
      await kaigo.publish('hub.answers', failing);
      await kaigo.publish('hub.answers', anEvent({ type: 'referral.response.v1' }));
      await untilCount(letters, 1, 'dead letter');
      expect(letters).toMatchObject([{ event: { id: failing.id }, queue: 'hub.answers', reason: 'rejected' }]);
      expect(logged(code)).toMatchObject([
        { queue: 'hub.answers', type: 'delivery.receipt.v1', messageId: failing.id },
      ]);
      expect(JSON.stringify(log)).not.toContain('花子');
    });

    it('goes to the dead when it takes its consumer with it again and again', async () => {
      const hub = await asHub();
      const letters = await collectDead(hub);
      await hub.publish(deliveriesQueueOf('kaigo'), fromHub());
      const kaigo = await asPlugin('kaigo', { drainMs: 50 });
      let taken = 0;
      await kaigo.consume(deliveriesQueueOf('kaigo'), {}, () => {
        taken += 1;
        setImmediate(() => broker().dropConnections(pluginAccount('kaigo')));
        return new Promise<never>(() => undefined);
      });
      await waitFor(() => letters.length === 1, { what: 'the dead letter', timeoutMs: 60_000 });
      expect(letters[0]).toMatchObject({ queue: deliveriesQueueOf('kaigo'), reason: 'delivery_limit' });
      expect(taken).toBe(limits.deliveryLimit + 1);
      await waitFor(() => kaigo.connected, { what: 'the connection' });
    }, 90_000);

    it('stays among the dead until the hub has taken it', async () => {
      const hub = await asHub();
      let tries = 0;
      await collect(hub, 'hub.intake');
      await hub.consumeDead(async () => {
        if (++tries < 3) throw new Error('the database is away');
      });
      await broker().inject('hub.intake', Buffer.from('?'), pluginAccount('kaigo'));
      await waitFor(() => tries === 3, { what: 'three tries' });
      await waitFor(() => isEmpty(hub, 'dead'), { what: 'no dead letter' });
    });
  });

  describe('a handler that asks for another try', () => {
    const away = () => Object.assign(new Error('the database is away'), { code: 'DATABASE_AWAY', retryable: true });

    it('gets the same message again, in place: nothing overtakes, nothing is lost or doubled', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const done: number[] = [];
      let tries = 0;
      await hub.consume('hub.intake', { prefetch: 1 }, async ({ event, redelivered }) => {
        expect(redelivered).toBe(false);
        if (numberOf(event) === 1 && ++tries <= 3) throw away();
        done.push(numberOf(event));
      });
      const letters = await collectDead(hub);
      await kaigo.publishAll(numbered(4).map((event) => ({ queue: 'hub.intake', event })));
      await untilCount(done, 4, 'handled messages');
      expect(done).toEqual([0, 1, 2, 3]);
      expect(tries).toBe(4);
      expect(logged('RETRYABLE')).toMatchObject(
        [1, 2, 3].map((attempt) => ({ level: 'warn', cause: 'DATABASE_AWAY', attempt })),
      );
      expect(letters).toEqual([]);
    });

    it('gives it back when closing, and another takes it', async () => {
      const [first, kaigo] = [await asHub(), await asPlugin()];
      let tries = 0;
      await first.consume('hub.intake', {}, async () => {
        tries += 1;
        throw away();
      });
      const event = anEvent();
      await kaigo.publish('hub.intake', event);
      await waitFor(() => tries > 0, { what: 'a try' });
      await first.close();
      const received = await collect(await asHub(), 'hub.intake');
      await untilCount(received, 1, 'message');
      expect(received).toEqual([{ event, redelivered: true, account: 'plugin.kaigo' }]);
    });
  });

  describe('coming back', () => {
    it('keeps every confirmed message through a restart of the broker', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      await kaigo.publishAll(numbered(50).map((event) => ({ queue: 'hub.intake', event })));
      await broker().restart();
      await waitFor(() => hub.connected, { what: 'the connection', timeoutMs: 20_000 });
      const received = await collect(hub, 'hub.intake', 1);
      await untilCount(received, 50, 'messages');
      expect(numbersOf(received)).toEqual(range(50));
    }, 60_000);

    it('has its consumers back before it says so', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const received = await collect(hub, 'hub.intake');
      const deliveries = await collect(kaigo, deliveriesQueueOf('kaigo'));
      const consumers: Promise<number>[] = [];
      const unsubscribe = hub.onReconnected(() => {
        consumers.push(hub.queueDepth('hub.intake').then((depth) => depth.consumers));
      });
      let kaigoBack = 0;
      kaigo.onReconnected(() => (kaigoBack += 1));

      broker().dropConnections();
      await untilCount(consumers, 1, 'notice');
      expect(await consumers[0]).toBe(1);
      await waitFor(() => kaigoBack === 1, { what: 'kaigo to be back' });
      await kaigo.publish('hub.intake', anEvent());
      await hub.publish(deliveriesQueueOf('kaigo'), fromHub());
      await untilCount(received, 1, 'message');
      await untilCount(deliveries, 1, 'delivery');

      unsubscribe();
      broker().dropConnections();
      await waitFor(() => kaigoBack === 2, { what: 'kaigo to be back' });
      expect(consumers).toHaveLength(1);
    });

    it('subscribes again when the broker has cancelled its consumer, and makes the queue anew', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const received = await collect(hub, 'hub.intake');
      await broker().deleteQueue('hub.intake');
      await waitFor(async () => (await hub.queueDepth('hub.intake')).consumers === 1, { what: 'the consumer' });
      await kaigo.publish('hub.intake', anEvent());
      await untilCount(received, 1, 'message');
    });

    it('waits for a queue that only the hub can make, and the hub makes it when it finds it missing', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const received = await collect(kaigo, deliveriesQueueOf('kaigo'));
      await broker().deleteQueue(deliveriesQueueOf('kaigo'));
      await waitFor(() => logged('CONSUMER_LOST').length > 0, { what: 'the loss' });
      await expect(hub.publish(deliveriesQueueOf('kaigo'), fromHub())).rejects.toMatchObject({ code: 'UNROUTABLE' });
      await waitFor(() => hub.publish(deliveriesQueueOf('kaigo'), fromHub()).then(() => true), { what: 'the queue' });
      await untilCount(received, 1, 'delivery');
    });

    it('finds everything as it was after the broker has lost all', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const hostQueue = hostQueueOf(hostIdOf('kaigo', 'one'));
      const intake = await collect(hub, 'hub.intake');
      const deliveries = await collect(kaigo, deliveriesQueueOf('kaigo'));
      const commands = await collect(kaigo, hostQueue);
      let back = 0;
      hub.onReconnected(() => (back += 1));
      kaigo.onReconnected(() => (back += 1));

      await broker().wipe();
      await waitFor(() => back === 2, { what: 'both to be back', timeoutMs: 40_000 });

      await kaigo.publish('hub.intake', anEvent());
      await hub.publish(deliveriesQueueOf('kaigo'), fromHub());
      await hub.publish(hostQueue, fromHub({ type: 'plugin.command.v1' }));
      await Promise.all([intake, deliveries, commands].map((list) => untilCount(list, 1, 'message')));
    }, 60_000);

    it('may start before the hub: the host waits until its queues are there', async () => {
      const kaigo = await asPlugin();
      const received: ReceivedMessage[] = [];
      const subscription: Subscription = await kaigo.consume(deliveriesQueueOf('kaigo'), {}, async (message) => {
        received.push(message);
      });
      expect(subscription.live).toBe(false);
      const hub = await asHub({ plugins: [] });
      await hub.declarePlugin('kaigo');
      await hub.publish(deliveriesQueueOf('kaigo'), fromHub());
      await untilCount(received, 1, 'delivery');
      expect(subscription.live).toBe(true);
    });
  });

  describe('closing', () => {
    it('lets the handler in flight finish and ack, and takes nothing more', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const started: CloudEvent[] = [];
      const work = deferred();
      let finished = false;
      await hub.consume('hub.intake', { prefetch: 1 }, async ({ event }) => {
        started.push(event);
        await work.promise;
        // It may still speak: an answer belongs to its work.
        await hub.publish(answersQueueOf('kaigo'), fromHub({ type: 'items.answered.v1' }));
        finished = true;
      });
      await kaigo.publishAll(numbered(2).map((event) => ({ queue: 'hub.intake', event })));
      await untilCount(started, 1, 'handler');
      const closed = hub.close();
      work.resolve();
      await closed;
      expect(finished).toBe(true);

      const again = await asHub();
      const rest = await collect(again, 'hub.intake');
      await untilCount(rest, 1, 'message');
      expect(rest).toMatchObject([{ event: { data: { number: 1 } } }]);
      expect(await again.queueDepth(answersQueueOf('kaigo'))).toMatchObject({ messages: 1 });
      expect(started).toHaveLength(1);
    });

    it('does not wait for ever: what is still in hand then comes again', async () => {
      const [hub, kaigo] = [await asHub({ drainMs: 50 }), await asPlugin()];
      let started = 0;
      await hub.consume('hub.intake', {}, () => {
        started += 1;
        return new Promise<never>(() => undefined);
      });
      await kaigo.publish('hub.intake', anEvent());
      await waitFor(() => started === 1, { what: 'the handler' });
      await hub.close();
      expect(logged('DRAIN_TIMED_OUT')).toHaveLength(1);
      const received = await collect(await asHub(), 'hub.intake');
      await untilCount(received, 1, 'message');
      expect(received[0]!.redelivered).toBe(true);
    });

    it('of one subscription leaves the others and the courier as they are', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const intake = await hub.consume('hub.intake', {}, async () => undefined);
      const answers = await collect(hub, 'hub.answers');
      await intake.cancel();
      expect(await hub.queueDepth('hub.intake')).toMatchObject({ consumers: 0 });
      await kaigo.publish('hub.answers', anEvent({ type: 'delivery.receipt.v1' }));
      await untilCount(answers, 1, 'message');
    });
  });

  describe('a plugin’s queue', () => {
    it('has one consumer at a time; the next takes over in order', async () => {
      const hub = await asHub();
      const queue = deliveriesQueueOf('kaigo');
      const seen: string[] = [];
      const consumeAs = async (instance: string, stopAt = Infinity) => {
        const courier = await asPlugin('kaigo', { drainMs: 50 }, instance);
        await courier.consume(queue, { prefetch: 2 }, async ({ event }) => {
          if (numberOf(event) >= stopAt) await new Promise<never>(() => undefined);
          seen.push(`${instance} ${numberOf(event)}`);
        });
        return courier;
      };
      const first = await consumeAs('first', 3);
      await consumeAs('second');
      for (const event of numbered(8, fromHub)) await hub.publish(queue, event);
      await untilCount(seen, 3, 'messages');
      await first.close();
      await untilCount(seen, 8, 'messages');
      expect(seen).toEqual(range(8).map((number) => `${number < 3 ? 'first' : 'second'} ${number}`));
    });
  });

  describe('a host’s own queue', () => {
    const queue = hostQueueOf(hostIdOf('kaigo', 'one'));
    const aCommand = () => fromHub({ type: 'plugin.command.v1' });

    it('belongs to one connection, takes the hub’s commands, and goes with it', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const commands = await collect(kaigo, queue);
      await hub.publish(queue, aCommand());
      await untilCount(commands, 1, 'command');
      const other = await asPlugin();
      await expect(collect(other, queue)).rejects.toMatchObject({ code: 'QUEUE_LOCKED' });

      await kaigo.close();
      await waitFor(
        () =>
          hub.publish(queue, aCommand()).then(
            () => false,
            (error: unknown) => codeOf(error) === 'UNROUTABLE',
          ),
        { what: 'the queue to be gone' },
      );
      await collect(other, queue);
      await hub.publish(queue, aCommand());
    });
  });

  describe('a queue of one connection', () => {
    const host = hostQueueOf(hostIdOf('kaigo', 'one'));
    const replies = repliesQueueOf('asker');

    it('brings what one instance of the hub has asked for to that one, and to the dead nothing of it', async () => {
      const [hub, other, kaigo] = [await asHub(), await asHub(), await asPlugin()];
      const letters = await collectDead(hub);
      const seen: string[] = [];
      const reply = anEvent({ type: 'plugin.rehearsed.v1' });
      await expect(kaigo.publish(replies, reply)).rejects.toMatchObject({ code: 'UNROUTABLE' });
      await hub.consume(replies, {}, async () => {
        seen.push('asker');
        throw new Error('cannot be handled');
      });
      await other.consume(repliesQueueOf('other'), {}, async () => void seen.push('other'));
      await collect(other, 'hub.control');
      await expect(collect(other, replies)).rejects.toMatchObject({ code: 'QUEUE_LOCKED' });
      await kaigo.publish(replies, reply);
      await untilCount(seen, 1, 'reply');
      await waitFor(() => logged('HANDLER_FAILED').length === 1, { what: 'the failure to be told' });
      // What comes to the dead after it would come after it.
      await kaigo.publish('hub.intake', anEvent({ type: 'nobody.knows.v1' }));
      await hub.consume('hub.intake', {}, () => Promise.reject(new UnknownTypeError('no handler')));
      await untilCount(letters, 1, 'letter');
      expect(letters.map(({ queue }) => queue)).toEqual(['hub.intake']);
      expect(seen).toEqual(['asker']);
      await hub.close();
      await waitFor(
        () =>
          kaigo.publish(replies, reply).then(
            () => false,
            (error: unknown) => codeOf(error) === 'UNROUTABLE',
          ),
        { what: 'the queue to be gone' },
      );
    });

    it('lets go of what nobody has taken in time, also behind what is in hand, and of nothing else', async () => {
      const [hub, kaigo] = [await asHub(), await asPlugin()];
      const seen: number[] = [];
      const { promise: done, resolve: finish } = deferred();
      await kaigo.consume(host, { prefetch: 1 }, async ({ event }) => {
        seen.push(numberOf(event));
        await done;
      });
      const [first, late, last] = numbered(3, fromHub) as [CloudEvent, CloudEvent, CloudEvent];
      await hub.publish(host, first);
      await untilCount(seen, 1, 'message');
      await hub.publish(host, late, { expiresMs: 20 });
      await waitFor(() => isEmpty(kaigo, host), { what: 'the late one to be gone' });
      await hub.publish(host, last, { expiresMs: 60_000 });
      finish();
      await untilCount(seen, 2, 'messages');
      expect(seen).toEqual([0, 2]);
    });
  });

  it('reports the depth of a queue, and that there is none', async () => {
    const hub = await asHub({ plugins: [] });
    expect(await hub.queueDepth('hub.intake')).toEqual({ messages: 0, consumers: 0 });
    await expect(hub.queueDepth(deliveriesQueueOf('kaigo'))).rejects.toMatchObject({ code: 'QUEUE_MISSING' });
    await hub.declarePlugin('kaigo');
    expect(await hub.queueDepth(deliveriesQueueOf('kaigo'))).toEqual({ messages: 0, consumers: 0 });
  });
}
