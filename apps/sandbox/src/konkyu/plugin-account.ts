// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomBytes } from 'node:crypto';
import { Client, type Pool } from 'pg';

/**
 * An account that may read the two views and append to the two tables, no more.
 * @param databaseUrl of the pool; PGlite knows one user only, and there it comes back as it is.
 * @param known what an earlier call gave out: it stays as long as it opens the door, because hosts may be using it.
 * @returns the URL for the plugin: a secret.
 */
export async function openPluginAccount(pool: Pool, databaseUrl: string, known?: string): Promise<string> {
  const { rows } = await pool.query<{ version: string; database: string; may: boolean }>(
    `select version() as version, current_database() as database, (rolsuper or rolcreaterole) as may
     from pg_roles where rolname = current_user`,
  );
  const [found] = rows;
  if (found === undefined || !found.may || found.version.includes('PGlite')) return databaseUrl;
  // Roles belong to the whole server, this one to one database.
  const role = `konkyu_hub_${found.database}`.slice(0, 63);
  if (known !== undefined && isSameDatabase(known, databaseUrl) && (await opens(known))) {
    await pool.query(rightsSql(role));
    return known;
  }
  const password = randomBytes(24).toString('hex');
  await pool.query(accountSql(role, password));
  const url = new URL(databaseUrl);
  url.username = encodeURIComponent(role);
  url.password = password;
  return url.href;
}

function isSameDatabase(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  return a.host === b.host && a.pathname === b.pathname && a.search === b.search;
}

async function opens(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** DDL takes no parameters; the password is hexadecimal and the name quoted. */
function accountSql(role: string, password: string): string {
  const text = `'${role.replaceAll("'", "''")}'`;
  return `
    do $do$ begin
      if not exists (select from pg_roles where rolname = ${text}) then create role ${quoted(role)}; end if;
    end $do$;
    alter role ${quoted(role)} with login nosuperuser nocreatedb nocreaterole password '${password}';
    ${rightsSql(role)}`;
}

/** An account of an older demo lacks those to what came later. */
function rightsSql(role: string): string {
  return `
    grant usage on schema legacy_konkyu to ${quoted(role)};
    grant select on legacy_konkyu.V_HUB_SODAN, legacy_konkyu.V_HUB_OTO to ${quoted(role)};
    grant insert on legacy_konkyu.T_HUB_UKETSUKE, legacy_konkyu.T_HUB_KEKKA to ${quoted(role)};
    grant select (sakusei_dt) on legacy_konkyu.T_HUB_UKETSUKE to ${quoted(role)};
    grant select (sakusei_dt, hub_shokai_id) on legacy_konkyu.T_HUB_KEKKA to ${quoted(role)};`;
}

const quoted = (role: string) => `"${role.replaceAll('"', '""')}"`;
