// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import { addDays, startOf } from '@tsunagi/domain';
import { goneOutAbout, takesPart } from './taking-part';
import { Directory } from '../organizations';
import { Database } from '../platform';

export interface MissingLead {
  readonly unit: string;
  /** The function that led until its contract ended, or until what it had was taken back. */
  readonly function: string;
  readonly since: Date;
}

const most = 200;

/**
 * The leads that stand and may be no leads any more: whose function has ended, who came to lead after the first sender, or who
 * has entered something in error. A first sender takes part for as long as what it sent stands.
 */
const perhapsGone = `
  select seq, unit, function, from_at from lead where until_at is null and function = any($1::uuid[])
  union select seq, unit, function, from_at from lead where until_at is null and reason <> 'first_sender'
  union select l.seq, l.unit, l.function, l.from_at
    from referral e cross join lateral jsonb_array_elements(e.members) x
      join unit_member m on m.person = (x->>'person')::uuid join lead l on l.unit = m.unit and l.until_at is null and l.function = e.from_function
    where e.state = 'entered_in_error' and e.sent_at is not null`;

/** With somebody who is in the unit of lead `l` now somebody is at work by referral `r`. */
const atWork = (how: string) =>
  `exists (select 1 from unit_member m cross join lateral ${goneOutAbout('m.person')} r where m.unit = l.unit and m.moved_to is null and ${how})`;

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
    const rows = await this.database.query<{ unit: string; function: string; from_at: Date; recalled_at: Date | null }>(
      `select l.unit, l.function, l.from_at,
         (select max(c.requested_at) from unit_member m cross join lateral ${goneOutAbout('m.person')} r join recall c on c.referral = r.id
          where m.unit = l.unit and r.to_function = l.function) as recalled_at
       from (${perhapsGone}) l
       where ${atWork('true')} and (l.function = any($1::uuid[]) or not ${atWork(takesPart('r', 'l.function', 'm.person'))})
       order by l.seq limit ${most}`,
      [gone.map((f) => f.id)],
    );
    return rows.map(({ unit, function: desk, from_at: from, recalled_at: recalled }) => {
      const validTo = this.directory.inForce(desk) ? null : this.directory.function(desk).validTo;
      const ends = [from, ...(recalled ? [recalled] : []), ...(validTo === null ? [] : [startOf(addDays(validTo, 1))])];
      return { unit, function: desk, since: ends.reduce((a, b) => (b > a ? b : a)) };
    });
  }
}
