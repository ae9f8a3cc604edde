// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Tx } from '../platform';

/**
 * The lead of referral `f`: of the first unit that its sender knows, in which the subject is as far as the sender knows. So
 * nobody comes to lead what a desk sends that has no part in the unit, and a split that the sender must not notice changes
 * nothing for it.
 */
const leadOf = `select l.function, l.worker is not null as named from unit_member m
  join support_unit u on u.id = m.unit join lead l on l.unit = u.id and l.until_at is null
  where m.person = f.subject and f.from_function = any(u.known_to)
    and not exists (select 1 from support_unit g where g.id = m.moved_to and f.from_function = any(g.known_to))
  order by u.created_at, u.id limit 1`;

/**
 * Writes into the referrals of these persons who leads now. Before release it says of nobody that he or she is in a unit.
 * Called by whatever changes a unit, sends a referral or moves a person, with the persons locked.
 */
export async function followLeads(tx: Tx, persons: readonly string[]): Promise<void> {
  if (persons.length === 0) return;
  await tx.query(
    `update referral r set lead = n.lead
     from (select f.id, nullif((select function from (${leadOf}) l), f.from_function) as lead
           from referral f where f.subject = any($1::uuid[]) and f.sent_at is not null) n
     where n.id = r.id and r.lead is distinct from n.lead`,
    [[...new Set(persons)]],
  );
}

/** Which function leads, and whether a person there is named; `undefined` = in no unit yet, so its sender leads. */
export async function leadOfReferral(
  tx: Pick<Tx, 'query'>,
  referral: string,
): Promise<{ readonly function: string; readonly named: boolean } | undefined> {
  const [lead] = await tx.query<{ function: string; named: boolean }>(
    `select l.function, l.named from referral f cross join lateral (${leadOf}) l where f.id = $1`,
    [referral],
  );
  return lead;
}

/** Others work at this desk: it leads on, and whom it names they say. */
export async function nobodyNamed(tx: Tx, desk: string): Promise<void> {
  await tx.query(
    `with renamed as (update lead set worker = null where function = $1 and until_at is null and worker is not null returning unit)
     update support_unit u set version = version + 1 from renamed where u.id = renamed.unit`,
    [desk],
  );
}
