// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { NewPersonFact, PersonFacts as FactsView } from '@tsunagi/contracts';
import {
  desksFor,
  factCategory,
  factsSeenBy,
  japaneseDay,
  mustNotBeFound,
  standing,
  withoutWhereabouts,
  type PersonFactKind,
  type RecordedFact,
} from '@tsunagi/domain';
import { factsOf, fromFact } from './facts.rows';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { enterLook } from '../looks';
import { Directory } from '../organizations';
import { diedAmong, meantBy, protectionOf, tookPart, withMeant } from '../people';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, type HubKeys, type Tx } from '../platform';
import { PersonChanges, SubmissionRejectedError } from '../referrals';

/** What desks learn of a person beside any referral. Nothing of it leaves by itself, but that the person has died. */
@Injectable()
export class PersonFacts {
  constructor(
    private readonly database: Database,
    private readonly referrals: PersonChanges,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async record(caller: Caller, id: string, body: NewPersonFact): Promise<{ id: string }> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    const { fact, supersedes, inError } = body;
    if (fact.kind === 'deceased' && fact.from > japaneseDay(now))
      throw new SubmissionRejectedError('DATE_IN_FUTURE', '/fact/from');
    const recorded: RecordedFact = {
      id: newId(now),
      fact,
      function: desk,
      recordedAt: now.toISOString(),
      ...(supersedes !== undefined && { supersedes }),
      ...(inError && { inError }),
    };
    const mine = desksFor(caller, 'persons.record').filter((f) => f === desk);
    await withMeant(this.database, id, mine, ({ person, functions }) =>
      this.database.transaction(async (tx) => {
        await this.referrals.lock(tx, [person]);
        if (!(await tookPart(tx, person, caller, functions))) throw new NotFoundError();
        // It cannot leak from where it is not.
        const isProtected = mustNotBeFound(await protectionOf(tx, [person])).has(person);
        await this.write(tx, caller, person, isProtected ? { ...recorded, fact: withoutWhereabouts(fact) } : recorded);
        if (fact.kind === 'deceased') await this.drawFromDeath(tx, person, recorded);
      }),
    );
    this.referrals.committed();
    return { id: recorded.id };
  }

  async of(caller: Caller, id: string): Promise<FactsView> {
    const { person, functions: desks } = await meantBy(this.database, id, desksFor(caller, 'persons.record'));
    if (!(await tookPart(this.database, person, caller, desks))) throw new NotFoundError();
    const facts = await factsOf(this.keys.sealing, this.database, person);
    const { own, died } = factsSeenBy(desks, facts);
    // Whoever has only written down a number has not asked after anybody yet.
    const released = died !== undefined && (await tookPart(this.database, person, caller, desks, { released: true }));
    const kinds = [...own.map((f) => f.fact.kind), ...(released ? (['deceased'] as const) : [])];
    if (kinds.length > 0) await this.look(caller, { askedFor: id, person }, desks, kinds);
    const stand = new Set(standing(facts).map((f) => f.id));
    // What was recorded before she was protected stands as it was written, and is shown to nobody any more.
    const isProtected = mustNotBeFound(await protectionOf(this.database, [person])).has(person);
    const shown = isProtected ? own.map((f) => ({ ...f, fact: withoutWhereabouts(f.fact) })) : own;
    return {
      facts: shown.map((f) => ({ ...f, function: this.directory.outline(f.function), standing: stand.has(f.id) })),
      ...(released && { died }),
    };
  }

  private look(
    { actor, acting }: Caller,
    { askedFor, person }: { readonly askedFor: string; readonly person: string },
    desks: readonly string[],
    kinds: readonly PersonFactKind[],
  ): Promise<void> {
    const categories = [...new Set(kinds.map((kind) => factCategory[kind]))];
    return this.database.transaction((tx) => {
      const seen = { askedFor, person, members: [{ ref: 'subject', person, categories }] };
      const by = { viewer: actor, function: acting ?? desks[0] };
      enterLook(tx, { way: 'read', what: 'facts', authority: 'own_desk', ...by, ...seen }, this.clock.now());
    });
  }

  private async write(tx: Tx, caller: Caller, person: string, recorded: RecordedFact): Promise<void> {
    const { id, fact, function: desk, supersedes } = recorded;
    if (supersedes !== undefined) {
      const replaced = await tx.query(
        `with old as (update person_fact f set woken = true where id = $1 and person = $2 and function = $3 and kind = $4 and not in_error
           and not exists (select 1 from person_fact n where n.supersedes = f.id) returning id) select id from old`,
        [supersedes, person, desk, fact.kind],
      );
      if (replaced.length === 0) throw new NotFoundError();
    }
    tx.insert('person_fact', [fromFact(this.keys.sealing, person, caller.actor, recorded)]);
    audit(tx, {
      at: new Date(recorded.recordedAt),
      actor: caller.actor,
      function: desk,
      action: 'person_fact.recorded',
      objectKind: 'person',
      object: person,
      details: { id, kind: fact.kind, ...(supersedes !== undefined && { supersedes }) },
    });
  }

  private async drawFromDeath(tx: Tx, person: string, recorded: RecordedFact): Promise<void> {
    if (recorded.inError === true) {
      if ((await diedAmong(tx, [person])).size === 0) await this.referrals.livesAfterAll(tx, person);
    }
    // Another day changes nothing for those who have been asked to call no more.
    else if (recorded.supersedes === undefined) await this.referrals.died(tx, person);
  }
}
