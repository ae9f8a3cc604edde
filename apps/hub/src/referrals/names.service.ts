// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { NotRevealed } from '@tsunagi/contracts';
import { finalStates, protectedOf, type MemberIdentifier, type MemberItems } from '@tsunagi/domain';
import { personsOf, referralsById, referralsWhere, subjectOf, type ReferralRecord } from './referral.record';
import { ShownContent } from './shown-content.service';
import { asShown, viewpointOf, type Viewpoint } from './viewpoint';
import type { Caller } from '../access';
import { Directory } from '../organizations';
import { protectionOf } from '../people';
import { Database } from '../platform';

export type Identity = NonNullable<MemberItems['identity']>;

/** What of a name a caller gets. */
export type NameSeen = { readonly identity: Identity } | { readonly because: NotRevealed };

/** Somebody whose name a caller would be shown by a referral of the caller's own desk. */
export interface PersonSeen {
  readonly person: string;
  readonly ref: string;
  readonly identity: Identity;
  readonly identifiers: readonly MemberIdentifier[];
}

/** A referral of the caller's own desk, and who is in it for the caller. */
export interface SeenAtDesk {
  readonly id: string;
  readonly desk: string;
  readonly persons: readonly PersonSeen[];
  /** As the caller sees it. */
  readonly open: boolean;
  readonly since: Date;
}

/** The names of those who are in a referral, as GET shows them to this caller. */
@Injectable()
export class Names {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly content: ShownContent,
  ) {}

  /**
   * Shown, and entered as a look. Of somebody who is protected only where another one has released it to the caller (ADR 27):
   * whether somebody is protected learns only who is shown the name, and with it `sealed`, by GET.
   *
   * Who became one with another one meanwhile is looked at anew: that one may be protected.
   *
   * @param of whose name; absent = of whom it is about
   */
  async reveal(caller: Caller, id: string, isReleased: () => Promise<boolean>, of?: string): Promise<NameSeen> {
    for (;;) {
      const found = await this.find(caller, id);
      const member = found?.referral.members.find((m, n) => (of === undefined ? n === 0 : m.person === of));
      if (!found || !member) return { because: 'NOT_FOUND' };
      const { referral, viewpoint } = found;
      const mayBeShown = !(await this.protectedIn(referral)).has(member.person) || (await isReleased());
      const sighted = mayBeShown ? { nameOf: member.ref } : 'nothing';
      const content = await this.content.of(caller, referral, viewpoint, sighted);
      const shown = content && [content.subject, ...content.others].find((m) => m.ref === member.ref);
      const identity = shown?.items.identity;
      if (!identity) return { because: 'NAME_NOT_SHOWN' };
      if (!mayBeShown) return { because: 'TWO_PERSONS' };
      const [now] = await this.database.query<{ version: number }>('select version from referral where id = $1', [id]);
      if (now?.version === referral.version) return { identity };
    }
  }

  /**
   * For which of its desks the caller would be shown the name of whom it is about, and whether that one is protected;
   * `undefined` where GET shows none.
   */
  async atDesk(
    caller: Caller,
    id: string,
  ): Promise<{ readonly desk: string; readonly protected: boolean } | undefined> {
    const found = await this.find(caller, id);
    const desk = found && deskOf(found.referral, found.viewpoint);
    if (!found || desk === undefined) return undefined;
    const { referral, viewpoint } = found;
    const content = await this.content.of(caller, referral, viewpoint, 'nothing');
    if (!content?.subject.items.identity) return undefined;
    return { desk, protected: (await this.protectedIn(referral)).has(subjectOf(referral)) };
  }

  /**
   * Who is in each of these for the caller's own desks, in their order, one by one as they are asked for; without those that
   * show the caller nobody. Nothing is entered: nobody is shown.
   */
  async *seenAtDesks(caller: Caller, ids: readonly string[]): AsyncGenerator<SeenAtDesk> {
    const referrals = await referralsById(this.database, ids);
    for (const id of ids) {
      const referral = referrals.get(id);
      const viewpoint = referral && viewpointOf(caller, referral, this.directory);
      const desk = viewpoint && deskOf(referral, viewpoint);
      const content = desk === undefined ? undefined : await this.content.of(caller, referral!, viewpoint!, 'nothing');
      if (!referral || !viewpoint || desk === undefined || !content) continue;
      const { system } = this.directory.function(desk);
      const persons = [content.subject, ...content.others].flatMap(({ ref, items: { identity }, identifiers }) => {
        const person = referral.members.find((m) => m.ref === ref)?.person;
        // Whoever is shut out by name learns nothing of that person, in nobody's referral.
        if (person === undefined || !identity || caller.excluded?.persons.has(person)) return [];
        return [{ person, ref, identity, identifiers: identifiers.filter((i) => i.system === system) }];
      });
      const { state, stateAt } = asShown(referral, viewpoint);
      if (persons.length > 0) yield { id, desk, persons, open: !finalStates.has(state), since: stateAt };
    }
  }

  /** Is this person protected in one of these, as far as it may be told there? */
  async isProtectedIn(ids: readonly string[], person: string): Promise<boolean> {
    for (const referral of (await referralsById(this.database, ids)).values())
      if ((await this.protectedIn(referral)).has(person)) return true;
    return false;
  }

  /** The newest own referrals of these desks that speak of somebody, newest first; whether each is shown is asked after. */
  async idsOf(person: string, desks: readonly string[], limit: number): Promise<string[]> {
    const found = await referralsWhere(
      this.database,
      `(subject = $1 or (jsonb_array_length(members) > 1 and members @> jsonb_build_array(jsonb_build_object('person', $1::text))))
         and (from_function = any($2::uuid[]) or (to_function = any($2::uuid[]) and sent_at is not null)) order by id desc limit ${limit}`,
      [person, desks],
      { content: false },
    );
    return found.map((r) => r.id);
  }

  /** Own referrals of these desks, newest first; whether each is shown is asked after. */
  async idsAtDesks(
    desks: readonly string[],
    { before, limit }: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `select id from referral where (from_function = any($1::uuid[]) or (to_function = any($1::uuid[]) and sent_at is not null))
         and ($2::uuid is null or id < $2) order by id desc limit ${limit}`,
      [desks, before ?? null],
    );
    return rows.map((r) => r.id);
  }

  private async find(
    caller: Caller,
    id: string,
  ): Promise<{ referral: ReferralRecord; viewpoint: Viewpoint } | undefined> {
    const referral = (await referralsById(this.database, [id])).get(id);
    const viewpoint = referral && viewpointOf(caller, referral, this.directory);
    return viewpoint && { referral, viewpoint };
  }

  /** As far as it may be told there. */
  private async protectedIn(referral: ReferralRecord): Promise<ReadonlySet<string>> {
    const protection = await protectionOf(this.database, personsOf(referral));
    return protectedOf(referral.kind, personsOf(referral), protection);
  }
}

const deskOf = ({ fromFunction, toFunction }: ReferralRecord, { sender, recipient }: Viewpoint): string | undefined =>
  sender ? fromFunction : recipient ? toFunction : undefined;
