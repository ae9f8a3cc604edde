// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';
import type { Client } from 'pg';
import type { Settings } from '../settings/settings';
import { doctorTexts, errorTexts, fill } from '../texts';
import { failed, type Finding } from './finding';
import { hasTable, onDatabase } from './on-database';

const texts = doctorTexts.database;
/** PostgreSQL 15 as `server_version_num` says it. */
const oldestServer = 150_000;

/** Only looks: version, whether it keeps what it confirmed, and which of the hub's migrations it has. */
export async function checkDatabase(
  { databaseUrl, amqpUrl }: Pick<Settings, 'databaseUrl' | 'amqpUrl'>,
  migrations: readonly string[],
): Promise<Finding> {
  if (databaseUrl === undefined) {
    return { name: texts.name, verdict: 'ok', says: amqpUrl === undefined ? texts.embedded : texts.hostOnly };
  }
  try {
    return judgeDatabase(await onDatabase(databaseUrl, examine), migrations);
  } catch (error) {
    const { says, remedy } = errorTexts.DATABASE_AWAY;
    const code = errorCode(error, 'TIMEOUT');
    return failed(texts.name, { says: fill(says, { code }), remedy });
  }
}

export interface Examined {
  readonly version: string;
  readonly number: number;
  readonly forgetful: readonly string[];
  /** Names of the migrations it has. */
  readonly applied: readonly string[];
}

async function examine(client: Client): Promise<Examined> {
  const { rows } = await client.query<Record<'version' | 'number' | 'fsync' | 'commit', string>>(
    `select current_setting('server_version') as version, current_setting('server_version_num') as number,
       current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
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
    applied: (await hasTable(client, 'hub_migration')) ? await appliedIn(client) : [],
  };
}

async function appliedIn(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from hub_migration');
  return rows.map(({ name }) => name);
}

export function judgeDatabase(
  { version, number, forgetful, applied }: Examined,
  migrations: readonly string[],
): Finding {
  const { name, ...say } = texts;
  const pending = migrations.filter((migration) => !applied.includes(migration)).length;
  const unknown = applied.filter((migration) => !migrations.includes(migration)).length;
  if (number < oldestServer) return failed(name, { says: fill(say.old, { version }), remedy: say.oldRemedy });
  if (forgetful.length > 0) {
    const says = fill(say.forgetful, { list: forgetful.join('、') });
    return failed(name, { says, remedy: say.forgetfulRemedy });
  }
  if (applied.length === 0) return failed(name, { says: fill(say.empty, { version }), remedy: say.pendingRemedy });
  if (unknown > 0) return failed(name, { says: fill(say.newer, { count: unknown }), remedy: say.newerRemedy });
  if (pending > 0)
    return failed(name, { says: fill(say.pending, { version, count: pending }), remedy: say.pendingRemedy });
  return { name, verdict: 'ok', says: fill(say.fine, { version, count: applied.length }) };
}
