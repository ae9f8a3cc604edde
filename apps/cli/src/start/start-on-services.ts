// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { connectRabbit } from '@tsunagi/messaging';
import { accountUrl } from '@tsunagi/plugin-host';
import type { Settings } from '../settings/settings';
import { Opened } from './opened';
import { openHub, openPlugins, openSandbox, playDemo } from './start-parts';
import type { Started, StartEvents } from './started';

export interface ServiceParts {
  /** Needs both URLs. */
  readonly hub: boolean;
  /** Needs AMQP_URL. */
  readonly plugins: boolean;
  /** Needs DATABASE_URL. */
  readonly sandbox: boolean;
}

/** The chosen parts in this process, on a PostgreSQL and a RabbitMQ that run already. */
export async function startOnServices(settings: Settings, parts: ServiceParts, events: StartEvents): Promise<Started> {
  const { amqpUrl = '', databaseUrl = '' } = settings;
  const opened = new Opened();
  try {
    const demo = parts.sandbox ? await openSandbox(opened, settings, databaseUrl) : undefined;
    const hub = parts.hub
      ? await openHub(opened, settings, {
          databaseUrl,
          connect: (account) =>
            connectRabbit({ url: amqpUrl, account, role: 'hub', plugins: parts.plugins ? settings.plugins : [] }),
          embedded: false,
          callbackUrl: demo?.callbackUrl,
        })
      : undefined;
    let hostPort = settings.hostPort;
    if (parts.plugins) {
      const connect: Parameters<typeof openPlugins>[2] = async (account, role) => {
        const url = await accountUrl(amqpUrl, { plugin: role.plugin, account, secretsDir: settings.secretsDir });
        return connectRabbit({ url, account, role });
      };
      const { hostName } = settings;
      const listen = { host: settings.host, port: settings.hostPort };
      ({ port: hostPort = hostPort } = await openPlugins(opened, settings, connect, { hostName, listen }));
    }
    const door = `http://127.0.0.1:${hostPort}`;
    const running = demo && (await playDemo(demo.sandbox, door, events.onSandboxTrouble));
    return {
      baseUrl: hub?.baseUrl,
      demo: running,
      ready: () => hub?.ready(),
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close().catch(() => undefined);
    throw error;
  }
}
