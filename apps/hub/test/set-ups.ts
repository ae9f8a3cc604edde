// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { connectRabbit, InProcessBroker, type Courier, type CourierRole } from '@tsunagi/messaging';
import { testServices, type Need } from '@tsunagi/testing';
import { accountsIn } from './broker-accounts';
import { migrate, type HubConfig } from '../src';

/** The one in the process, or RabbitMQ; as a plugin's host sees it. */
export interface Broker {
  connect(account: string, role: CourierRole): Promise<Courier>;
}

/** What a hub stands on: a database and a broker of its own, until they are closed. */
export interface Standing extends Pick<HubConfig, 'databaseUrl' | 'embedded' | 'connect'> {
  readonly broker: Broker;
  /** Other intervals than those of specs, where these would be too much. */
  readonly timings?: HubConfig['timings'];
  close(): Promise<void>;
}

export interface SetUp {
  readonly needs: readonly Need[];
  stand(told: { readonly dataDir: string; readonly plugins: readonly string[] }): Promise<Standing>;
}

const migratedDatabase = () =>
  testServices().postgres.copyDatabase('hub', 'migrated hub', (databaseUrl) =>
    migrate({ databaseUrl, embedded: false }),
  );

/** PostgreSQL, and messages in the process: no set-up that anybody runs, but the quickest for whatever does not turn on it. */
export const postgresAlone: SetUp = {
  needs: ['postgres'],
  async stand() {
    const database = await migratedDatabase();
    const broker = new InProcessBroker();
    return {
      databaseUrl: database.url,
      embedded: false,
      connect: (account) => broker.connect(account, 'hub'),
      broker,
      close: () => database.drop(),
    };
  },
};

/** PostgreSQL and RabbitMQ with an account for the hub and for each plugin, as in production. */
export const production: SetUp = {
  needs: ['postgres', 'rabbit-accounts'],
  async stand({ plugins }) {
    const [database, vhost] = await Promise.all([migratedDatabase(), testServices().rabbit.createVhost('hub')]);
    const urls = await accountsIn(vhost, plugins);
    const connect: Broker['connect'] = (account, role) =>
      connectRabbit({ url: urls[account] ?? '', account, role, heartbeatSeconds: 5 });
    return {
      databaseUrl: database.url,
      embedded: false,
      connect: (account) => connect(account, 'hub'),
      broker: { connect },
      close: async () => {
        await Promise.all([database.drop(), vhost.deleteVhost()]);
      },
    };
  },
};
