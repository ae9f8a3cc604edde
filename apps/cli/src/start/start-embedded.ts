// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { InProcessBroker } from '@tsunagi/messaging';
import { startEmbeddedDatabase } from '../embedded';
import type { Settings } from '../settings/settings';
import { Opened } from './opened';
import { openHub, openPlugins, openSandbox, playDemo, warmUp } from './start-parts';
import type { Started, StartEvents } from './started';

/** Everything in this process and one worker: PGlite, messages in memory, hub, plugins and, unless switched off, the demo. */
export async function startEmbedded(settings: Settings, parts: 'all' | 'hub', events: StartEvents): Promise<Started> {
  const opened = new Opened();
  try {
    const [database] = await Promise.all([
      startEmbeddedDatabase({ dataDirectory: settings.dataDir, ...events }),
      warmUp(),
    ]);
    opened.add(() => database.close());
    const broker = new InProcessBroker();
    const withPlugins = parts === 'all';
    const demo = withPlugins && settings.demo ? await openSandbox(opened, settings, database.url) : undefined;
    const hub = await openHub(opened, settings, {
      databaseUrl: database.url,
      connect: (account) => broker.connect(account, 'hub', { plugins: settings.plugins }),
      embedded: true,
      callbackUrl: demo?.callbackUrl,
    });
    if (withPlugins) {
      const connect: Parameters<typeof openPlugins>[2] = (account, role) => broker.connect(account, role);
      const host = await openPlugins(opened, settings, connect, { hostName: 'embedded' });
      // One port for everything.
      hub.serve('/plugins/', host.doors);
    }
    const running = demo && (await playDemo(demo.sandbox, hub.baseUrl, events.onSandboxTrouble));
    return { baseUrl: hub.baseUrl, demo: running, ready: hub.ready, close: () => opened.close() };
  } catch (error) {
    await opened.close().catch(() => undefined);
    throw error;
  }
}
