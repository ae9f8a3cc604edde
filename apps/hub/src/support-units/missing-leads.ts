// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import { addDays, startOf } from '@tsunagi/domain';
import { goneOutAbout, takesPart } from './taking-part';
import { Directory } from '../organizations';
import { Database, type Tx } from '../platform';

export interface MissingLead {
  readonly unit: string;
  /** The function that led until its contract ended, or until what it had was taken back. */
  readonly function: string;
  readonly since: Date;
}

const most = 200;

/** The leads that stand and may be no leads any more: whose function has ended, and those in doubt. */
const perhapsGone = `
  select seq, unit, function, from_at from lead where until_at is null and function = any($1::uuid[])
  union select seq, unit, function, from_at from lead where until_at is null and doubt is not null`;

/** With somebody who is in the unit of lead `l` now somebody is at work by referral `r`. */
const atWork = (how: string) =>
  `exists (select 1 from unit_member m cross join lateral ${goneOutAbout('m.person')} r where m.unit = l.unit and m.moved_to is null and ${how})`;

/** The function that leads is at work there itself. */
const leads = atWork(takesPart('r', 'l.function', 'm.person'));

/** @param $1 functions that have ended */
export const missingSql = `select l.unit, l.function, l.from_at,
    (select max(c.requested_at) from unit_member m cross join lateral ${goneOutAbout('m.person')} r join recall c on c.referral = r.id
     where m.unit = l.unit and r.to_function = l.function) as recalled_at
  from (${perhapsGone}) l
  where ${atWork('true')} and (l.function = any($1::uuid[]) or not ${leads})
  order by l.seq limit ${most}`;

export const settledSql = `select id, doubt from lead l where until_at is null and doubt is not null and ${leads}`;

/**
 * Something has happened by which a function that leads may take part no more: with these persons, or in these referrals. Whoever
 * lists next looks at the leads of their units, and at no others.
 */
export async function doubtLeads(
  tx: Tx,
  { persons = [], referrals = [] }: { readonly persons?: readonly string[]; readonly referrals?: readonly string[] },
): Promise<void> {
  if (persons.length + referrals.length === 0) return;
  await tx.query(
    `update lead l set doubt = gen_random_uuid()
     from (select unnest($1::uuid[]) as person
           union select (x->>'person')::uuid from referral r cross join lateral jsonb_array_elements(r.members) x where r.id = any($2::uuid[])) w
       join unit_member m on m.person = w.person
     where l.unit = m.unit and l.until_at is null`,
    [persons, referrals],
  );
}

/**
 * Units in which somebody is left and whose lead is none any more, as `leadOf` says of each. Asked for, never stored: it
 * is so as long as the directory says so, and what has gone out.
 */
@Injectable()
export class MissingLeads {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
  ) {}

  async list(): Promise<MissingLead[]> {
    const gone = this.directory.all().filter((f) => !this.directory.inForce(f.id));
    await this.settle();
    const rows = await this.database.query<{ unit: string; function: string; from_at: Date; recalled_at: Date | null }>(
      missingSql,
      [gone.map((f) => f.id)],
    );
    return rows.map(({ unit, function: desk, from_at: from, recalled_at: recalled }) => {
      const validTo = this.directory.inForce(desk) ? null : this.directory.function(desk).validTo;
      const ends = [from, ...(recalled ? [recalled] : []), ...(validTo === null ? [] : [startOf(addDays(validTo, 1))])];
      return { unit, function: desk, since: ends.reduce((a, b) => (b > a ? b : a)) };
    });
  }

  /** What has gone out about whoever is in one of these units: for whoever finds a lead. */
  async referrals(): Promise<string[]> {
    const units = await this.list();
    if (units.length === 0) return [];
    const rows = await this.database.query<{ id: string }>(
      `select distinct r.id from unit_member m cross join lateral ${goneOutAbout('m.person')} r
       where m.unit = any($1::uuid[]) and m.moved_to is null`,
      [units.map((u) => u.unit)],
    );
    return rows.map((r) => r.id);
  }

  /** Leads that are at work are in doubt no more, unless something has happened again meanwhile. */
  private async settle(): Promise<void> {
    const standing = await this.database.query<{ id: string; doubt: string }>(settledSql);
    if (standing.length === 0) return;
    // What somebody holds just now is changing: it is looked at again the next time.
    await this.database.transaction((tx) =>
      tx.query(
        `with settled as (
           select l.id from lead l join unnest($1::uuid[], $2::uuid[]) s(id, doubt) on s.id = l.id and s.doubt = l.doubt order by l.id for update of l skip locked
         ) update lead l set doubt = null from settled s where s.id = l.id`,
        [standing.map((l) => l.id), standing.map((l) => l.doubt)],
      ),
    );
  }
}
