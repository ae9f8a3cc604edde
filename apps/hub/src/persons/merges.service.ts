// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { MergeConsequences, MergePersons, SplitPerson } from '@tsunagi/contracts';
import type { MemberIdentifier } from '@tsunagi/domain';
import { confirmed, mayJudge } from './links.service';
import { belongingsOf, disclosedSince, endAssertions, isOf, moveBelongings, moveLines, type Moved } from './moving';
import { settleDoubts, wordsApart } from './whose-words';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { Directory } from '../organizations';
import { diedAmong } from '../people';
import { Clock, Database, newId, NotFoundError, type Tx } from '../platform';
import { PersonChanges, type ReferralOfPerson } from '../referrals';
import { followLeads } from '../support-units';

interface LinkRow {
  readonly id: string;
  readonly at: Date;
  readonly moved: Moved;
}

/** Brings two records of one person together, and puts apart what was never one. A dry run does it all and undoes it. */
@Injectable()
export class PersonMerges {
  constructor(
    private readonly database: Database,
    private readonly referrals: PersonChanges,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** @throws {MatchNotConfirmedError} */
  async merge(caller: Caller, merged: string, { into, agreed, dryRun }: MergePersons): Promise<MergeConsequences> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    return this.run(dryRun, async (tx) => {
      const referrals = await this.referrals.of(tx, [merged, into]);
      await mayJudge(tx, caller, [merged, into]);
      await confirmed(tx, [merged, into], agreed);
      const stayed = await belongingsOf(tx, into);
      const oneDied = (await diedAmong(tx, [merged, into])).size === 1;
      const moved: Moved = {
        ...(await belongingsOf(tx, merged)),
        stayed: [...stayed.consents, ...stayed.refusals],
        referrals: referrals.flatMap(({ id, members }) => {
          const refs = members.filter((m) => m.person === merged).map((m) => m.ref);
          return refs.length > 0 ? [{ id, refs }] : [];
        }),
      };
      const seen = await seenBy(tx, desk, referrals, moved);
      await this.referrals.reassign(
        tx,
        [merged, into],
        { actor: caller.actor, function: desk, action: 'persons_merged' },
        (_, { person }) => (person === merged ? into : person),
        async () => {
          await moveBelongings(tx, moved, merged, into);
          await endAssertions(tx, merged, into);
        },
      );
      if (oneDied) await this.referrals.died(tx, into);
      await followLeads(tx, [merged, into]);
      const link = newId(now);
      tx.insert('person_link', [
        { id: link, kept: into, merged, at: now.toISOString(), linked_by: caller.actor, function: desk, agreed, moved },
      ]);
      this.testify(tx, caller, 'person.merged', into, { link, merged, agreed });
      return { person: into, ...seen, expired: [], incidents: [] };
    });
  }

  async split(caller: Caller, kept: string, body: SplitPerson): Promise<MergeConsequences> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    return this.run(body.dryRun, async (tx) => {
      const referrals = await this.referrals.of(tx, body.merged === undefined ? [kept] : [kept, body.merged]);
      await mayJudge(tx, caller, [kept]);
      const links = body.merged === undefined ? [] : await openLinks(tx, kept, body.merged);
      await this.refuseOthers(tx, desk, kept, referrals, body);
      const brought = apart(kept, referrals, links, body);
      const words = await wordsApart(tx, {
        desk,
        kept,
        referrals,
        going: new Set(brought.referrals.map((r) => r.id)),
        settled: new Set([...brought.consents, ...brought.refusals, ...links.flatMap((l) => l.moved.stayed ?? [])]),
        named: body,
      });
      const moved: Moved = {
        ...brought,
        consents: [...brought.consents, ...words.consents],
        refusals: [...brought.refusals, ...words.refusals],
      };
      const person = body.merged ?? newId(now);
      if (body.merged === undefined) tx.insert('person', [{ id: person }]);
      const wasDead = (await diedAmong(tx, [kept])).has(kept);
      const seen = await seenBy(tx, desk, referrals, moved);
      const expired = await ownOf(tx, 'consent', words.expired, desk);
      const incidents = body.reason === 'wrong_person' ? await this.openIncidents(tx, caller, kept, links) : [];
      const refs = new Map(moved.referrals.map((r) => [r.id, r.refs]));
      await this.referrals.reassign(
        tx,
        [kept],
        { actor: caller.actor, function: desk, action: 'person_split' },
        (referral, m) => (m.person === kept && refs.get(referral)?.includes(m.ref) === true ? person : m.person),
        async () => {
          await moveBelongings(tx, moved, kept, person);
          await moveLines(tx, moved.referrals, kept, person);
          await settleDoubts(tx, words, person);
        },
      );
      if (wasDead && (await diedAmong(tx, [kept])).size === 0) await this.referrals.livesAfterAll(tx, kept);
      await followLeads(tx, [kept, person]);
      await tx.query('update person_link set undone_at = $2 where id = any($1::uuid[])', [links.map((l) => l.id), now]);
      const { reason } = body;
      this.testify(tx, caller, 'person.split', kept, { person, reason, referrals: [...refs.keys()] });
      return { person, ...seen, expired, incidents };
    });
  }

  /** @throws {NotFoundError} A desk names its own referrals, what was said to it, and numbers of its own system. */
  private async refuseOthers(
    tx: Tx,
    desk: string,
    kept: string,
    referrals: readonly ReferralOfPerson[],
    { referrals: named, identifiers, consents = [], refusals = [] }: SplitPerson,
  ): Promise<void> {
    const mine = new Set(
      referrals.filter((r) => isOf(desk, r) && r.members.some((m) => m.person === kept)).map((r) => r.id),
    );
    const { identifiers: known, ...said } = await belongingsOf(tx, kept);
    const toUs = [
      ...(await ownOf(tx, 'consent', said.consents, desk)),
      ...(await ownOf(tx, 'refusal', said.refusals, desk)),
    ];
    if (![...consents, ...refusals].every((id) => toUs.includes(id))) throw new NotFoundError();
    const { system } = this.directory.function(desk);
    const isMine = (i: MemberIdentifier) =>
      i.system === system && known.some((k) => k.system === i.system && k.value === i.value);
    if (!named.every((id) => mine.has(id)) || !identifiers.every(isMine)) throw new NotFoundError();
  }

  /** 漏えい等のおそれ: each disclosure made through a person who was two. The two desks learn of theirs. */
  private async openIncidents(tx: Tx, caller: Caller, kept: string, links: readonly LinkRow[]): Promise<string[]> {
    const now = this.clock.now();
    const first = links.map((l) => l.at).sort((a, b) => a.getTime() - b.getTime())[0];
    if (!first) return [];
    const opened = (await disclosedSince(tx, kept, first)).map((d) => ({ ...d, incident: newId(now) }));
    tx.insert(
      'incident',
      opened.map((d) => ({
        id: d.incident,
        referral: d.referral,
        kind: 'wrong_merge',
        opened_at: now.toISOString(),
        opened_by: caller.actor,
        details: { disclosure: d.id, links: links.map((l) => l.id) },
      })),
    );
    const desk = actingFor(caller);
    return opened.filter((d) => d.sender_function === desk || d.recipient_function === desk).map((d) => d.incident);
  }

  private async run<T>(dryRun: true | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (dryRun) return this.database.dryRun(work);
    const result = await this.database.transaction(work);
    this.referrals.committed();
    return result;
  }

  private testify(tx: Tx, caller: Caller, action: string, object: string, details: Record<string, unknown>): void {
    const { actor, acting } = caller;
    audit(tx, { at: this.clock.now(), actor, function: acting, action, objectKind: 'person', object, details });
  }
}

/** Merges of the second into the first that nobody has undone. @throws {NotFoundError} */
async function openLinks(tx: Tx, kept: string, merged: string): Promise<LinkRow[]> {
  const links = await tx.query<LinkRow>(
    'select id, at, moved from person_link where kept = $1 and merged = $2 and moved is not null and undone_at is null order by at',
    [kept, merged],
  );
  if (links.length === 0) throw new NotFoundError();
  return links;
}

/** What the merges had brought, and what is named beside it. */
function apart(
  kept: string,
  referrals: readonly ReferralOfPerson[],
  links: readonly LinkRow[],
  { referrals: named, identifiers }: SplitPerson,
): Moved {
  const brought = links.map((l) => l.moved);
  const refsOf = ({ id, members }: ReferralOfPerson) =>
    members
      .filter((m) => m.person === kept)
      .map((m) => m.ref)
      .filter(
        (ref) =>
          named.includes(id) || brought.some((b) => b.referrals.some((r) => r.id === id && r.refs.includes(ref))),
      );
  return {
    referrals: referrals.map((r) => ({ id: r.id, refs: refsOf(r) })).filter((r) => r.refs.length > 0),
    identifiers: [...brought.flatMap((b) => b.identifiers), ...identifiers],
    consents: brought.flatMap((b) => b.consents),
    refusals: brought.flatMap((b) => b.refusals),
    facts: brought.flatMap((b) => b.facts),
    units: brought.flatMap((b) => b.units),
  };
}

/** The consequences as this desk may see them: of its own referrals and consents. */
async function seenBy(
  tx: Tx,
  desk: string,
  referrals: readonly ReferralOfPerson[],
  moved: Moved,
): Promise<Pick<MergeConsequences, 'referrals' | 'consents' | 'refusals' | 'deliveries'>> {
  const own = referrals.filter((r) => isOf(desk, r));
  const moving = new Set(moved.referrals.map((r) => r.id));
  return {
    referrals: own.filter((r) => moving.has(r.id)).map((r) => r.id),
    consents: await ownOf(tx, 'consent', moved.consents, desk),
    refusals: await ownOf(tx, 'refusal', moved.refusals, desk),
    deliveries: own.flatMap((r) => r.underWay),
  };
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
