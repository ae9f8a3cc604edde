// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { assertTopology } from '@tsunagi/messaging';
import { startEmbeddedDatabase } from '../embedded';
import { secretPlace, type SecretPlace } from '../master-data/secret-place';
import { exitCodes } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { fill, migrateTexts } from '../texts';
import type { Command, CommandContext } from './command';

export interface MigrateOptions {
  readonly firstClient?: string;
  readonly secretFile?: string;
}

/**
 * The database of DATABASE_URL, else the embedded one; and the queues, where AMQP_URL says who keeps them. With
 * --first-client also the way in to a hub that has none yet.
 */
export const migrate: Command<[MigrateOptions]> = async (context, options) => {
  const { settings, terminal } = context;
  const place = options.firstClient === undefined ? undefined : secretPlace(context, options.secretFile);
  const applied = await migrateDatabase(context);
  if (settings.amqpUrl !== undefined) await assertTopology({ url: settings.amqpUrl, plugins: settings.plugins });
  const topology = settings.amqpUrl !== undefined;
  const made = options.firstClient === undefined ? [] : await firstClient(context, options.firstClient, place);
  place?.close();
  show(terminal, { ok: true, applied, topology }, () => [
    applied.length === 0 ? migrateTexts.nothing : fill(migrateTexts.done, { count: applied.length }),
    ...(topology ? [migrateTexts.topology] : []),
    ...made,
  ]);
  return exitCodes.ok;
};

async function firstClient(context: CommandContext, id: string, place: SecretPlace | undefined): Promise<string[]> {
  const { firstClient: make } = await import('@tsunagi/hub');
  const secret = await onDatabase(context, (where) => make(where, id));
  if (secret === undefined) return [migrateTexts.clientThere];
  return [fill(migrateTexts.client, { id }), ...(place?.keep(id, secret) ?? [])];
}

async function migrateDatabase(context: CommandContext): Promise<string[]> {
  const { migrate: run } = await import('@tsunagi/hub');
  return onDatabase(context, run);
}

async function onDatabase<T>(
  { settings }: CommandContext,
  work: (where: { databaseUrl: string; embedded: boolean }) => Promise<T>,
): Promise<T> {
  if (settings.databaseUrl !== undefined) return work({ databaseUrl: settings.databaseUrl, embedded: false });
  const database = await startEmbeddedDatabase({ dataDirectory: settings.dataDir });
  try {
    return await work({ databaseUrl: database.url, embedded: true });
  } finally {
    await database.close();
  }
}
