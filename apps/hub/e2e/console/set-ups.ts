// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { startEmbeddedDatabase } from '@tsunagi/cli';
import { InProcessBroker } from '@tsunagi/messaging';
import { describeWithServices } from '@tsunagi/testing';
import { production, type SetUp } from '../../test/set-ups';

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
  embedded: ['on the embedded default', embedded],
  production: ['on PostgreSQL and RabbitMQ', production],
} as const;

/**
 * The people of these pages at a hub as it runs somewhere. Each file names the set-up that it plays on in CI, and they take
 * turns; with CONSOLE_SETUPS=both it plays on both (`npm run test:long -- console`).
 */
export function playedOn(own: keyof typeof setUps, suite: (setUp: SetUp) => void): void {
  const chosen = process.env['CONSOLE_SETUPS'] === 'both' ? (['embedded', 'production'] as const) : [own];
  for (const one of chosen) {
    const [name, setUp] = setUps[one];
    describeWithServices([...setUp.needs], name, () => suite(setUp));
  }
}
