// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, DoubtPerson, MergeConsequences, MergePersons, SplitPerson } from '@tsunagi/contracts';
import { areTwoOf } from '@tsunagi/domain';
import { giveIdsBack, keepIds, keepIdsApart, knowersOf, knowOnlyBy } from './ids-kept';
import { askAnew, askedMerges, askedSplits, byAnother } from './judgements';
import {
  belongingsOf,
  conferredSince,
  disclosedSince,
  endAssertions,
  moveBelongings,
  moveLines,
  moveLooks,
  openLinks,
  type LinkRow,
  type Moved,
} from './moving';
import { refuseOthers } from './own-records';
import { allRecorded, moveGrounds, protectBoth, type Recorded } from './recorded';
import { NumbersDifferError } from './persons.errors';
import { bothInUnits, ownSince, type SinceThen } from './since-then';
import { settleDoubts, wordsApart } from './whose-words';
import type { Caller } from '../access';
import { audit } from '../audit';
import { openIncidents } from '../incidents';
import { Directory } from '../organizations';
import { diedAmong, endangerEachOther, identifiersOf } from '../people';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, type HubKeys, type Tx } from '../platform';
import { PersonChanges, type ReferralOfPerson } from '../referrals';
import { doubtLeads, followLeads, keepApart } from '../support-units';

/**
 * Brings two records of one person together, and puts apart what was never one, as a desk has asked and somebody else judges
 * for the municipality: it concerns every function that has anything of these persons. A dry run does it all and undoes it.
 */
@Injectable()
export class PersonMerges {
  constructor(
    private readonly database: Database,
    private readonly referrals: PersonChanges,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** @throws {NotFoundError} no desk has confirmed it, or one of them is unknown @throws {NumbersDifferError} */
  async merge(caller: Caller, merged: string, { into, dryRun }: MergePersons): Promise<MergeConsequences> {
    const now = this.clock.now();
    return this.run(dryRun, async (tx) => {
      const referrals = await this.referrals.of(tx, [merged, into]);
      const asked = (await askedMerges(tx, merged)).filter((m) => [m.kept, m.merged].includes(into) && merged !== into);
      const confirmed = byAnother(asked, (m) => m.linked_by, caller);
      if (!confirmed || (await endangerEachOther(tx, [merged, into]))) throw new NotFoundError();
      const { agreed, function: desk } = confirmed;
      const numbers = await identifiersOf(tx, [merged, into]);
      if (areTwoOf(numbers.get(merged) ?? [], numbers.get(into) ?? [])) throw new NumbersDifferError();
      const stayed = await belongingsOf(tx, into);
      const oneDied = (await diedAmong(tx, [merged, into])).size === 1;
      const moved: Moved = {
        ...(await belongingsOf(tx, merged)),
        stayed: [...stayed.consents, ...stayed.refusals, ...protectionOf(stayed.recorded)],
        referrals: referrals.flatMap(({ id, members }) => {
          const refs = members.filter((m) => m.person === merged).map((m) => m.ref);
          return refs.length > 0 ? [{ id, refs }] : [];
        }),
        ids: await keepIds(tx, merged, into),
      };
      await this.referrals.reassign(
        tx,
        [merged, into],
        byJudge(caller, desk, 'persons_merged'),
        (_, { person }) => (person === merged ? into : person),
        async () => {
          await moveBelongings(tx, moved, merged, into, now);
          await endAssertions(tx, merged, into);
          await tx.query('update person_doubt set person = $2 where person = $1 and done_at is null', [merged, into]);
        },
      );
      if (oneDied) await this.referrals.died(tx, into);
      await followLeads(tx, [merged, into]);
      await keepApart(tx, this.keys.sealing, [into], now);
      await doubtLeads(tx, { persons: [merged, into] });
      const link = newId(now);
      tx.insert('person_link', [
        { id: link, kept: into, merged, at: now.toISOString(), linked_by: caller.actor, function: desk, agreed, moved },
      ]);
      await tx.query('update person_link set undone_at = $2 where id = any($1::uuid[])', [asked.map((m) => m.id), now]);
      await askAnew(tx, [merged, into], now);
      this.testify(tx, caller, 'person.merged', into, { link, merged, asked: confirmed.id });
      return { person: into, ...consequences(referrals, moved), expired: [], incidents: [] };
    });
  }

  /** @throws {NotFoundError} nobody asks for it, or what was asked for is not so any more */
  async split(caller: Caller, kept: string, { doubt, dryRun }: SplitPerson): Promise<MergeConsequences> {
    const now = this.clock.now();
    return this.run(dryRun, async (tx) => {
      let referrals = await this.referrals.of(tx, [kept]);
      const asked = (await askedSplits(tx, kept)).filter((s) => s.id === doubt);
      const request = byAnother(asked, (s) => s.asked_by, caller);
      if (!request) throw new NotFoundError();
      const { body, function: desk } = request;
      if (body.merged !== undefined) referrals = await this.referrals.of(tx, [kept, body.merged]);
      const links = body.merged === undefined ? [] : await openLinks(tx, kept, body.merged);
      const { system } = this.directory.function(desk);
      await refuseOthers(tx, { desk, system }, kept, referrals, body);
      const ids = links.flatMap((l) => l.moved.ids ?? []);
      const knew = await knowersOf(tx, kept);
      const onlyBy = await knowOnlyBy(tx, kept, ids);
      const brought = apart(kept, referrals, links, { named: body, onlyBy, since: await ownSince(tx, kept, onlyBy) });
      const settled = new Set([
        ...[...brought.consents, ...brought.refusals, ...protectionOf(brought.recorded)],
        ...links.flatMap((l) => l.moved.stayed ?? []),
      ]);
      const going = new Set(brought.referrals.map((r) => r.id));
      const words = await wordsApart(tx, { desk, kept, referrals, going, settled, named: body });
      const moved: Moved = {
        ...brought,
        consents: [...brought.consents, ...words.consents],
        refusals: [...brought.refusals, ...words.refusals],
      };
      const person = body.merged ?? newId(now);
      if (body.merged === undefined) tx.insert('person', [{ id: person, apart_from: kept }]);
      else await tx.query('update person set apart_from = $2 where id = $1', [person, kept]);
      const wasDead = (await diedAmong(tx, [kept])).has(kept);
      const refs = new Map(moved.referrals.map((r) => [r.id, r.refs]));
      const whose = (referral: string, ref: string) => (refs.get(referral)?.includes(ref) === true ? person : kept);
      // Talked about was who stood there before they were one.
      const conferences = new Set(brought.recorded?.conferences.map((c) => c.id));
      const whoseAt = (conference: string) => (conferences.has(conference) ? person : kept);
      const incidents =
        body.reason === 'wrong_person' ? await this.openIncidents(tx, caller, kept, links, { whose, whoseAt }) : [];
      await this.referrals.reassign(
        tx,
        [kept],
        byJudge(caller, desk, 'person_split'),
        (referral, m) => (m.person === kept && refs.get(referral)?.includes(m.ref) === true ? person : m.person),
        async () => {
          await moveBelongings(tx, moved, kept, person, now);
          await moveGrounds(tx, [...refs.keys()], kept, person);
          await protectBoth(tx, { kept, person, settled });
          await moveLines(tx, moved.referrals, kept, person);
          await moveLooks(tx, onlyBy, kept, person);
          await settleDoubts(tx, words, person);
          await giveIdsBack(tx, ids, kept, person);
          for (const { at } of links.slice(0, 1)) await bothInUnits(tx, { person, kept, since: at }, onlyBy);
        },
      );
      await keepIdsApart(tx, knew, kept, person);
      if (wasDead && (await diedAmong(tx, [kept])).size === 0) await this.referrals.livesAfterAll(tx, kept);
      await followLeads(tx, [kept, person]);
      await keepApart(tx, this.keys.sealing, [kept, person], now);
      await doubtLeads(tx, { persons: [kept, person] });
      await tx.query('update person_link set undone_at = $2 where id = any($1::uuid[])', [links.map((l) => l.id), now]);
      await tx.query('update person_doubt set done_at = $2 where id = $1', [doubt, now]);
      await askAnew(tx, [kept, person], now);
      const { reason } = body;
      this.testify(tx, caller, 'person.split', kept, { person, reason, doubt, referrals: [...refs.keys()] });
      const shown = new Set(shownOf(referrals).map((r) => r.id));
      return {
        person,
        ...consequences(referrals, moved),
        expired: [...words.expired],
        incidents: incidents.filter((i) => shown.has(i.referral)).map((i) => i.incident),
      };
    });
  }

  /** 漏えい等のおそれ: each disclosure made through a person who was two. The two desks learn of theirs, of what a conference had only who sat there. */
  private async openIncidents(
    tx: Tx,
    caller: Caller,
    kept: string,
    links: readonly LinkRow[],
    {
      whose,
      whoseAt,
    }: { readonly whose: (referral: string, ref: string) => string; readonly whoseAt: (conference: string) => string },
  ): Promise<{ readonly incident: string; readonly referral: string }[]> {
    const now = this.clock.now();
    const first = links.map((l) => l.at).sort((a, b) => a.getTime() - b.getTime())[0];
    if (!first) return [];
    const disclosed = await disclosedSince(tx, kept, first);
    const noticed = disclosed.map((d) => ({
      kind: 'wrong_merge' as const,
      came: { referral: d.referral },
      persons: d.members
        .filter((m) => m.person === kept)
        .map(({ ref, categories }) => ({ person: whose(d.referral, ref), categories })),
      recipients: [d.recipient_function],
      noticedAt: now,
      details: { disclosure: d.id, links: links.map((l) => l.id) },
    }));
    const conferred = (await conferredSince(tx, kept, first)).map((d) => ({
      kind: 'wrong_merge' as const,
      came: { conference: d.conference, from: d.sender_function },
      persons: [{ person: whoseAt(d.conference), categories: d.categories }],
      recipients: [d.recipient_function],
      noticedAt: now,
      details: { links: links.map((l) => l.id) },
    }));
    const opened = await openIncidents(
      tx,
      [...noticed, ...conferred],
      { actor: caller.actor, function: caller.acting },
      now,
    );
    return disclosed.flatMap(({ referral }, n) => {
      const incident = opened[n];
      return incident === undefined ? [] : [{ incident, referral }];
    });
  }

  private async run<T>(dryRun: true | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (dryRun) return this.database.dryRun(work);
    const result = await this.database.transaction(work);
    this.referrals.committed();
    return result;
  }

  private testify(tx: Tx, caller: Caller, action: AuditAction, object: string, details: Record<string, unknown>): void {
    const { actor, acting } = caller;
    audit(tx, { at: this.clock.now(), actor, function: acting, action, objectKind: 'person', object, details });
  }
}

const protectionOf = (recorded: Recorded | undefined): readonly string[] =>
  recorded ? [...recorded.seals, ...recorded.dangers, ...recorded.endangering] : [];

/** Whose the rest is. */
interface Apart {
  readonly named: DoubtPerson;
  /** Functions that mean nobody but the one who goes, and what they have of that one since. */
  readonly onlyBy: ReadonlySet<string>;
  readonly since: SinceThen;
}

/** What the merges had brought, what is named beside it, and what came since of those who knew of no other. */
function apart(
  kept: string,
  referrals: readonly ReferralOfPerson[],
  links: readonly LinkRow[],
  { named: { referrals: named, identifiers }, onlyBy, since }: Apart,
): Moved {
  const brought = links.map((l) => l.moved);
  const refsOf = ({ id, from, members }: ReferralOfPerson) =>
    members
      .filter((m) => m.person === kept)
      .map((m) => m.ref)
      .filter(
        (ref) =>
          named.includes(id) ||
          onlyBy.has(from) ||
          brought.some((b) => b.referrals.some((r) => r.id === id && r.refs.includes(ref))),
      );
  const alsoSince = (what: keyof SinceThen) => [...new Set([...brought.flatMap((b) => b[what]), ...since[what]])];
  return {
    referrals: referrals.map((r) => ({ id: r.id, refs: refsOf(r) })).filter((r) => r.refs.length > 0),
    identifiers: [...brought.flatMap((b) => b.identifiers), ...identifiers],
    consents: brought.flatMap((b) => b.consents),
    refusals: brought.flatMap((b) => b.refusals),
    facts: alsoSince('facts'),
    units: alsoSince('units'),
    recorded: allRecorded(brought.map((b) => b.recorded)),
  };
}

/** What follows, for whoever judges: of a 通報・通告 nobody else hears. */
function consequences(
  referrals: readonly ReferralOfPerson[],
  moved: Moved,
): Pick<MergeConsequences, 'referrals' | 'consents' | 'refusals' | 'deliveries'> {
  const shown = shownOf(referrals);
  const moving = new Set(moved.referrals.map((r) => r.id));
  return {
    referrals: shown.filter((r) => moving.has(r.id)).map((r) => r.id),
    consents: [...moved.consents],
    refusals: [...moved.refusals],
    deliveries: shown.flatMap((r) => r.underWay),
  };
}

const shownOf = (referrals: readonly ReferralOfPerson[]) => referrals.filter((r) => !r.hidden);

/** Its history says so to the desk that had asked, and to those who oversee. */
const byJudge = <A extends string>({ actor }: Caller, desk: string, action: A) => ({
  actor,
  function: desk,
  action,
});
