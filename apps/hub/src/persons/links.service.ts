// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { LinkPersons } from '@tsunagi/contracts';
import { desksFor, matchOf, type AgreedItem, type Match } from '@tsunagi/domain';
import { MatchNotConfirmedError } from './persons.errors';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { identifiersOf, lockPersons, tookPart } from '../people';
import { Clock, Database, newId, NotFoundError, type Tx } from '../platform';

/** Two persons of the hub who are one, as a member of staff has confirmed who has worked with both. */
@Injectable()
export class PersonLinks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws {MatchNotConfirmedError} */
  link(caller: Caller, person: string, { other, agreed }: LinkPersons): Promise<{ id: string }> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    return this.database.transaction(async (tx) => {
      await lockPersons(tx, [person, other]);
      await mayJudge(tx, caller, [person, other]);
      await confirmed(tx, [person, other], agreed);
      const id = newId(now);
      const at = now.toISOString();
      tx.insert('person_link', [
        { id, kept: person, merged: other, at, linked_by: caller.actor, function: desk, agreed },
      ]);
      audit(tx, {
        at: now,
        actor: caller.actor,
        function: desk,
        action: 'person.linked',
        objectKind: 'person',
        object: person,
        details: { id, other, agreed },
      });
      return { id };
    });
  }
}

/**
 * Whether two are one is judged by people, of a function that took part with both after release: what is held for its
 * sender is matched with nobody.
 * @throws {NotFoundError} also when one of them is unknown
 */
export async function mayJudge(tx: Tx, caller: Caller, persons: readonly string[]): Promise<void> {
  const desk = actingFor(caller);
  if (new Set(persons).size < persons.length) throw new NotFoundError();
  const mine = desksFor(caller, 'persons.judge').filter((f) => f === desk);
  for (const person of persons)
    if (!(await tookPart(tx, person, caller, mine, { released: true }))) throw new NotFoundError();
}

/** @throws {MatchNotConfirmedError} */
export async function confirmed(
  tx: Tx,
  [one, other]: readonly [string, string],
  agreed: readonly AgreedItem[],
): Promise<Match> {
  const known = await identifiersOf(tx, [one, other]);
  const match = matchOf(known.get(one) ?? [], known.get(other) ?? [], agreed);
  if (!match) throw new MatchNotConfirmedError();
  return match;
}
