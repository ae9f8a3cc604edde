// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DoubtPerson } from '@tsunagi/contracts';
import type { AgreedItem } from '@tsunagi/domain';
import { OwnRequestError } from './persons.errors';
import type { Caller } from '../access';
import { withMerged } from '../people';
import type { Tx } from '../platform';
import { remindOfPersons } from '../referrals';

/** A desk has confirmed that two are one, and nobody has made them one since. */
export interface AskedMerge {
  readonly id: string;
  readonly kept: string;
  readonly merged: string;
  readonly at: Date;
  readonly linked_by: string;
  readonly function: string;
  readonly agreed: readonly AgreedItem[];
}

/** A desk has said that one is two, and nobody has put them apart since. */
export interface AskedSplit {
  readonly id: string;
  readonly at: Date;
  readonly asked_by: string;
  readonly function: string;
  readonly body: DoubtPerson;
}

/** SQL of who this one has become. */
const become = (person: string) =>
  `(with recursive up(id) as (
     select ${person} union select l.kept from up join person_link l on l.merged = up.id where l.moved is not null and l.undone_at is null
   ) select id from up where not exists (select 1 from person_link l where l.merged = up.id and l.moved is not null and l.undone_at is null))`;

/** What is said of this person and somebody else, as they are known now. */
export async function askedMerges(tx: Pick<Tx, 'query'>, person: string): Promise<AskedMerge[]> {
  const ids = await withMerged(tx, [person]);
  return tx.query<AskedMerge>(
    `select * from (
       select id, ${become('kept')} as kept, ${become('merged')} as merged, at, linked_by, function, agreed from person_link
       where moved is null and undone_at is null and (kept = any($1::uuid[]) or merged = any($1::uuid[]))) a
     where kept <> merged and $2 in (kept, merged) order by at, id`,
    [ids, person],
  );
}

export const askedSplits = (tx: Pick<Tx, 'query'>, person: string): Promise<AskedSplit[]> =>
  tx.query<AskedSplit>(
    'select id, at, asked_by, function, body from person_doubt where person = $1 and done_at is null order by at, id',
    [person],
  );

/** What somebody else has asked for: nobody judges what they have said themselves. @throws {OwnRequestError} */
export function byAnother<R>(asked: readonly R[], whoAsked: (request: R) => string, caller: Caller): R | undefined {
  const other = asked.find((r) => whoAsked(r) !== caller.actor);
  if (other === undefined && asked.length > 0) throw new OwnRequestError();
  return other;
}

/**
 * The list of whoever judges says of these persons what is asked for now. What was turned down is asked again when
 * somebody has come or gone: there is something else to compare.
 */
export async function askAnew(tx: Tx, persons: readonly string[], now: Date): Promise<void> {
  await tx.query(
    `update todo set done_at = $2 where person = any($1::uuid[]) and done_at is null and kind in ('judge_merge', 'judge_split')`,
    [persons, now],
  );
  for (const person of persons) {
    const [merges, splits] = [await askedMerges(tx, person), await askedSplits(tx, person)];
    ask(tx, person, 'judge_merge', merges, now);
    ask(tx, person, 'judge_split', splits, now);
  }
}

/** One for each desk that asks. */
export function ask(
  tx: Tx,
  person: string,
  kind: 'judge_merge' | 'judge_split',
  asked: readonly { readonly function: string }[],
  at: Date,
): void {
  const desks = [...new Set(asked.map((a) => a.function))];
  remindOfPersons(
    tx,
    desks.map((desk) => ({ function: desk, role: 'privacy_officer', kind, person, at })),
  );
}
