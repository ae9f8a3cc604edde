// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';
import { Client } from 'pg';
import type { Settings } from '../settings/settings';
import { doctorTexts, errorTexts, fill } from '../texts';
import { failed, type Finding } from './finding';

const texts = doctorTexts.database;
/** PostgreSQL 15 as `server_version_num` says it. */
const oldestServer = 150_000;
const patienceMs = 5_000;

/** Only looks: version, whether it keeps what it confirmed, and the hub's own list of migrations. */
export async function checkDatabase({
  databaseUrl,
  amqpUrl,
}: Pick<Settings, 'databaseUrl' | 'amqpUrl'>): Promise<Finding> {
  if (databaseUrl === undefined) {
    return { name: texts.name, verdict: 'ok', says: amqpUrl === undefined ? texts.embedded : texts.hostOnly };
  }
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return judge(await examine(client));
  } catch (error) {
    const { says, remedy } = errorTexts.DATABASE_AWAY;
    const code = errorCode(error, 'TIMEOUT');
    return failed(texts.name, { says: fill(says, { code }), remedy });
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface Examined {
  readonly version: string;
  readonly number: number;
  readonly forgetful: readonly string[];
  /** Null: there are no tables yet. */
  readonly migrations: number | null;
}

async function examine(client: Client): Promise<Examined> {
  const { rows } = await client.query<Record<'version' | 'number' | 'fsync' | 'commit' | 'list', string | null>>(
    `select current_setting('server_version') as version, current_setting('server_version_num') as number,
       current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
       to_regclass('hub_migration')::text as list`,
  );
  const [found] = rows;
  const forgetful = [
    ...(found?.fsync === 'off' ? ['fsync=off'] : []),
    ...(found?.commit === 'off' ? ['synchronous_commit=off'] : []),
  ];
  return {
    version: found?.version ?? '',
    number: Number(found?.number),
    forgetful,
    migrations: found?.list == null ? null : await countMigrations(client),
  };
}

async function countMigrations(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from hub_migration');
  return rows[0]?.count ?? 0;
}

function judge({ version, number, forgetful, migrations }: Examined): Finding {
  if (number < oldestServer) return failed(texts.name, { says: fill(texts.old, { version }), remedy: texts.oldRemedy });
  if (forgetful.length > 0) {
    const says = fill(texts.forgetful, { list: forgetful.join('、') });
    return failed(texts.name, { says, remedy: texts.forgetfulRemedy });
  }
  if (!migrations) return failed(texts.name, { says: fill(texts.empty, { version }), remedy: texts.pendingRemedy });
  return { name: texts.name, verdict: 'ok', says: fill(texts.fine, { version, count: migrations }) };
}
