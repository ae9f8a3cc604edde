// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { InProcessBroker, type Courier } from '@tsunagi/messaging';
import {
  definePlugin,
  silentLog,
  uuidV7,
  type Delivery,
  type Plugin,
  type Sink,
  type Source,
} from '@tsunagi/plugin-sdk';
import {
  answersQueueOf,
  deliveriesQueueOf,
  hostQueueOf,
  messages,
  repliesQueueOf,
  type CloudEvent,
  type MessageData,
} from '@tsunagi/plugin-sdk/host';
import { temporaryFolder, until, type TemporaryFolder } from '@tsunagi/plugin-sdk/testing';
import { z } from 'zod';
import { start, type PluginHost, type PluginHostConfig } from './start';

/** A plugin whose legacy system is two arrays. */
function listPlugin(id: string, { listens = false } = {}) {
  const waiting: string[] = [];
  const written: Delivery[] = [];
  const state = { connects: 0, failing: false };
  const source: Source<string, never> = {
    name: 'list',
    everyMs: 10,
    poll: async (intake) => {
      const keys = [...waiting];
      if (keys.length > 0) intake.fileTaken();
      await intake.send(
        keys.map((key, index) => ({ itemId: key, origin: { row: index + 1 }, reading: { event: key } })),
        { checkpoint: keys.at(-1) },
      );
      waiting.splice(0, keys.length);
      return {};
    },
    countDay: (day) =>
      state.failing
        ? Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }))
        : Promise.resolve([{ what: 'events', count: Number(day.slice(-2)) }]),
    check: () => Promise.resolve([{ name: 'list', ok: true }]),
  };
  const sink: Sink = {
    write: (deliveries) => {
      written.push(...deliveries);
      return Promise.resolve(deliveries.map(({ deliveryId }) => ({ deliveryId, ok: true })));
    },
    wasWritten: () => false,
    countDay: () => Promise.resolve([{ what: 'statuses' }]),
    check: () => Promise.resolve([]),
  };
  const plugin: Plugin = definePlugin({
    id,
    domain: 'other',
    title: id,
    version: '1.0.0',
    sdk: '^0.1.0',
    config: z.strictObject({ place: z.string().describe('場所') }),
    samples: [],
    listens,
    connect: () => {
      state.connects += 1;
      if (state.failing) return Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
      return Promise.resolve({
        sources: [source],
        toSubmission: (key) => ({
          ok: true,
          value: {
            source: { system: id, key, occurredAt: '2026-11-20T09:00:00+09:00' },
            kind: 'referral',
            urgency: 'normal',
            purpose: 'consultation',
            subject: { ref: 'subject', role: 'subject', identifiers: [], items: {} },
            others: [],
          },
        }),
        toResponse: (answer: never) => answer,
        sink,
        door: ({ path }) => Promise.resolve({ status: 200, body: { path } }),
        check: () => source.check(),
      });
    },
  });
  return { plugin, waiting, written, state };
}

describe('a plugin host', () => {
  let broker: InProcessBroker;
  let hub: Courier;
  let host: PluginHost | undefined;
  let state: TemporaryFolder;
  const heard: CloudEvent[] = [];
  const ofType = <T extends keyof typeof messages>(type: T) =>
    heard.filter((event) => event.type === type).map((event) => event.data as MessageData<T>);

  beforeEach(async () => {
    heard.length = 0;
    state = await temporaryFolder();
    broker = new InProcessBroker({ drainMs: 1000 });
    hub = await broker.connect('hub', 'hub', { plugins: ['a', 'b'] });
    for (const queue of ['hub.intake', 'hub.answers', 'hub.control']) {
      await hub.consume(queue, {}, async (message) => {
        const type = message.event.type as keyof typeof messages;
        // Everything a host says is a message of the contract.
        heard.push(messages[type].parse(message.event));
      });
    }
  });
  afterEach(async () => {
    await host?.close();
    host = undefined;
    await hub.close();
    await state.remove();
  });

  const startWith = async (plugins: Record<string, unknown>, more: Partial<PluginHostConfig> = {}) =>
    (host = await start({
      plugins: Object.keys(plugins),
      secretsDir: state.path,
      stateDir: state.path,
      hostName: 'h1',
      heartbeatMs: 20,
      log: silentLog,
      limits: { drainMs: 200 },
      connect: (account, role) => broker.connect(account, role),
      load: (name) => ({ default: plugins[name.replace('@tsunagi/plugin-', '')] }),
      ...more,
    }));

  const event = <T extends keyof typeof messages>(type: T, data: MessageData<T>, causationid?: string): CloudEvent => ({
    specversion: '1.0',
    id: uuidV7(new Date()),
    source: '/hub',
    type,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    ...(causationid === undefined ? {} : { causationid }),
    data,
  });

  const order = async (plugin: string, command: MessageData<'plugin.command.v1'>['command'], hostName = 'h1') => {
    const commandId = uuidV7(new Date());
    await hub.publish(hostQueueOf(`${plugin}.${hostName}`), event('plugin.command.v1', { commandId, plugin, command }));
    return commandId;
  };
  const resultOf = async (commandId: string) => {
    const find = () => ofType('plugin.result.v1').find((result) => result.commandId === commandId);
    await until(find);
    return find()!;
  };
  const configure = async (plugin: string, more: { enabled?: boolean; version?: number; config?: object } = {}) =>
    resultOf(
      await order(plugin, {
        name: 'configure',
        config: { place: 'here', ...more.config },
        configVersion: more.version ?? 1,
        enabled: more.enabled ?? true,
        checkpoints: [],
      }),
    );
  const status = () => {
    const named = { deliveryId: uuidV7(new Date()), claim: uuidV7(new Date()) };
    const data = { ...named, referralId: named.deliveryId, code: '20' as const, at: '2026-11-20T09:00:00+09:00' };
    return { named, event: event('referral.status.v1', data) };
  };
  const answerChecks = () =>
    hub.consume('hub.answers', {}, async ({ event: asked }) => {
      heard.push(asked);
      if (asked.type !== 'deliveries.check.v1') return;
      const { deliveries } = asked.data as MessageData<'deliveries.check.v1'>;
      const answers = deliveries.map(({ deliveryId }) => ({ deliveryId, go: true }));
      await hub.publish(answersQueueOf('a'), event('deliveries.checked.v1', { answers }, asked.id));
    });

  describe('with a plugin whose legacy system calls', () => {
    const listen = { host: '127.0.0.1', port: 0 };
    const call = async (plugin: string) => {
      const { status, headers } = await fetch(`http://127.0.0.1:${host?.port}/plugins/${plugin}/v1/x`, {
        method: 'POST',
      });
      return [status, headers.get('retry-after')];
    };

    it('opens its listener, and the plugin’s door for as long as it is at work', async () => {
      await startWith({ a: listPlugin('a', { listens: true }).plugin }, { listen });
      expect(await call('a')).toEqual([503, '30']);
      await configure('a');
      expect(await call('a')).toEqual([200, null]);
      await resultOf(await order('a', { name: 'disable' }));
      expect(await call('a')).toEqual([503, '30']);
      await resultOf(await order('a', { name: 'enable' }));
      expect(await call('a')).toEqual([200, null]);
    });

    it('has no door for the others, nor for one that it does not have', async () => {
      await startWith({ a: listPlugin('a', { listens: true }).plugin, b: listPlugin('b').plugin }, { listen });
      await configure('b');
      expect(await Promise.all(['b', 'c'].map(call))).toEqual([
        [404, null],
        [404, null],
      ]);
    });

    it('opens none where nobody calls', async () => {
      await startWith({ a: listPlugin('a').plugin }, { listen });
      expect(host?.port).toBeUndefined();
    });

    it('refuses the start when the port is taken', async () => {
      const { plugin } = listPlugin('a', { listens: true });
      await startWith({ a: plugin }, { listen });
      const taken = { listen: { host: '127.0.0.1', port: host!.port! }, hostName: 'h2' };
      const first = host;
      await expect(startWith({ a: plugin }, taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
      host = first;
    });
  });

  it('refuses a plugin alone that cannot be loaded', async () => {
    const { plugin } = listPlugin('a');
    await startWith({ a: plugin, b: 'no plugin' });
    expect(host!.refused.map(({ name, code }) => [name, code])).toEqual([['b', 'NOT_A_PLUGIN']]);
    await until(() => ofType('plugin.hello.v1').some((hello) => hello.plugin === 'a'));
  });

  it('refuses a plugin alone that asks for another SDK, and says so to the hub for as long as it is here', async () => {
    await startWith({ a: listPlugin('a').plugin, b: { ...listPlugin('b').plugin, sdk: '^9.0.0' } });
    const beats = () => ofType('plugin.heartbeat.v1').filter(({ hostId }) => hostId === 'b.h1');
    await until(() => beats().length >= 2);
    expect(beats()[1]).toEqual({
      hostId: 'b.h1',
      plugins: [{ plugin: 'b', running: false, inHand: 0, code: 'SDK_RANGE' }],
    });
    expect(await configure('a')).toMatchObject({ ok: true });
    expect(ofType('plugin.hello.v1').filter(({ plugin }) => plugin === 'b')).toEqual([]);
  });

  it('says hello, with the form of the settings, until the hub has answered', async () => {
    await startWith({ a: listPlugin('a').plugin });
    await until(() => ofType('plugin.hello.v1').length >= 3);
    expect(ofType('plugin.hello.v1')[0]).toMatchObject({
      hostId: 'a.h1',
      plugin: 'a',
      sdk: '0.1.0',
      sdkRange: '^0.1.0',
      configSchema: { properties: { place: { type: 'string', description: '場所' } } },
    });
    expect(ofType('plugin.heartbeat.v1')).toEqual([]);
    await configure('a', { enabled: false });
    const hellos = ofType('plugin.hello.v1').length;
    await until(() => ofType('plugin.heartbeat.v1').length >= 3);
    expect(ofType('plugin.hello.v1').length).toBeLessThanOrEqual(hellos + 1);
  });

  it('connects to nothing while another host has the plugin, and keeps offering', async () => {
    const a = listPlugin('a');
    await startWith({ a: a.plugin });
    await order('a', { name: 'wait' });
    const before = ofType('plugin.hello.v1').length;
    await until(() => ofType('plugin.hello.v1').length >= before + 3);
    expect(a.state.connects).toBe(0);
    expect(ofType('plugin.heartbeat.v1')).toEqual([]);
  });

  it('refuses settings that do not fit, saying where, and runs the other plugin', async () => {
    const [a, b] = [listPlugin('a'), listPlugin('b')];
    await startWith({ a: a.plugin, b: b.plugin });
    expect(await configure('a', { config: { place: 7 } })).toMatchObject({
      ok: false,
      code: 'BAD_CONFIG',
      findings: [{ name: '/place', ok: false, code: 'invalid_type' }],
    });
    expect(await configure('b')).toMatchObject({ ok: true });
    await until(() => ofType('plugin.heartbeat.v1').some(({ plugins: [p] }) => p!.code === 'BAD_CONFIG'));
    await until(() => ofType('plugin.heartbeat.v1').some(({ plugins: [p] }) => p!.plugin === 'b' && p!.running));
  });

  it('says of a source that throws what it is, and runs the other plugin', async () => {
    const [a, b] = [listPlugin('a'), listPlugin('b')];
    const connect: Plugin['connect'] = async (settings, surroundings) => {
      const connected = await a.plugin.connect(settings, surroundings);
      const throwing = connected.sources.map((source) => ({
        ...source,
        poll: () => Promise.reject(Object.assign(new Error('broken'), { code: 'BROKEN' })),
      }));
      return { ...connected, sources: throwing };
    };
    await startWith({ a: Object.assign(Object.create(a.plugin), { connect }), b: b.plugin });
    await configure('a');
    await configure('b');
    await until(() =>
      ofType('plugin.heartbeat.v1').some(({ plugins: [p] }) => p!.plugin === 'a' && p!.code === 'BROKEN'),
    );
    b.waiting.push('one');
    await until(() => ofType('referral.submitted.v1').length > 0);
    expect(ofType('plugin.heartbeat.v1').filter(({ plugins: [p] }) => p!.plugin === 'b' && p!.code)).toEqual([]);
  });

  it('says so when a waiting row is not there to be read again', async () => {
    await startWith({ a: listPlugin('a').plugin });
    const release = { name: 'release', itemId: 'x/1', as: 'x/1#1', row: 1 } as const;
    expect(await resultOf(await order('a', release))).toMatchObject({ ok: false, code: 'NOT_CONFIGURED' });
    await configure('a');
    expect(await resultOf(await order('a', release))).toMatchObject({ ok: false, code: 'ROW_GONE' });
  });

  it('tries again by itself when the legacy system was away', async () => {
    const a = listPlugin('a');
    a.state.failing = true;
    await startWith({ a: a.plugin });
    expect(await configure('a')).toMatchObject({ ok: false, code: 'ECONNREFUSED' });
    a.state.failing = false;
    await until(() => ofType('plugin.heartbeat.v1').some(({ plugins: [p] }) => p!.running));
  });

  it('answers a command before it was configured with NOT_CONFIGURED', async () => {
    await startWith({ a: listPlugin('a').plugin });
    for (const name of ['enable', 'disable', 'poll', 'check'] as const) {
      expect(await resultOf(await order('a', { name }))).toMatchObject({ ok: false, code: 'NOT_CONFIGURED' });
    }
  });

  it('checks on demand, enabled or not', async () => {
    await startWith({ a: listPlugin('a').plugin });
    await configure('a', { enabled: false });
    expect(await resultOf(await order('a', { name: 'check' }))).toMatchObject({
      ok: true,
      findings: [{ name: 'list', ok: true }],
    });
  });

  it('counts a day in every place of the legacy system, and says why when it cannot', async () => {
    const a = listPlugin('a');
    await startWith({ a: a.plugin });
    const count = { name: 'count', day: '2026-11-20' } as const;
    expect(await resultOf(await order('a', count))).toMatchObject({ ok: false, code: 'NOT_CONFIGURED' });
    await configure('a');
    expect(await resultOf(await order('a', count))).toMatchObject({
      ok: true,
      counts: [{ what: 'events', source: 'list', count: 20 }, { what: 'statuses' }],
    });
    a.state.failing = true;
    const away = await resultOf(await order('a', count));
    expect([away.ok, away.code, away.counts]).toEqual([false, 'ECONNREFUSED', undefined]);
  });

  it('tries settings beside its work, which goes on with its own, and tells whoever has asked alone', async () => {
    const a = listPlugin('a');
    await startWith({ a: a.plugin });
    await configure('a', { version: 3 });
    const replyTo = uuidV7(new Date());
    const replies: MessageData<'plugin.rehearsed.v1'>[] = [];
    await hub.consume(repliesQueueOf(replyTo), {}, async ({ event: reply }) => {
      replies.push(messages['plugin.rehearsed.v1'].parse(reply).data);
    });
    const results = ofType('plugin.result.v1').length;
    const good = await order('a', { name: 'dry-run', replyTo, config: { place: 'there' } });
    const bad = await order('a', { name: 'dry-run', replyTo, config: { place: 7 } });
    await until(() => replies.length === 2);
    expect(replies).toMatchObject([
      { commandId: good, ok: true, findings: [{ name: 'list', ok: true }] },
      { commandId: bad, ok: false, code: 'BAD_CONFIG', findings: [{ name: '/place' }] },
    ]);
    expect(a.state.connects).toBe(2);
    expect(ofType('plugin.result.v1')).toHaveLength(results);
    await until(() => ofType('plugin.heartbeat.v1').at(-1)?.plugins[0]?.configVersion === 3);
    a.waiting.push('one');
    await until(() => ofType('referral.submitted.v1').length > 0);
  });

  it('does not connect a second time for the same settings, and does for new ones', async () => {
    const a = listPlugin('a');
    await startWith({ a: a.plugin });
    await configure('a');
    await configure('a');
    expect(a.state.connects).toBe(1);
    await configure('a', { version: 2 });
    expect(a.state.connects).toBe(2);
  });

  it('says with results and heartbeats which settings it has', async () => {
    await startWith({ a: listPlugin('a').plugin });
    expect(await configure('a', { version: 3 })).toMatchObject({ ok: true, configVersion: 3 });
    expect(await resultOf(await order('a', { name: 'check' }))).toMatchObject({ ok: true, configVersion: 3 });
    await until(() => ofType('plugin.heartbeat.v1').some(({ plugins: [p] }) => p!.configVersion === 3));
  });

  it('says with its heartbeat when a file last came, as soon as one has', async () => {
    const a = listPlugin('a');
    await startWith({ a: a.plugin });
    await configure('a');
    const last = () => ofType('plugin.heartbeat.v1').at(-1)?.plugins[0];
    await until(() => last()?.running);
    expect(last()).not.toHaveProperty('lastFileAt');
    a.waiting.push('one');
    await until(() => last()?.lastFileAt);
  });

  it('sends items with their watermark, and moves on when they are answered', async () => {
    const a = listPlugin('a');
    a.waiting.push('one', 'two');
    await startWith({ a: a.plugin });
    await configure('a');
    await until(() => ofType('referral.submitted.v1').length === 1);
    const [submitted] = ofType('referral.submitted.v1');
    expect(submitted).toMatchObject({
      items: [{ itemId: 'one' }, { itemId: 'two' }],
      checkpoint: { source: 'list', value: 'two' },
    });
    expect(a.waiting).toHaveLength(2);
    const answers = ['one', 'two'].map((itemId) => ({ itemId, outcome: 'accepted' as const, codes: [] }));
    await hub.publish(answersQueueOf('a'), event('items.answered.v1', { answers }));
    await until(() => a.waiting.length === 0);
  });

  it('writes a delivery after the go-ahead, says so, and only then lets go of the message', async () => {
    const a = listPlugin('a');
    await startWith({ a: a.plugin });
    await configure('a');
    await hub.close();
    hub = await broker.connect('hub', 'hub', { plugins: ['a'] });
    await answerChecks();
    const delivery = status();
    await hub.publish(deliveriesQueueOf('a'), delivery.event);
    await until(() => ofType('delivery.receipt.v1').length === 1);
    expect(ofType('delivery.receipt.v1')).toEqual([{ receipts: [{ ...delivery.named, outcome: 'delivered' }] }]);
    expect(a.written).toHaveLength(1);
    await host!.close();
    expect((await hub.queueDepth(deliveriesQueueOf('a'))).messages).toBe(0);
  });

  it('leaves deliveries in the queue while the plugin is disabled, and takes them when it is enabled', async () => {
    const a = listPlugin('a');
    await startWith({ a: a.plugin });
    await configure('a');
    await resultOf(await order('a', { name: 'disable' }));
    await hub.publish(deliveriesQueueOf('a'), status().event);
    expect(await hub.queueDepth(deliveriesQueueOf('a'))).toEqual({ messages: 1, consumers: 0 });
    await resultOf(await order('a', { name: 'enable' }));
    await until(() => ofType('deliveries.check.v1').length === 1);
  });

  it('does not double a host whose earlier incarnation is still there', async () => {
    const first = listPlugin('a');
    await startWith({ a: first.plugin });
    await configure('a');
    const second = await start({
      plugins: ['a'],
      secretsDir: state.path,
      stateDir: state.path,
      hostName: 'h1',
      heartbeatMs: 20,
      log: silentLog,
      connect: (account, role) => broker.connect(account, role),
      load: () => ({ default: listPlugin('a').plugin }),
    });
    const hellos = ofType('plugin.hello.v1').length;
    await until(() => ofType('plugin.heartbeat.v1').length >= 5);
    expect(ofType('plugin.hello.v1')).toHaveLength(hellos);
    await second.close();
  });

  it('offers itself again after the connection was lost', async () => {
    await startWith({ a: listPlugin('a').plugin });
    await configure('a');
    const hellos = ofType('plugin.hello.v1').length;
    broker.dropConnections();
    await until(() => ofType('plugin.hello.v1').length > hellos);
  });
});
