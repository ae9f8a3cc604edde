// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { newId, type Tx } from '../platform';

/** Where a person stands in a list of persons; the same one may stand there twice, as two who were merged. */
interface Places {
  readonly id: string;
  readonly places: readonly number[];
}

/** What desks and conferences have recorded of a person. */
export interface Recorded {
  readonly applications: readonly string[];
  readonly seals: readonly string[];
  /** Who endangers the person. */
  readonly dangers: readonly string[];
  /** Whom the person endangers. */
  readonly endangering: readonly string[];
  readonly items: readonly string[];
  /** Consents and refusals in which the person spoke for another; merges of before know of none. */
  readonly consented?: readonly string[];
  readonly refused?: readonly string[];
  /** Requests for the ledger of the person. */
  readonly asked?: readonly string[];
  readonly grounds: readonly Places[];
  readonly conferences: readonly Places[];
}

export const nothingRecorded: Recorded = {
  applications: [],
  seals: [],
  dangers: [],
  endangering: [],
  items: [],
  grounds: [],
  conferences: [],
};

export const allRecorded = (each: readonly (Recorded | undefined)[]): Recorded => {
  const found = each.filter((r) => r !== undefined);
  return {
    applications: found.flatMap((r) => r.applications),
    seals: found.flatMap((r) => r.seals),
    dangers: found.flatMap((r) => r.dangers),
    endangering: found.flatMap((r) => r.endangering),
    items: found.flatMap((r) => r.items),
    consented: found.flatMap((r) => r.consented ?? []),
    refused: found.flatMap((r) => r.refused ?? []),
    asked: found.flatMap((r) => r.asked ?? []),
    grounds: found.flatMap((r) => r.grounds),
    conferences: found.flatMap((r) => r.conferences),
  };
};

const columns = {
  applications: ['application', 'person'],
  seals: ['person_seal', 'person'],
  dangers: ['person_danger', 'person'],
  endangering: ['person_danger', 'from_person'],
  items: ['conference_item', 'person'],
  consented: ['consent', 'giver_person'],
  refused: ['refusal', 'giver_person'],
  asked: ['disclosure_request', 'person'],
} as const;

export async function recordedOf(tx: Tx, person: string): Promise<Recorded> {
  const ids = Object.entries(columns).map(
    ([name, [table, column]]) => `array(select id from ${table} where ${column} = $1 order by id) as ${name}`,
  );
  const places = (['ground', 'conference'] as const).map(
    (
      table,
    ) => `(select coalesce(json_agg(json_build_object('id', id, 'places', array_positions(persons, $1::uuid)) order by id), '[]')
       from ${table} where persons @> array[$1::uuid]) as ${table}s`,
  );
  const [row] = await tx.query<Recorded>(`select ${[...ids, ...places].join(', ')}`, [person]);
  return row ?? nothingRecorded;
}

/** Only what is still where it was taken from. */
export async function moveRecorded(tx: Tx, what: Recorded, from: string, to: string): Promise<void> {
  for (const [name, [table, column]] of Object.entries(columns)) {
    const ids = what[name as keyof typeof columns] ?? [];
    if (ids.length > 0)
      await tx.query(`update ${table} set ${column} = $3 where id = any($1::uuid[]) and ${column} = $2`, [
        ids,
        from,
        to,
      ]);
  }
  for (const table of ['ground', 'conference'] as const) {
    const rows = what[`${table}s`];
    if (rows.length > 0)
      await tx.query(
        `update ${table} t set persons = array(
           select case when p.id = $2::uuid and p.place = any(w.places) then $3::uuid else p.id end
           from unnest(t.persons) with ordinality p(id, place) order by p.place)
         from jsonb_to_recordset($1::jsonb) as w(id uuid, places int[]) where t.id = w.id`,
        [JSON.stringify(rows), from, to],
      );
  }
}

/** What was recorded for these referrals without a consent is of the one to whom they go. */
export async function moveGrounds(tx: Tx, referrals: readonly string[], from: string, to: string): Promise<void> {
  await tx.query(
    `update ground set persons = array_replace(persons, $2::uuid, $3::uuid) where referral = any($1::uuid[]) and persons @> array[$2::uuid]`,
    [referrals, from, to],
  );
}

/**
 * Whose protection it is that was recorded while two were one, nobody can say, so it stands with both. What each brought is of each
 * alone.
 *
 * @param settled seals and dangers of which it is known
 */
export async function protectBoth(
  tx: Tx,
  { kept, person, settled }: { readonly kept: string; readonly person: string; readonly settled: ReadonlySet<string> },
): Promise<void> {
  const { seals, dangers, endangering } = await recordedOf(tx, kept);
  const unclear = (ids: readonly string[]) => ids.filter((id) => !settled.has(id)).map((id) => [id, newId()] as const);
  const pairs = (found: readonly (readonly [string, string])[]) => [found.map(([id]) => id), found.map(([, id]) => id)];
  await tx.query(
    `insert into person_seal (id, person, ground, valid_from, valid_to, provisional, along, function, recorded_by, recorded_at)
     select w.copy, $3, ground, valid_from, valid_to, provisional, along, function, recorded_by, recorded_at
     from unnest($1::uuid[], $2::uuid[]) w(id, copy) join person_seal s on s.id = w.id
     where not exists (select 1 from person_unseal u where u.seal = s.id and u.confirmed_at is not null)`,
    [...pairs(unclear(seals)), person],
  );
  for (const [ids, who, from] of [
    [dangers, '$3', 'from_person'],
    [endangering, 'person', '$3'],
  ] as const)
    await tx.query(
      `insert into person_danger (id, person, from_person, from_household, function, recorded_by, recorded_at)
       select w.copy, ${who}, ${from}, from_household, function, recorded_by, recorded_at
       from unnest($1::uuid[], $2::uuid[]) w(id, copy) join person_danger d on d.id = w.id
       where ended_at is null and ${who === '$3' ? 'from_person' : 'person'} is distinct from $3::uuid`,
      [...pairs(unclear(ids)), person],
    );
}
