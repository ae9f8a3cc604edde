// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type ConnectedPlugin, Journal, silentLog } from '@tsunagi/plugin-sdk';
import { FakeClock, type HubScript, type PluginRun, runPlugin, temporaryFolder } from '@tsunagi/plugin-sdk/testing';
import { konkyuPlugin } from '../src/konkyu.plugin';

type Source = ConnectedPlugin['sources'][number];
type Outlet = Parameters<Source['poll']>[0];
type OutgoingItem = Parameters<Outlet['send']>[0] extends Iterable<infer Item> ? Item : never;

const settings = { databaseUrl: { secretRef: 'konkyu-database-url' }, schema: 'legacy_konkyu' };

/** The plugin on a database, as a host connects it; it is 18:00 of 20 November 2026 in Japan. */
export async function connectKonkyu(url: string): Promise<ConnectedPlugin> {
  const folder = await temporaryFolder();
  const journal = await Journal.open(folder.path);
  const clock = new FakeClock('2026-11-20T18:00:00+09:00');
  const secrets = { read: () => Promise.resolve(url) };
  const plugin = await konkyuPlugin.connect(settings, { secrets, journal, log: silentLog, clock });
  const close = async () => {
    await plugin.close();
    await journal.close();
    await folder.remove();
  };
  return { ...plugin, close };
}

/** The plugin in a host, against a hub in memory. */
export async function runKonkyu(url: string, script: HubScript = {}): Promise<PluginRun> {
  const folder = await temporaryFolder();
  const secrets = { 'konkyu-database-url': url };
  const run = await runPlugin(konkyuPlugin, { ...script, config: settings, secrets, stateFolder: folder.path });
  const stop = async () => {
    await run.stop();
    await folder.remove();
  };
  return { ...run, stop };
}

/** One pass of the plugin's source toward a hub that answers everything. */
export async function readAnswers(
  plugin: ConnectedPlugin,
  committed?: string,
): Promise<{ items: OutgoingItem[]; checkpoint: string | undefined }> {
  const items: OutgoingItem[] = [];
  let checkpoint = committed;
  const outlet: Outlet = {
    checkpoint: committed,
    asked: false,
    signal: new AbortController().signal,
    failpoint: () => undefined,
    send: (batch, options) => {
      items.push(...batch);
      checkpoint = options?.checkpoint ?? checkpoint;
      return Promise.resolve();
    },
  };
  await plugin.sources[0]!.poll(outlet);
  return { items, checkpoint };
}
