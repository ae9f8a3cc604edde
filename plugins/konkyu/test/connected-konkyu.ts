// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type ConnectedPlugin, type ItemAnswer, Journal, silentLog } from '@tsunagi/plugin-sdk';
import { FakeClock, type HubScript, type PluginRun, runPlugin, temporaryFolder } from '@tsunagi/plugin-sdk/testing';
import { konkyuPlugin } from '../src/konkyu.plugin';

type Source = ConnectedPlugin['sources'][number];
type Outlet = Parameters<Source['poll']>[0];
type OutgoingItem = Parameters<Outlet['send']>[0] extends Iterable<infer Item> ? Item : never;

const settings = {
  databaseUrl: { secretRef: 'konkyu-database-url' },
  functionCode: '9900000041',
  formVersion: 'J-2026-1',
};

/** An office’s database. */
interface Place {
  readonly url: string;
  readonly schema: string;
}

/** The plugin on a database, as a host connects it; it is 18:00 of 20 November 2026 in Japan. */
export async function connectKonkyu(
  { url, schema }: Place,
  more: Record<string, unknown> = {},
  clock = new FakeClock('2026-11-20T18:00:00+09:00'),
): Promise<ConnectedPlugin> {
  const folder = await temporaryFolder();
  const journal = await Journal.open(folder.path);
  const secrets = { read: () => Promise.resolve(url) };
  const surroundings = { secrets, journal, log: silentLog, clock };
  const plugin = await konkyuPlugin.connect({ ...settings, schema, ...more }, surroundings);
  const close = async () => {
    await plugin.close();
    await journal.close();
    await folder.remove();
  };
  return { ...plugin, close };
}

/** The plugin in a host, against a hub in memory. */
export async function runKonkyu({ url, schema }: Place, script: HubScript = {}): Promise<PluginRun> {
  const folder = await temporaryFolder();
  const secrets = { 'konkyu-database-url': url };
  const config = { ...settings, schema };
  const run = await runPlugin(konkyuPlugin, { ...script, config, secrets, stateFolder: folder.path });
  const stop = async () => {
    await run.stop();
    await folder.remove();
  };
  return { ...run, stop };
}

/** One pass of one of the plugin's sources toward a hub that answers everything, unless told otherwise. */
export async function read(
  plugin: ConnectedPlugin,
  view: 'sodan' | 'oto' | 'torikomi',
  { committed, asked = false, answer = () => ({}) }: ReadOptions = {},
): Promise<{
  items: OutgoingItem[];
  checkpoint: string | undefined;
  code: string | undefined;
  untakenSince: Date | undefined;
  pausedSince: Date | undefined;
}> {
  const items: OutgoingItem[] = [];
  let checkpoint = committed;
  const outlet: Outlet = {
    checkpoint: committed,
    asked,
    signal: new AbortController().signal,
    fileTaken: () => undefined,
    failpoint: () => undefined,
    send: (batch, options) => {
      for (const item of batch) {
        const { itemId, origin, fault } = item;
        items.push(item);
        const outcome = fault ? 'rejected' : 'accepted';
        const told = { itemId, outcome, codes: fault ? [fault.code] : [], ...answer(item) } as const;
        options?.onSettled?.({ itemId, origin, answer: told, fault });
      }
      checkpoint = options?.checkpoint ?? checkpoint;
      return Promise.resolve();
    },
  };
  const source = plugin.sources.find(({ name }) => name === view)!;
  const { code, untakenSince, pausedSince } = await source.poll(outlet);
  return { items, checkpoint, code, untakenSince, pausedSince };
}

interface ReadOptions {
  committed?: string | undefined;
  asked?: boolean;
  answer?: (item: OutgoingItem) => Partial<Omit<ItemAnswer, 'itemId'>>;
}
