// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { brokerAccounts, connectRabbit, type Courier } from '@tsunagi/messaging';
import { uuidV7 } from '@tsunagi/plugin-sdk';
import {
  answersQueueOf,
  deliveriesQueueOf,
  hostQueueOf,
  type CloudEvent,
  type MessageData,
} from '@tsunagi/plugin-sdk/host';
import { temporaryFolder, temporaryLegacyFolder, type TemporaryFolder } from '@tsunagi/plugin-sdk/testing';
import { describeWithServices, testServices, waitFor, type TestVhost } from '@tsunagi/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

jest.setTimeout(60_000);

const sdk = join(__dirname, '../../../libs/plugin-sdk/dist/index.js');
const zod = require.resolve('zod');

/** A plugin of the simplest kind, as a package that the host finds by its name. */
const filesPlugin = `
const { definePlugin, envelopeFileSink, folderSource, outgoingFile } = require(${JSON.stringify(sdk)});
const { z } = require(${JSON.stringify(zod)});
module.exports = definePlugin({
  id: 'files', domain: 'other', title: 'ファイル', version: '1.0.0', sdk: '^0.1.0',
  config: z.strictObject({ folder: z.string() }), samples: [],
  journalFolder: (config) => config.folder,
  connect: async ({ config: { folder }, journal, log }) => ({
    sources: [folderSource({
      folder, journal, log, pattern: /^IN/,
      read: ({ bytes }) => ({ ok: true, header: undefined, rows: Buffer.from(bytes).toString().split('\\n')
        .map((line, index) => ({ row: index + 1, label: line, quarantined: { code: 'E-TEST' } })) }),
      resultName: (name) => name.replace('IN', 'RES'),
      writeResult: ({ rows }) => Buffer.from(Array.from(rows, ({ row, label, outcome }) => [row, label, outcome].join()).join(' ')),
    })],
    toSubmission: (event) => event, toResponse: (answer) => answer,
    sink: envelopeFileSink({ folder, journal, files: [outgoingFile({
      prefix: 'OUT', kinds: ['status'],
      toRecord: ({ status }) => ({ ok: true, record: status.deliveryId }),
      toBytes: (ids) => Buffer.from(ids.join('\\n')),
    })] }),
    check: async () => [],
  }),
});
`;

/** The built host as its own process, killed where it hurts. */
describeWithServices(['rabbit-accounts'], 'a plugin host that is killed', () => {
  let vhost: TestVhost;
  let hub: Courier;
  let legacy: TemporaryFolder;
  let home: TemporaryFolder;
  let receipts: MessageData<'delivery.receipt.v1'>['receipts'];
  let enabled: boolean;
  const processes: ChildProcess[] = [];

  beforeEach(async () => {
    receipts = [];
    enabled = true;
    legacy = await temporaryLegacyFolder();
    home = await temporaryFolder();
    const modules = join(home.path, 'node_modules/@tsunagi/plugin-files');
    await mkdir(modules, { recursive: true });
    await writeFile(join(modules, 'index.js'), filesPlugin);
    vhost = await testServices().rabbit.createVhost('host');
    for (const { account, topics, ...rights } of brokerAccounts(['files'])) {
      const topicWrite = Object.fromEntries(topics.map(({ exchange, write }) => [exchange, write]));
      await vhost.addAccount(account, { ...rights, topicWrite });
    }
    hub = await connectRabbit({ url: vhost.accountUrl('hub'), account: 'hub', role: 'hub', plugins: ['files'] });
    await hub.consume('hub.control', {}, hearControl);
    await hub.consume('hub.intake', {}, ({ event }) => {
      const { items } = event.data as MessageData<'rows.quarantined.v1'>;
      const answers = items.map(({ itemId }) => ({ itemId, outcome: 'rejected' as const, codes: [] }));
      return say(answersQueueOf('files'), 'items.answered.v1', { answers });
    });
    await hub.consume('hub.answers', {}, async ({ event }) => {
      if (event.type === 'delivery.receipt.v1') {
        receipts.push(...(event.data as MessageData<'delivery.receipt.v1'>).receipts);
        return;
      }
      const { deliveries } = event.data as MessageData<'deliveries.check.v1'>;
      const answers = deliveries.map(({ deliveryId }) => ({ deliveryId, go: true }));
      await say(answersQueueOf('files'), 'deliveries.checked.v1', { answers }, event.id);
    });
  });
  afterEach(async () => {
    for (const child of processes.splice(0)) child.kill('SIGKILL');
    await hub.close();
    await vhost.deleteVhost();
    await legacy.remove();
    await home.remove();
  });

  const say = <T extends string>(queue: string, type: T, data: unknown, causationid?: string) => {
    const now = new Date();
    const event: CloudEvent = {
      specversion: '1.0',
      id: uuidV7(now),
      source: '/hub',
      type,
      time: now.toISOString(),
      datacontenttype: 'application/json',
      ...(causationid === undefined ? {} : { causationid }),
      data,
    };
    return hub.publish(queue, event);
  };
  const hearControl = async ({ event }: { event: CloudEvent }) => {
    if (event.type !== 'plugin.hello.v1') return;
    const { hostId } = event.data as MessageData<'plugin.hello.v1'>;
    const config = { folder: legacy.path };
    const command = { name: 'configure', config, configVersion: 1, enabled, checkpoints: [] };
    // A host that was killed meanwhile has no queue any more.
    await say(hostQueueOf(hostId), 'plugin.command.v1', {
      commandId: uuidV7(new Date()),
      plugin: 'files',
      command,
    }).catch(() => undefined);
  };
  const startHost = (failpoint?: string) => {
    const child = spawn(process.execPath, [join(__dirname, '../dist/main.js')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'test',
        NODE_PATH: join(home.path, 'node_modules'),
        AMQP_URL: vhost.accountUrl('plugin.files'),
        TSUNAGI_PLUGINS: 'files',
        TSUNAGI_SECRETS_DIR: home.path,
        TSUNAGI_STATE_DIR: home.path,
        TSUNAGI_HOST_NAME: 'h1',
        TSUNAGI_POLL_MS: '50',
        TSUNAGI_HEARTBEAT_MS: '500',
        ...(failpoint === undefined ? {} : { HOST_FAILPOINT: failpoint }),
      },
    });
    child.stdout.resume();
    child.stderr.resume();
    processes.push(child);
    return child;
  };
  const killedAt = async (failpoint: string) => {
    const [, signal] = (await once(startHost(failpoint), 'exit')) as [number | null, string];
    expect(signal).toBe('SIGKILL');
  };
  const deliver = async (count: number) => {
    const deliveryIds = Array.from({ length: count }, () => uuidV7(new Date()));
    for (const deliveryId of deliveryIds) {
      const at = '2026-11-20T09:00:00+09:00';
      const data = { deliveryId, claim: deliveryId, referralId: deliveryId, code: '20', at };
      await say(deliveriesQueueOf('files'), 'referral.status.v1', data);
    }
    return deliveryIds;
  };
  const written = async () => {
    const names = (await readdir(join(legacy.path, 'out'))).filter((name) => /^OUT\d{5}\.CSV$/.test(name));
    const texts = await Promise.all(names.map((name) => readFile(join(legacy.path, 'out', name), 'utf8')));
    return texts.flatMap((text) => text.split('\n')).sort();
  };

  it.each(['before-write:1:exit', 'delivery-written:1:exit'])(
    'at %s writes each delivery once after it came back, with one receipt each',
    async (failpoint) => {
      const deliveryIds = await deliver(20);
      await killedAt(failpoint);
      startHost();
      await waitFor(() => receipts.length === 20, { what: 'twenty receipts', timeoutMs: 30_000 });
      expect(await written()).toEqual([...deliveryIds].sort());
      expect(receipts.map(({ outcome }) => outcome)).toEqual(Array(20).fill('delivered'));
    },
  );

  it('at result-ready issues the result once after it came back', async () => {
    await writeFile(join(legacy.path, 'in', 'IN1.CSV'), 'a\nb');
    await killedAt('result-ready:1:exit');
    startHost();
    await waitFor(async () => (await readdir(join(legacy.path, 'done'))).length === 1, {
      what: 'the input in done',
      timeoutMs: 30_000,
    });
    expect(await readdir(join(legacy.path, 'out'))).toEqual(['RES1.CSV']);
    expect(await readFile(join(legacy.path, 'out', 'RES1.CSV'), 'utf8')).toBe('1,a,quarantined 2,b,quarantined');
  });

  it('or rather asked to end, drains and goes by itself', async () => {
    const host = startHost();
    const [deliveryId] = await deliver(1);
    await waitFor(() => receipts.length === 1, { what: 'the receipt', timeoutMs: 30_000 });
    host.kill('SIGTERM');
    const [code] = (await once(host, 'exit')) as [number];
    expect(code).toBe(0);
    expect(await written()).toEqual([deliveryId]);
    expect((await hub.queueDepth(deliveriesQueueOf('files'))).messages).toBe(0);
  });
});
