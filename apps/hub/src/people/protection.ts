// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Tx } from '../platform';

/** SQL: nobody has taken this seal away; a lapsed one stands, it only asks. */
export const sealStands = (seal: string) =>
  `not exists (select 1 from person_unseal u where u.seal = ${seal}.id and u.confirmed_at is not null)`;

/** Of these persons, those whose whereabouts never leave. */
export async function sealedAmong(tx: Pick<Tx, 'query'>, persons: readonly string[]): Promise<ReadonlySet<string>> {
  if (persons.length === 0) return new Set();
  const rows = await tx.query<{ person: string }>(
    `select person from person_seal s where person = any($1::uuid[]) and ${sealStands('s')}`,
    [persons],
  );
  return new Set(rows.map((r) => r.person));
}

/** Does one of these endanger another of them? */
export async function endangerEachOther(tx: Pick<Tx, 'query'>, persons: readonly string[]): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from person_danger where person = any($1::uuid[]) and from_person = any($1::uuid[]) and ended_at is null limit 1',
    [persons],
  );
  return rows.length > 0;
}
