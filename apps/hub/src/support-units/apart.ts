// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { personsHere, setApart } from '@tsunagi/domain';
import { followLeads } from './leads-of-referrals';
import { insertUnit, readUnits, updateUnit } from './support-unit.rows';
import type { Sealing, Tx } from '../platform';

/**
 * `danger_from`: whoever is endangered, and who goes along, are a unit of their own from now on, which only this function
 * knows. Everybody else sees the household as it was. The persons are locked.
 *
 * @returns `undefined` = they are among themselves already
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
  if (units.size > 0 && !isDivided) return undefined;
  const apart = { id, members: [...going].map((p) => ({ person: p })), tenures: [ledBy(desk, now)] };
  insertUnit(tx, sealing, apart, [desk], now, now);
  for (const stored of units.values()) {
    const [rest] = setApart(stored.unit, going, id, { function: desk }, now);
    await updateUnit(tx, sealing, stored, rest, now, { version: stored.version });
  }
  await followLeads(tx, [...going]);
  return id;
}

const ledBy = (desk: string, from: Date) => ({ function: desk, from, reason: 'split' as const });
