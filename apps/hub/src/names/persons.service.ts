// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { FoundPerson, PersonsPage, PersonsQuery, SearchedPersons, SearchPersons } from '@tsunagi/contracts';
import { desksFor, id as idSchema } from '@tsunagi/domain';
import { base32ToUuid, codeToUuid, gojuonKey, nameKey } from '@tsunagi/text';
import { NameIndex } from './name-index.service';
import { askedFor } from './name-tokens';
import { TooManySearchesError, TooManyToSortError } from './names.errors';
import { Throttle, type Caller } from '../access';
import { audit } from '../audit';
import { Directory } from '../organizations';
import { knownToAs, meantBy } from '../people';
import { Clock, Database, HUB_KEYS, newId, sentenceOf, type HubKeys } from '../platform';
import { contentsOf, Names, type PersonSeen, type SeenAtDesk } from '../referrals';

/** So many are answered (ours). */
const mostFound = 50;
/** So many referrals are looked through for one search, the newest. */
const mostCandidates = 500;
/** So many of one person are counted. */
const mostCounted = 20;
/** A desk with more referrals than these sorts none by kana: it asks for whom it wants. */
const mostSorted = 5000;
/** So often somebody asks in so long (ours): more than a day at a desk, less than a list of everybody. */
const [searches, withinMs] = [200, 15 * 60_000];
const defaultLimit = 25;

interface Found extends FoundPerson {
  readonly key: string;
}

/** Persons whom the caller's own desks know by their referrals: never a name, and nobody whom the referral itself would not show. */
@Injectable()
export class FoundPersons {
  private readonly throttle = new Throttle(searches, withinMs);

  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly names: Names,
    private readonly index: NameIndex,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** @throws {TooManySearchesError} */
  async search(caller: Caller, { q, sort = 'kana' }: SearchPersons): Promise<SearchedPersons> {
    const now = this.clock.now();
    const wait = this.throttle.waitFor(caller.id, now.getTime());
    if (wait > 0) throw new TooManySearchesError(wait);
    this.throttle.count(caller.id, now.getTime());
    const found = await this.look(caller, q);
    const items = found.slice(0, mostFound);
    await this.database.transaction((tx) =>
      audit(tx, {
        ...{ at: now, actor: caller.actor, function: caller.acting, action: 'persons.searched' },
        // Not what was asked for: that would be a name.
        ...{
          objectKind: 'search',
          object: newId(now),
          details: { found: items.length, more: found.length > mostFound },
        },
      }),
    );
    return {
      items: inOrder(items, sort).map(shown),
      ...(found.length > mostFound && { more: 'TOO_MANY_FOUND' as const, sentence: sentenceOf('TOO_MANY_FOUND') }),
    };
  }

  async list(caller: Caller, { sort = 'newest', cursor, limit = defaultLimit }: PersonsQuery): Promise<PersonsPage> {
    return sort === 'kana' ? this.byKana(caller, cursor, limit) : this.newest(caller, cursor, limit);
  }

  /** By the newest referral in which each is seen. A page may be shorter: what it was looked through for was not to be seen. */
  private async newest(caller: Caller, cursor: string | undefined, limit: number): Promise<PersonsPage> {
    const desks = desksFor(caller, 'persons.find');
    const ids = await this.names.idsAtDesks(desks, { before: cursor, limit: mostCandidates });
    const items: FoundPerson[] = [];
    const done = new Set<string>();
    let last: string | undefined;
    for await (const seen of this.names.seenAtDesks(caller, ids)) {
      for (const one of seen.persons) {
        if (done.has(one.person)) continue;
        done.add(one.person);
        const found = await this.found(caller, one.person, desks);
        // Who is in a newer one stands on a page before.
        if (found?.referralId === seen.id) items.push(shown(found));
      }
      last = seen.id;
      if (items.length >= limit) break;
    }
    const next = items.length >= limit ? last : ids.at(-1);
    const isMore = next !== ids.at(-1) || ids.length === mostCandidates;
    return { items, ...(isMore && next !== undefined && { next }) };
  }

  /**
   * Names stay sealed, so no database sorts them: the readings are opened and put in order here, the same on every set-up. Asked of
   * each is only then whether the caller may know of it.
   *
   * @throws {TooManyToSortError}
   */
  private async byKana(caller: Caller, cursor: string | undefined, limit: number): Promise<PersonsPage> {
    const desks = desksFor(caller, 'persons.find');
    const ids = await this.names.idsAtDesks(desks, { limit: mostSorted + 1 });
    if (ids.length > mostSorted) throw new TooManyToSortError();
    const keys = new Map<string, string>();
    for (const { members } of await contentsOf(this.database, ids, this.keys.sealing))
      for (const { person, items } of members)
        if (items.identity && !keys.has(person)) keys.set(person, sortKey(items.identity));
    const sorted = [...keys].sort((a, b) => compare(a[1], b[1]) || compare(a[0], b[0])).map(([person]) => person);
    const after = cursor === undefined ? undefined : (await meantBy(this.database, cursor, desks)).person;
    const items: FoundPerson[] = [];
    for (const person of after === undefined ? sorted : sorted.slice(sorted.indexOf(after) + 1)) {
      const found = await this.found(caller, person, desks);
      // One more tells that there are more.
      if (found && items.length === limit) return { items, next: items.at(-1)!.id };
      if (found) items.push(shown(found));
    }
    return { items };
  }

  /** At most one more than is answered. */
  private async look(caller: Caller, q: string): Promise<Found[]> {
    const desks = desksFor(caller, 'persons.find');
    const referral = idIn(q);
    const asked = referral === undefined ? askedFor(q) : undefined;
    if (referral === undefined && !asked) return [];
    const ids = referral === undefined ? await this.index.candidates(asked!, desks, mostCandidates) : [referral];
    const found = new Map<string, Found>();
    for await (const { persons } of this.names.seenAtDesks(caller, ids))
      for (const one of persons) {
        if (found.has(one.person)) continue;
        const { identity, identifiers } = one;
        if (asked && !asked.fits({ items: { identity }, identifiers: [...identifiers] })) continue;
        const person = await this.found(caller, one.person, desks);
        if (person) found.set(one.person, person);
        if (found.size > mostFound) return [...found.values()];
      }
    return [...found.values()];
  }

  /** What is told of one of them: counted is only where the caller sees that this person is in it. */
  private async found(caller: Caller, person: string, desks: readonly string[]): Promise<Found | undefined> {
    const theirs: SeenAtDesk[] = [];
    for await (const seen of this.names.seenAtDesks(caller, await this.names.idsOf(person, desks, mostCounted)))
      if (seen.persons.some((p) => p.person === person)) theirs.push(seen);
    const [newest] = theirs;
    if (!newest) return undefined;
    const known = await knownToAs(this.database, [{ function: newest.desk, person }]);
    return {
      id: known(newest.desk, person),
      function: this.directory.outline(newest.desk),
      referralId: newest.id,
      referrals: theirs.length,
      open: theirs.filter((t) => t.open).length,
      lastAt: new Date(Math.max(...theirs.map((t) => t.since.getTime()))).toISOString(),
      key: sortKey(newest.persons.find((p) => p.person === person)!.identity),
    };
  }
}

/** Those of whom no reading is known come after all others. */
const sortKey = ({ name = '', kana }: PersonSeen['identity']): string =>
  kana === undefined ? `\uffff${nameKey(name)}` : gojuonKey(kana);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (found: readonly Found[], sort: 'kana' | 'newest'): Found[] =>
  [...found].sort((a, b) =>
    sort === 'kana'
      ? compare(a.key, b.key) || compare(a.id, b.id)
      : compare(b.referralId, a.referralId) || compare(a.id, b.id),
  );

const shown = ({ key: _, ...person }: Found): FoundPerson => person;

/** The id of a referral as people copy it: a UUID, or what stands on screen and paper. */
function idIn(q: string): string | undefined {
  const text = q.trim();
  if (idSchema.safeParse(text).success) return text.toLowerCase();
  try {
    return base32ToUuid(text);
  } catch {
    return text.length === 27 ? codeToUuid(text) : undefined;
  }
}
