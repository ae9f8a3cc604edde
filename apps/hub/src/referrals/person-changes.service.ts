// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { finalStates, hiddenKinds, takeStep } from '@tsunagi/domain';
import { AuthorityChanges } from './authority-changes.service';
import { Changes, type Acting } from './changes';
import { recallDeliveries } from './recalls';
import { subjectOf, type ReferralRecord } from './referral.record';
import { lockReferralsOf } from './referrals-of-person';
import { referralDeliveries, Relay } from '../delivery';
import type { MemberOnFile } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { Clock, HUB_CONFIG, HUB_KEYS, type HubKeys, type Tx } from '../platform';

/** A referral of persons who are merged or split. */
export interface ReferralOfPerson {
  readonly id: string;
  readonly from: string;
  /** Absent as long as nothing has left. */
  readonly to: string | undefined;
  readonly members: readonly { readonly ref: string; readonly person: string }[];
  /** Deliveries that have not ended. */
  readonly underWay: readonly string[];
  /** A 通報・通告: nobody but its two desks hears of it. */
  readonly hidden: boolean;
}

const underWay: ReadonlySet<string> = new Set(['queued', 'claimed', 'sent', 'parked']);

const core: Acting = { actor: 'core' };

/** What becomes of the referrals of a person when something happens to the person. */
@Injectable()
export class PersonChanges {
  constructor(
    private readonly directory: Directory,
    private readonly authority: AuthorityChanges,
    private readonly relay: Relay,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** Locks the persons and everybody in the same referrals: before anything is decided about them. */
  async lock(tx: Tx, persons: readonly string[]): Promise<void> {
    await lockReferralsOf(tx, persons);
  }

  /** A conference about these persons changes: what it lets out, or lets out no more, follows in the same transaction. */
  async aroundSitting(tx: Tx, persons: readonly string[], actor: string, write: () => Promise<void>): Promise<void> {
    await this.authority.decideAnew(tx, { actor }, await lockReferralsOf(tx, persons), write);
  }

  /**
   * What has not left never will. Everybody who has one of the others in hand is asked to write and call no more, and
   * learns nothing else. The person may be a member of other referrals as well: they go on.
   */
  async died(tx: Tx, person: string): Promise<void> {
    const changes = this.changes();
    for (const referral of await aboutThis(tx, person)) {
      if (finalStates.has(referral.state)) continue;
      const deliveries = await referralDeliveries(tx, [referral.id]);
      const hasLeft = deliveries.some((d) => d.go_at !== null);
      if (!hasLeft && ['draft', 'awaiting_authority', 'sent'].includes(referral.state)) {
        changes.move(referral, takeStep(referral, { action: 'withdraw', by: 'core', facts: {} }), core);
        await recallDeliveries(tx, changes, referral, deliveries);
      }
      const { fromFunction, toFunction } = referral;
      for (const desk of [fromFunction, ...(hasLeft && toFunction !== undefined ? [toFunction] : [])])
        changes.remind({ function: desk, role: 'caseworker', kind: 'person_deceased', referral: referral.id });
    }
    await changes.save(tx);
  }

  /** The death was no death. Whoever was told is told; what was withdrawn is sent anew by its sender. */
  async livesAfterAll(tx: Tx, person: string): Promise<void> {
    const changes = this.changes();
    const ids = (await aboutThis(tx, person)).map((r) => r.id);
    const told = await tx.query<{ function: string; referral: string }>(
      `with told as (update todo set done_at = coalesce(done_at, $2) where referral = any($1::uuid[]) and kind = 'person_deceased' returning function, referral)
       select distinct function, referral from told`,
      [ids, changes.now],
    );
    for (const { function: desk, referral } of told)
      changes.remind({ function: desk, role: 'caseworker', kind: 'death_in_error', referral });
    await changes.save(tx);
  }

  /** The referrals of these persons, as far as a merge or a split concerns them; they are locked. */
  async of(tx: Tx, persons: readonly string[]): Promise<ReferralOfPerson[]> {
    const referrals = await lockReferralsOf(tx, persons);
    const deliveries = await referralDeliveries(
      tx,
      referrals.map((r) => r.id),
    );
    return referrals.map(({ id, kind, fromFunction, toFunction, members }) => {
      const own = deliveries.filter((d) => d.referral === id);
      return {
        id,
        from: fromFunction,
        to: own.some((d) => d.go_at !== null) ? toFunction : undefined,
        members: members.filter((m) => persons.includes(m.person)).map(({ ref, person }) => ({ ref, person })),
        underWay: own.filter((d) => underWay.has(d.state)).map((d) => d.id),
        hidden: hiddenKinds.includes(kind),
      };
    });
  }

  /**
   * Others stand behind members of these persons' referrals from now on, and what is said of them moves by `write`: what
   * waits and what has left is decided anew, as after a consent or a refusal.
   */
  async reassign(
    tx: Tx,
    persons: readonly string[],
    change: Acting & { readonly action: 'persons_merged' | 'person_split'; readonly function: string },
    personFor: (referral: string, member: { readonly ref: string; readonly person: string }) => string,
    write: () => Promise<void>,
  ): Promise<void> {
    const { action, ...by } = change;
    const referrals = await lockReferralsOf(tx, persons);
    const behind = new Map(
      referrals.map((referral) => {
        const to = (m: MemberOnFile): MemberOnFile => ({ ...m, person: personFor(referral.id, m) });
        const [first, ...others] = referral.members;
        return [referral.id, [to(first), ...others.map(to)] satisfies ReferralRecord['members']];
      }),
    );
    const membersOf = ({ id, members }: ReferralRecord) => behind.get(id) ?? members;
    const moving = referrals.filter((r) => membersOf(r).some((m, n) => m.person !== r.members[n]?.person));
    const moved = (changes: Changes, referral: ReferralRecord): ReferralRecord =>
      moving.includes(referral) ? changes.record(referral, action, by, {}, { members: membersOf(referral) }) : referral;
    await this.authority.decideAnew(
      tx,
      by,
      referrals,
      async () => {
        await write();
        // Whether another one is under way is asked of the table, so who is behind each stands there first.
        await tx.query(
          `update referral r set subject = w.subject, members = w.members
           from jsonb_to_recordset($1::jsonb) as w(id uuid, subject uuid, members jsonb) where r.id = w.id`,
          [JSON.stringify(moving.map((r) => ({ id: r.id, subject: membersOf(r)[0].person, members: membersOf(r) })))],
        );
        await tx.query(
          'update delivery d set person = m.person from unnest($1::uuid[], $2::uuid[]) m(referral, person) where d.referral = m.referral',
          [referrals.map((r) => r.id), referrals.map((r) => personFor(r.id, r.members[0]))],
        );
      },
      moved,
    );
  }

  /**
   * Who is protected, and from whom, is recorded by `write`.
   *
   * @param sealed whose whereabouts never leave from now on
   */
  protect(
    tx: Tx,
    by: { readonly actor: string; readonly function?: string },
    persons: readonly string[],
    write: () => Promise<void> | void,
    sealed: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    return this.authority.protect(tx, by, persons, sealed, write);
  }

  /** After the commit. */
  committed(): void {
    this.relay.wake();
  }

  private changes(): Changes {
    return new Changes(
      { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal },
      this.clock.now(),
    );
  }
}

async function aboutThis(tx: Tx, person: string): Promise<ReferralRecord[]> {
  return (await lockReferralsOf(tx, [person])).filter((r) => subjectOf(r) === person);
}
