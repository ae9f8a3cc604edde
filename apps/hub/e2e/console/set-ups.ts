// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { startEmbeddedDatabase } from '@tsunagi/cli';
import { InProcessBroker } from '@tsunagi/messaging';
import { describeWithServices } from '@tsunagi/testing';
import { production, type SetUp } from '../../test/set-ups';
import { embeddedTown, productionTown, type Town } from '../town/town';

/** PGlite, and messages in the process, as `npm start` has it. */
const embedded: SetUp = {
  needs: [],
  async stand({ dataDir, plugins }) {
    const database = await startEmbeddedDatabase({ dataDirectory: dataDir });
    const broker = new InProcessBroker();
    return {
      databaseUrl: database.url,
      embedded: true,
      connect: (account) => broker.connect(account, 'hub', { plugins }),
      broker,
      // One backend has to answer everybody: who looks too often keeps the pages waiting.
      timings: { poll: 200 },
      close: () => database.close(),
    };
  },
};

const setUps = {
  embedded: { name: 'on the embedded default', setUp: embedded, town: embeddedTown },
  production: { name: 'on PostgreSQL and RabbitMQ', setUp: production, town: () => productionTown() },
} as const;

type Played = (typeof setUps)[keyof typeof setUps];

function playedWith(own: keyof typeof setUps, suite: (played: Played) => void): void {
  const chosen = process.env['CONSOLE_SETUPS'] === 'both' ? (['embedded', 'production'] as const) : [own];
  for (const one of chosen) {
    const played = setUps[one];
    describeWithServices([...played.setUp.needs], played.name, () => suite(played));
  }
}

/**
 * The people of these pages at a hub as it runs somewhere. Each file names the set-up that it plays on in CI, and they take
 * turns; with CONSOLE_SETUPS=both it plays on both (`npm run test:long -- console`).
 */
export const playedOn = (own: keyof typeof setUps, suite: (setUp: SetUp) => void): void =>
  playedWith(own, ({ setUp }) => suite(setUp));

/** The same in a town whose departments have the systems and plugins that they have: hub and hosts are built. */
export const playedInTown = (own: keyof typeof setUps, suite: (open: () => Promise<Town>) => void): void =>
  playedWith(own, ({ town }) => suite(town));
