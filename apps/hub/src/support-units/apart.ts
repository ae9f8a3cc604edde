// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import {
  endangeredAmong,
  personsHere,
  setApart,
  type Danger,
  type PersonSeal,
  type Protection,
  type SupportUnit,
} from '@tsunagi/domain';
import { followLeads } from './leads-of-referrals';
import { insertUnit, readUnits, updateUnit, type StoredUnit } from './support-unit.rows';
import { sealStands } from '../people';
import type { Sealing, Tx } from '../platform';

/**
 * `danger_from`: whoever is endangered, and who goes along, are a unit of their own from now on, which only this function
 * knows. Everybody else sees the household as it was. The persons are locked.
 *
 * @returns `undefined` = they are among themselves already, and in no unit apart
 */
export async function apartFromDanger(
  tx: Tx,
  sealing: Sealing,
  { person, along, desk }: { readonly person: string; readonly along: readonly string[]; readonly desk: string },
  now: Date,
): Promise<string | undefined> {
  const rows = await tx.query<{ unit: string }>(
    `select m.unit from unit_member m join support_unit u on u.id = m.unit
     where m.person = $1 and m.moved_to is null and $2 = any(u.known_to) order by m.unit for update of u`,
    [person, desk],
  );
  const units = await readUnits(
    tx,
    sealing,
    rows.map((r) => r.unit),
  );
  const going = new Set([person, ...along]);
  const id = randomUUID();
  const isDivided = [...units.values()].some(({ unit }) => personsHere(unit).some((p) => !going.has(p)));
  if (units.size > 0 && !isDivided) {
    const own = units.get((await ownUnitOf(tx, person, desk)) ?? '');
    if (own) await join(tx, sealing, own, along, now);
    await keepApart(tx, sealing, along, now);
    return own?.unit.id;
  }
  const apart = { id, members: [...going].map((p) => ({ person: p })), tenures: [ledBy(desk, now)] };
  insertUnit(tx, sealing, apart, [desk], now, now);
  for (const stored of units.values()) {
    const [rest] = setApart(stored.unit, going, id, { function: desk }, now);
    await updateUnit(tx, sealing, stored, rest, now, { version: stored.version });
  }
  await followLeads(tx, [...going]);
  await keepApart(tx, sealing, along, now);
  return id;
}

/** Whoever is named with her only later goes where she is already. */
async function join(tx: Tx, sealing: Sealing, own: StoredUnit, along: readonly string[], now: Date): Promise<void> {
  const here = personsHere(own.unit);
  const coming = along.filter((p) => !here.includes(p));
  if (coming.length === 0) return;
  const others = own.unit.members.filter((m) => !coming.includes(m.person));
  const members = [...others, ...coming.map((person) => ({ person }))];
  await updateUnit(tx, sealing, own, { ...own.unit, members }, now);
}

const ledBy = (desk: string, from: Date) => ({ function: desk, from, reason: 'split' as const });

/** Would one of these be in a unit with whom she or he fears? */
export async function areInDanger(tx: Tx, persons: readonly string[]): Promise<boolean> {
  return endangeredAmong(persons, await recordedAmong(tx, persons)).length > 0;
}

/**
 * Whatever has brought persons into units: nobody stays in one with whom she or he fears. It is as if the danger had been recorded
 * afterwards: they go to the unit of the function that recorded it, and everybody else sees the household whole.
 */
export async function keepApart(tx: Tx, sealing: Sealing, persons: readonly string[], now: Date): Promise<void> {
  const rows = await tx.query<{ unit: string }>(
    `select m.unit from unit_member m join support_unit u on u.id = m.unit
     where m.person = any($1::uuid[]) and m.moved_to is null order by m.unit for update of u`,
    [persons],
  );
  const units = await readUnits(tx, sealing, [...new Set(rows.map((r) => r.unit))]);
  for (const stored of units.values()) await keepUnitApart(tx, sealing, stored, now);
}

async function keepUnitApart(tx: Tx, sealing: Sealing, stored: StoredUnit, now: Date): Promise<void> {
  const protection = await recordedAmong(tx, personsHere(stored.unit));
  const founded: { readonly id: string; readonly desk: string; readonly persons: string[] }[] = [];
  const gone: string[] = [];
  let rest = stored.unit;
  for (let next = fearing(rest, protection); next; next = fearing(rest, protection)) {
    const { person, desk } = next;
    let to = await ownUnitOf(tx, person, desk, stored.unit.id);
    if (to === undefined) {
      const isSafe = (others: readonly string[]) => endangeredAmong([...others, person], protection).length === 0;
      const together = founded.find((f) => f.desk === desk && isSafe(f.persons));
      if (together) together.persons.push(person);
      else founded.push({ id: randomUUID(), desk, persons: [person] });
      to = together?.id ?? founded.at(-1)?.id ?? '';
    }
    [rest] = setApart(rest, new Set([person]), to, { function: desk }, now);
    gone.push(person);
  }
  if (gone.length === 0) return;
  for (const { id, desk, persons } of founded) {
    const members = persons.map((person) => ({ person }));
    insertUnit(tx, sealing, { id, members, tenures: [ledBy(desk, now)] }, [desk], now, now);
  }
  await updateUnit(tx, sealing, stored, rest, now, { version: stored.version });
  await followLeads(tx, gone);
}

/** Somebody who is in this unit with whom she or he fears, as a function has recorded it. */
function fearing(unit: SupportUnit, protection: Recorded): Recorded['dangers'][number] | undefined {
  const here = personsHere(unit);
  const [person] = endangeredAmong(here, protection);
  return protection.dangers.find((d) => d.person === person && (d.from === 'household' || here.includes(d.from)));
}

/** The unit in which this function has put this person apart already. */
export async function ownUnitOf(tx: Tx, person: string, desk: string, but?: string): Promise<string | undefined> {
  const [own] = await tx.query<{ id: string }>(
    `select u.id from unit_member m join support_unit u on u.id = m.unit
     where m.person = $1 and m.moved_to is null and u.apart_since is not null and $2 = any(u.known_to) and u.id is distinct from $3
     order by u.created_at, u.id limit 1`,
    [person, desk, but ?? null],
  );
  return own?.id;
}

interface Recorded extends Protection {
  readonly dangers: readonly (Danger & { readonly desk: string })[];
}

/** Who endangers whom of these, and which function has recorded it. */
async function recordedAmong(tx: Tx, persons: readonly string[]): Promise<Recorded> {
  const dangers = await tx.query<Recorded['dangers'][number]>(
    `select person, coalesce(from_person::text, 'household') as from, function as desk from person_danger
     where person = any($1::uuid[]) and ended_at is null order by recorded_at, id`,
    [persons],
  );
  if (dangers.length === 0) return { dangers };
  const seals = await tx.query<PersonSeal>(
    `select id, person from person_seal s where person = any($1::uuid[]) and ${sealStands('s')}`,
    [persons],
  );
  return { dangers, seals };
}
