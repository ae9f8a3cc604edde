// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { assertTopology } from '@tsunagi/messaging';
import { startEmbeddedDatabase } from '../embedded';
import { exitCodes } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { fill, migrateTexts } from '../texts';
import type { Command, CommandContext } from './command';

/** The database of DATABASE_URL, else the embedded one; and the queues, where AMQP_URL says who keeps them. */
export const migrate: Command = async (context) => {
  const { settings, terminal } = context;
  const applied = await migrateDatabase(context);
  if (settings.amqpUrl !== undefined) await assertTopology({ url: settings.amqpUrl, plugins: settings.plugins });
  const topology = settings.amqpUrl !== undefined;
  show(terminal, { ok: true, applied, topology }, () => [
    applied.length === 0 ? migrateTexts.nothing : fill(migrateTexts.done, { count: applied.length }),
    ...(topology ? [migrateTexts.topology] : []),
  ]);
  return exitCodes.ok;
};

async function migrateDatabase({ settings }: CommandContext): Promise<string[]> {
  const { migrate: run } = await import('@tsunagi/hub');
  if (settings.databaseUrl !== undefined) return run({ databaseUrl: settings.databaseUrl, embedded: false });
  const database = await startEmbeddedDatabase({ dataDirectory: settings.dataDir });
  try {
    return await run({ databaseUrl: database.url, embedded: true });
  } finally {
    await database.close();
  }
}
