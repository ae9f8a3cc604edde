// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckAuthority } from '@tsunagi/contracts';
import { addDays, succeeding, type DatedRow } from '@tsunagi/domain';
import type { MasterData } from './master-data';
import type { Caller } from '../access';
import { changeAt, InvalidInputError, type Row, type Tx } from '../platform';

/** Rules that follow each other from a day on, all of one kind together. */
interface Succession<Rule extends DatedRow & { readonly id: string }> {
  readonly table: 'age_rule' | 'incident_rule';
  readonly read: (tx: Tx) => Promise<readonly Rule[]>;
  readonly validFrom: string;
  /** What is written of each and what the audit says of it; the days are the same for all. */
  readonly made: readonly { readonly id: string; readonly columns: Row; readonly said: Record<string, unknown> }[];
}

/** Those in force end the day before; what begins later still comes after these. */
export async function beginRules<Rule extends DatedRow & { readonly id: string }>(
  data: MasterData,
  caller: Caller,
  { table, read, validFrom, made }: Succession<Rule>,
): Promise<void> {
  const lastDay = addDays(validFrom, -1);
  await data.write(caller, async (tx, note) => {
    // Two who begin something at once would each end what the other has not seen.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [table]);
    const { ended, validTo } = succeeding(await read(tx), validFrom);
    tx.change(table, `update ${table} set valid_to = $2, version = version + 1 where id = any($1::uuid[])`, [
      ended.map((r) => r.id),
      lastDay,
    ]);
    tx.insert(
      table,
      made.map(({ id, columns }) => ({
        ...{ id, ...columns },
        ...{ valid_from: validFrom, valid_to: validTo ?? null, active: true },
      })),
    );
    for (const { id, said } of made) note(`${table}.made`, table, id, { ...said, validFrom });
    for (const { id } of ended) note(`${table}.ended`, table, id, { validTo: lastDay });
  });
}

/** Somebody who answers for it has read this version of a row. */
export async function enterCheck(
  data: MasterData,
  caller: Caller,
  {
    table,
    kind,
    id,
    version,
  }: { readonly table: string; readonly kind: 'authority' | 'age_rule' | 'incident_rule'; id: string; version: number },
  said: CheckAuthority,
): Promise<void> {
  if (said.checkedOn > data.today()) refuse(['checkedOn'], said);
  await data.write(caller, async (tx, note) => {
    await changeAt(tx, table, id, version, { checked_on: said.checkedOn, checked_by: said.checkedBy });
    note(`${kind}.checked`, kind, id, { version: version + 1, checkedOn: said.checkedOn });
  });
}

/** What was said cannot stand there. @throws {InvalidInputError} */
export function refuse(path: (string | number)[], body: unknown): never {
  throw new InvalidInputError([{ code: 'custom', path, message: 'out of place' }], body);
}
