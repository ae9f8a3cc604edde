// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import type { HubUnderTest } from './hub-under-test';

/** Whoever was given the persons. What is on its way by itself finds them behind its deliveries, and may wait here too. */
const waiting = `from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%unnest($1::uuid[])%for no key update%'`;

/** Whatever the hub does by itself once its moment has come takes the same lock. */
const due = `select 1 from (${['consent', 'refusal', 'ground', 'recall', 'referral'].map((table) => `select clock_at from ${table}`).join(' union all ')}) c where clock_at <= now()`;

/** `first` waits for this person, and `then` behind it. */
export async function oneAfterTheOther<F, T>(
  under: HubUnderTest,
  person: string,
  first: () => Promise<F>,
  then: () => Promise<T>,
): Promise<[F, T]> {
  // Else one of its turns would be taken for `first`, and `then` would be before it.
  await waitFor(async () => (await under.rows(due)).length === 0, { what: 'all to be done whose moment has come' });
  const client = new Client({ connectionString: under.config.databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query('select 1 from person where id = $1 for update', [person]);
  const queued = async (n: number) =>
    waitFor(async () => (await under.rows(`select 1 ${waiting}`)).length >= n, { what: `${n} to wait` });
  const one = first();
  await queued(1);
  const other = then();
  await queued(2);
  await client.end();
  return Promise.all([one, other]);
}
