// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { LeadGround, LeadReason, LeadTenure, SupportUnit } from '@tsunagi/domain';
import { newId, type Sealing, type Tx } from '../platform';

/** A unit as the hub keeps it. */
export interface StoredUnit {
  readonly unit: SupportUnit;
  /** Counts every change but the going away of members, which not everybody sees. */
  readonly version: number;
  readonly knownTo: ReadonlySet<string>;
  readonly apartSince: Date | undefined;
  /** By which a member is named outside: it says nothing of the person. */
  readonly handles: ReadonlyMap<string, string>;
  /** One for each tenure, in order. */
  readonly leadIds: readonly string[];
}

const placeOfWorker = (lead: string) => `lead:${lead}:worker`;
const placeOfGround = (lead: string) => `lead:${lead}:ground`;

export async function readUnits(tx: Tx, sealing: Sealing, ids: readonly string[]): Promise<Map<string, StoredUnit>> {
  if (ids.length === 0) return new Map();
  const [units, members, leads] = await Promise.all([
    tx.query<{
      id: string;
      version: number;
      known_to: string[];
      apart_since: Date | null;
      offered_to: string | null;
    }>(
      'select id, version, known_to, apart_since, offered_to from support_unit where id = any($1::uuid[]) order by id',
      [ids],
    ),
    tx.query<{ id: string; unit: string; person: string; moved_to: string | null }>(
      'select id, unit, person, moved_to from unit_member where unit = any($1::uuid[]) order by id',
      [ids],
    ),
    tx.query<{
      id: string;
      unit: string;
      function: string;
      worker: Buffer | null;
      from_at: Date;
      until_at: Date | null;
      reason: LeadReason;
      ground: Buffer | null;
    }>(
      'select id, unit, function, worker, from_at, until_at, reason, ground from lead where unit = any($1::uuid[]) order by seq',
      [ids],
    ),
  ]);
  return new Map(
    units.map((u) => {
      const mine = members.filter((m) => m.unit === u.id);
      const led = leads.filter((l) => l.unit === u.id);
      const tenures = led.map((l): LeadTenure => ({
        function: l.function,
        worker: l.worker ? sealing.open<string>(placeOfWorker(l.id), l.worker) : undefined,
        from: l.from_at,
        until: l.until_at ?? undefined,
        reason: l.reason,
        ground: l.ground ? sealing.open<LeadGround>(placeOfGround(l.id), l.ground) : undefined,
      }));
      const unit: SupportUnit = {
        id: u.id,
        members: mine.map((m) => ({ person: m.person, movedTo: m.moved_to ?? undefined })),
        tenures,
        offeredTo: u.offered_to ?? undefined,
      };
      return [
        u.id,
        {
          unit,
          version: u.version,
          knownTo: new Set(u.known_to),
          apartSince: u.apart_since ?? undefined,
          handles: new Map(mine.map((m) => [m.person, m.id])),
          leadIds: led.map((l) => l.id),
        },
      ];
    }),
  );
}

export function insertUnit(
  tx: Tx,
  sealing: Sealing,
  unit: SupportUnit,
  knownTo: readonly string[],
  now: Date,
  apartSince?: Date,
): void {
  tx.insert('support_unit', [
    {
      id: unit.id,
      version: 1,
      known_to: knownTo,
      apart_since: apartSince?.toISOString() ?? null,
      created_at: now.toISOString(),
    },
  ]);
  insertMembers(
    tx,
    unit.id,
    unit.members.map((m) => m.person),
  );
  insertLeads(tx, sealing, unit.id, unit.tenures, now);
}

/** Writes what has become of a unit: the lead that ended before the one that began, so that never two stand. */
export async function updateUnit(
  tx: Tx,
  sealing: Sealing,
  before: StoredUnit,
  after: SupportUnit,
  now: Date,
  also: { readonly knownTo?: readonly string[]; readonly version?: number } = {},
): Promise<void> {
  const { unit, leadIds } = before;
  await tx.query(
    `update support_unit set version = $2, offered_to = $3,
       known_to = array(select distinct f from unnest(known_to || $4::uuid[]) f) where id = $1`,
    [unit.id, also.version ?? before.version + 1, after.offeredTo ?? null, also.knownTo ?? []],
  );
  for (const [i, tenure] of unit.tenures.entries()) {
    const [id, changed] = [leadIds[i], after.tenures[i]];
    if (id === undefined || changed === undefined || changed === tenure) continue;
    const worker = changed.worker === undefined ? null : sealing.seal(placeOfWorker(id), changed.worker);
    await tx.query('update lead set until_at = $2, worker = $3::text::bytea where id = $1', [
      id,
      changed.until ?? null,
      worker,
    ]);
  }
  insertLeads(tx, sealing, unit.id, after.tenures.slice(unit.tenures.length), now);
  const known = new Map(unit.members.map((m) => [m.person, m]));
  for (const { person, movedTo } of after.members)
    if (known.has(person) && known.get(person)?.movedTo !== movedTo)
      await tx.query('update unit_member set moved_to = $3 where unit = $1 and person = $2', [
        unit.id,
        person,
        movedTo ?? null,
      ]);
  insertMembers(
    tx,
    unit.id,
    after.members.filter((m) => !known.has(m.person)).map((m) => m.person),
  );
}

function insertMembers(tx: Tx, unit: string, persons: readonly string[]): void {
  tx.insert(
    'unit_member',
    persons.map((person) => ({ id: randomUUID(), unit, person })),
  );
}

function insertLeads(tx: Tx, sealing: Sealing, unit: string, tenures: readonly LeadTenure[], now: Date): void {
  tx.insert(
    'lead',
    tenures.map((t) => {
      const id = newId(now);
      return {
        id,
        unit,
        function: t.function,
        worker: t.worker === undefined ? null : sealing.seal(placeOfWorker(id), t.worker),
        from_at: t.from.toISOString(),
        reason: t.reason,
        ground: t.ground === undefined ? null : sealing.seal(placeOfGround(id), t.ground),
      };
    }),
  );
}
