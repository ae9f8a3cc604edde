// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { AuditAction, DoubtPerson, Judgements, LinkPersons, MergedHere } from '@tsunagi/contracts';
import { desksFor, hiddenKinds, isConfirmed } from '@tsunagi/domain';
import { mergedAs } from './ids-kept';
import { ask, askedMerges, askedSplits } from './judgements';
import { openLinks } from './moving';
import { refuseOthers, tookPartIn } from './own-records';
import { MatchNotConfirmedError } from './persons.errors';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { enterLook } from '../looks';
import { Directory } from '../organizations';
import { endangerEachOther, lockPersons, meantBy, tookPart, withMeant, type Meant } from '../people';
import { Clock, Database, newId, NotFoundError, type Tx } from '../platform';
import { PersonChanges } from '../referrals';

/**
 * What a desk says of persons with whom it has worked: that two are one, or that one is two. Whatever is on file elsewhere,
 * the answer is the same and nothing moves: somebody of the municipality carries it out, or does not.
 */
@Injectable()
export class PersonLinks {
  constructor(
    private readonly database: Database,
    private readonly referrals: PersonChanges,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** @throws {MatchNotConfirmedError} */
  link(caller: Caller, person: string, { other, agreed }: LinkPersons): Promise<{ id: string }> {
    const desk = actingFor(caller);
    return withMeant(this.database, person, [desk], (one) =>
      withMeant(this.database, other, [desk], (two) => this.linkThose(caller, one, two, agreed)),
    );
  }

  private linkThose(caller: Caller, one: Meant, two: Meant, agreed: LinkPersons['agreed']): Promise<{ id: string }> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    const [person, other] = [one.person, two.person];
    return this.database.transaction(async (tx) => {
      await lockPersons(tx, [person, other]);
      await mayJudge(tx, caller, [one, two]);
      if (!isConfirmed(agreed)) throw new MatchNotConfirmedError();
      const id = newId(now);
      const at = now.toISOString();
      tx.insert('person_link', [
        { id, kept: person, merged: other, at, linked_by: caller.actor, function: desk, agreed },
      ]);
      ask(tx, person, 'judge_merge', [{ function: desk }], now);
      this.testify(tx, caller, 'person.linked', person, { id, other, agreed });
      return { id };
    });
  }

  /** @throws {NotFoundError} also when something is named that is not this desk's */
  doubt(caller: Caller, person: string, said: DoubtPerson): Promise<{ id: string }> {
    return withMeant(this.database, person, [actingFor(caller)], (meant) => this.doubtThat(caller, meant, said));
  }

  private doubtThat(caller: Caller, meant: Meant, said: DoubtPerson): Promise<{ id: string }> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    const { person } = meant;
    return this.database.transaction(async (tx) => {
      const referrals = await this.referrals.of(tx, [person]);
      await mayJudge(tx, caller, [meant]);
      const merged = said.merged && (await mergedAs(tx, person, { function: desk, id: said.merged }));
      const body = { ...said, ...(merged !== undefined && { merged }) };
      if (merged !== undefined) tookPartIn(await openLinks(tx, person, merged), desk, referrals);
      const { system } = this.directory.function(desk);
      await refuseOthers(tx, { desk, system }, person, referrals, body);
      const id = newId(now);
      tx.insert('person_doubt', [{ id, person, at: now.toISOString(), asked_by: caller.actor, function: desk, body }]);
      ask(tx, person, 'judge_split', [{ function: desk }], now);
      this.testify(tx, caller, 'person.doubted', person, { id, reason: body.reason });
      return { id };
    });
  }

  /**
   * What a desk itself has said to be one, and is one since, by the ids that it said. That others have brought somebody
   * together tells where else the person is known: it is not here.
   * @throws {NotFoundError}
   */
  async merged(caller: Caller, id: string): Promise<MergedHere> {
    const { person, functions } = await meantBy(this.database, id, desksFor(caller, 'persons.judge'));
    if (!(await tookPart(this.database, person, caller, functions, { released: true }))) throw new NotFoundError();
    const rows = await this.database.query<{ id: string; at: Date }>(
      `select s.id, l.at from person_link l cross join lateral jsonb_to_recordset(l.moved->'ids') as s(function uuid, id uuid)
       where l.kept = $1 and l.undone_at is null and l.function = any($2::uuid[]) and s.function = l.function order by l.at, s.id`,
      [person, functions],
    );
    return { items: rows.map((row) => ({ id: row.id, at: row.at.toISOString() })) };
  }

  /**
   * For whoever judges: what desks have asked for about this person. Of a 通報・通告 and of numbers they see nothing.
   * @throws {NotFoundError} nobody asks for anything, or there is no such person
   */
  async judgements(caller: Caller, person: string): Promise<Judgements> {
    const [merges, splits] = [await askedMerges(this.database, person), await askedSplits(this.database, person)];
    if (merges.length + splits.length === 0) throw new NotFoundError();
    const others = merges.map((m) => (m.kept === person ? m.merged : m.kept));
    await this.database.transaction((tx) => {
      const members = [...new Set([person, ...others])].map((one) => ({ ref: 'subject', person: one, categories: [] }));
      const by = { viewer: caller.actor, function: undefined, authority: 'own_desk' } as const;
      enterLook(tx, { way: 'read', what: 'facts', ...by, askedFor: person, person, members }, this.clock.now());
    });
    const hidden = await this.database.query<{ id: string }>(
      'select id from referral where id = any($1::uuid[]) and kind = any($2::text[])',
      [splits.flatMap((s) => s.body.referrals), hiddenKinds],
    );
    const asked = ({ id, function: desk, at }: { id: string; function: string; at: Date }) => ({
      id,
      function: this.directory.outline(desk),
      askedAt: at.toISOString(),
    });
    return {
      merges: merges.map((m) => ({
        ...asked(m),
        other: m.kept === person ? m.merged : m.kept,
        agreed: [...m.agreed],
      })),
      splits: splits.map(
        ({ body: { merged, referrals, identifiers, consents = [], refusals = [], reason }, ...request }) => ({
          ...asked(request),
          ...(merged !== undefined && { merged }),
          referrals: referrals.filter((id) => !hidden.some((h) => h.id === id)),
          numbers: identifiers.length,
          consents,
          refusals,
          reason,
        }),
      ),
    };
  }

  private testify(tx: Tx, caller: Caller, action: AuditAction, object: string, details: Record<string, unknown>): void {
    const { actor, acting } = caller;
    audit(tx, { at: this.clock.now(), actor, function: acting, action, objectKind: 'person', object, details });
  }
}

/**
 * Whether two are one is said by people, of a function that took part with both after release: what is held for its
 * sender is matched with nobody. Of two of whom one endangers the other that is not said, and not why.
 * @throws {NotFoundError} also when one of them is unknown
 */
async function mayJudge(tx: Tx, caller: Caller, persons: readonly Meant[]): Promise<void> {
  const mine = desksFor(caller, 'persons.judge');
  if (new Set(persons.map((p) => p.person)).size < persons.length) throw new NotFoundError();
  for (const { person, functions } of persons) {
    const desks = functions.filter((f) => mine.includes(f));
    if (!(await tookPart(tx, person, caller, desks, { released: true }))) throw new NotFoundError();
  }
  const ids = persons.map((p) => p.person);
  if (await endangerEachOther(tx, ids)) throw new NotFoundError();
}
