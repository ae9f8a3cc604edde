// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DoubtPerson } from '@tsunagi/contracts';
import type { MemberIdentifier } from '@tsunagi/domain';
import { belongingsOf, isOf, type LinkRow } from './moving';
import { NotFoundError, type Tx } from '../platform';
import type { ReferralOfPerson } from '../referrals';

/** A desk speaks of its own: referrals, what was said to it, and numbers of its own system. @throws {NotFoundError} */
export async function refuseOthers(
  tx: Tx,
  { desk, system }: { readonly desk: string; readonly system: string | null | undefined },
  person: string,
  referrals: readonly ReferralOfPerson[],
  { referrals: named, identifiers, consents = [], refusals = [] }: DoubtPerson,
): Promise<void> {
  const mine = new Set(
    referrals.filter((r) => isOf(desk, r) && r.members.some((m) => m.person === person)).map((r) => r.id),
  );
  const { identifiers: known, ...said } = await belongingsOf(tx, person);
  const toUs = [
    ...(await ownOf(tx, 'consent', said.consents, desk)),
    ...(await ownOf(tx, 'refusal', said.refusals, desk)),
  ];
  if (![...consents, ...refusals].every((id) => toUs.includes(id))) throw new NotFoundError();
  const isMine = (i: MemberIdentifier) =>
    i.system === system && known.some((k) => k.system === i.system && k.value === i.value);
  if (!named.every((id) => mine.has(id)) || !identifiers.every(isMine)) throw new NotFoundError();
}

/** Of what was brought together a desk must have had a part before. @throws {NotFoundError} */
export function tookPartIn(links: readonly LinkRow[], desk: string, referrals: readonly ReferralOfPerson[]): void {
  const brought = links.flatMap((l) => l.moved.referrals.map((r) => r.id));
  if (!referrals.some((r) => isOf(desk, r) && brought.includes(r.id))) throw new NotFoundError();
}

/** Of these, what was said to this desk. */
async function ownOf(tx: Tx, what: 'consent' | 'refusal', ids: readonly string[], desk: string): Promise<string[]> {
  const column = what === 'consent' ? 'given_to' : 'recorded_by';
  const rows = await tx.query<{ id: string }>(
    `select id from ${what} where id = any($1::uuid[]) and ${column} = $2 order by id`,
    [ids, desk],
  );
  return rows.map((r) => r.id);
}
