// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isReasoned, protectedOf, type NotInformed, type ReferralKind } from '@tsunagi/domain';
import { openFacts, type ReferralRecord } from './referral.record';
import type { Delivery } from '../delivery';
import { protectionOf } from '../people';
import type { Sealing, Tx } from '../platform';

/**
 * The notes that these statuses bring, still sealed, by delivery. Nothing is asked of the database when none does. Of whoever
 * is protected no system speaks, also where it did so before.
 */
export async function sealedNotesOf(tx: Tx, deliveries: readonly Delivery[]): Promise<ReadonlyMap<string, Buffer>> {
  const noted = deliveries.filter((d) => d.note_version !== null);
  if (noted.length === 0) return new Map();
  const rows = await tx.query<{ id: string; facts: Buffer; bySystem: boolean; persons: string[]; kind: ReferralKind }>(
    `select w.id, e.facts, e.actor not like 'staff:%' as "bySystem", array(select m->>'person' from jsonb_array_elements(r.members) m) as persons, r.kind
     from unnest($1::uuid[], $2::uuid[], $3::int[]) as w(id, referral, version)
     join referral_event e using (referral, version) join referral r on r.id = e.referral where e.facts is not null`,
    [noted.map((d) => d.id), noted.map((d) => d.referral), noted.map((d) => d.note_version)],
  );
  const protection = await protectionOf(tx, [...new Set(rows.flatMap((r) => (r.bySystem ? r.persons : [])))]);
  const mayGo = rows.filter((r) => !r.bySystem || protectedOf(r.kind, r.persons, protection).size === 0);
  return new Map(mayGo.map((r) => [r.id, r.facts]));
}

/** What the recipient wrote to the sender in this event. */
export function noteIn(sealing: Sealing, referral: string, version: number, facts: Buffer): string | undefined {
  const { note } = openFacts<{ note?: string }>(sealing, { referral, version, facts });
  return note;
}

interface Said {
  readonly version: number;
  readonly action: string;
  readonly to_state: string;
  readonly facts: Buffer;
}

/** What the recipient's desk wrote at its steps, newest first. */
const saidByRecipient = (tx: Tx, { id, toFunction }: ReferralRecord): Promise<Said[]> =>
  tx.query<Said>(
    `select version, action, to_state, facts from referral_event where referral = $1 and function = $2 and facts is not null order by version desc`,
    [id, toFunction],
  );

/**
 * Has the sender said, with something that it wrote before release, that the person was told, or why not yet (R11)?
 *
 * @param whenSafe what it rests on is reason enough
 */
export async function hasInformed(
  tx: Tx,
  sealing: Sealing,
  { id, fromFunction }: ReferralRecord,
  whenSafe: boolean,
): Promise<boolean> {
  const said = await tx.query<{ version: number; facts: Buffer }>(
    `select version, facts from referral_event where referral = $1 and function = $2 and facts is not null`,
    [id, fromFunction],
  );
  return said.some(({ version, facts }) => {
    const { personInformed, notInformed } = openFacts<Informing>(sealing, { referral: id, version, facts });
    return personInformed !== undefined || isReasoned(notInformed, whenSafe);
  });
}

interface Informing {
  readonly personInformed?: unknown;
  readonly notInformed?: NotInformed;
}

const telling: ReadonlySet<string> = new Set(['accept', 'start', 'complete']);

/** The event that brought the referral where it is, when the recipient's desk wrote something at it. */
export async function noteOfState(tx: Tx, referral: ReferralRecord): Promise<number | undefined> {
  const said = await saidByRecipient(tx, referral);
  return said.find((e) => telling.has(e.action) && e.to_state === referral.state)?.version;
}

/**
 * Where the recipient says why it gives the referral back: at its proposal, or in the answer of its system that the
 * supervisor has confirmed with it.
 */
export async function noteOfReturn(tx: Tx, sealing: Sealing, referral: ReferralRecord): Promise<number | undefined> {
  const said = await saidByRecipient(tx, referral);
  const [proposed, before] = said.filter((e) => e.action !== 'noted');
  if (proposed?.action !== 'propose-return') return undefined;
  const asked = before?.action === 'return_asked' ? [before] : [];
  const noted = (e: Said) => noteIn(sealing, referral.id, e.version, e.facts) !== undefined;
  return [proposed, ...asked].find(noted)?.version;
}
