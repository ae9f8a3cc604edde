// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { arrowsFor, finalStates, takeStep, type Consent, type DisclosureDecision, type Permit } from '@tsunagi/domain';
import { Changes } from './changes';
import { recallDeliveries } from './recalls';
import { isRouted, personsOf, pluginOf, referralsWhere, subjectOf, type ReferralRecord } from './referral.record';
import { Twins } from './twins';
import { ConsentListener, wishesOf, type ConsentChange, type Wishes } from '../consents';
import { referralDeliveries, Relay, requeue } from '../delivery';
import { decideOn, feedbackOn, isPermit, permitById, stillCovers, type DisclosableReferral } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { lockPersons } from '../people';
import { Clock, HUB_CONFIG, HUB_KEYS, type HubKeys, type Tx } from '../platform';

type Routed = ReferralRecord & DisclosableReferral;

/** The same transaction, as one referral sees it: what was decided before the change and what is decided after it. */
interface Turn {
  readonly tx: Tx;
  readonly changes: Changes;
  readonly change: ConsentChange;
  readonly wishes: Wishes;
  readonly was: DisclosureDecision;
  readonly is: DisclosureDecision;
}

/** What a new consent, a refusal or a withdrawal means for the referrals of that person, in the same transaction. */
@Injectable()
export class AuthorityChanges extends ConsentListener {
  constructor(
    private readonly directory: Directory,
    private readonly relay: Relay,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {
    super();
  }

  override async around(tx: Tx, change: ConsentChange, write: () => Promise<void>): Promise<void> {
    const referrals = await lockReferralsOf(tx, change.person);
    const persons = [...new Set(referrals.flatMap(personsOf))];
    const before = await wishesOf(tx, persons);
    await write();
    const wishes = await wishesOf(tx, persons);

    const changes = new Changes(
      { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal },
      this.clock.now(),
    );
    const twins = new Twins();
    for (const referral of referrals.filter(isRouted)) {
      if (referral.state === 'draft' || finalStates.has(referral.state)) continue;
      const was = decideOn(referral, before, this.directory, changes.now);
      const is = decideOn(referral, wishes, this.directory, changes.now);
      const turn: Turn = { tx, changes, change, wishes, was, is };
      if (referral.state === 'awaiting_authority') await this.release(turn, referral, twins);
      else await this.review(turn, referral);
    }
    await changes.save(tx);
  }

  override committed(): void {
    this.relay.wake();
  }

  /** What waited leaves by itself, as soon as something permits it and no twin is under way. */
  private async release({ tx, changes, change, wishes, is }: Turn, referral: Routed, twins: Twins): Promise<void> {
    if (!isPermit(is) || (await twins.isOpen(tx, referral))) return;
    changes.decide(referral, is, wishes);
    const facts = { action: 'send', by: 'core', facts: {}, permitted: true, meetingKnown: true } as const;
    twins.add(changes.move(referral, takeStep(referral, facts), { actor: change.actor, function: change.function }));
    changes.deliver({
      plugin: pluginOf(this.directory.function(referral.toFunction).channel),
      kind: 'referral',
      referral: referral.id,
      person: subjectOf(referral),
    });
  }

  /** What is under way goes on, with less, or stops: as the words of the person now say. */
  private async review(turn: Turn, referral: Routed): Promise<void> {
    const { tx, changes, was, is } = turn;
    if (!isPermit(is)) {
      if (isPermit(was) || (await this.wentOutOnWithdrawn(turn, referral))) await this.loseAuthority(turn, referral);
      return;
    }
    await this.tellAgain(turn, referral);
    await requeue(tx, [referral.id], changes.now);
    if (isPermit(was) && !stillCovers(is, was)) await this.narrow(turn, referral, is);
  }

  /** Not yet taken: revoked. Taken: it stays, nothing more leaves, and both desks talk with the person. */
  private async loseAuthority({ tx, changes }: Turn, referral: Routed): Promise<void> {
    // A withdrawal never fails on one referral: where nothing is left to revoke, it is written down.
    if (referral.everAccepted !== true && arrowsFor(referral.state, 'revoke').length > 0)
      changes.move(referral, takeStep(referral, { action: 'revoke', by: 'core', facts: {} }), { actor: 'core' });
    else {
      changes.record(referral, 'authority_lost', { actor: 'core' });
      for (const desk of [referral.fromFunction, referral.toFunction])
        changes.remind({ function: desk, role: 'caseworker', kind: 'talk_after_withdrawal', referral: referral.id });
    }
    await recallDeliveries(tx, changes, referral, await referralDeliveries(tx, [referral.id]));
  }

  /** Part of it may no longer be used: what has left with it is taken back, and goes again without it. */
  private async narrow({ tx, changes }: Turn, referral: Routed, permit: Permit): Promise<void> {
    const gone = (await referralDeliveries(tx, [referral.id])).filter(
      (d) => d.go_at !== null && d.state !== 'recalled',
    );
    const claimed = await permitById(
      tx,
      gone.flatMap((d) => d.decision ?? []),
    );
    const wider = gone.filter((d) => {
      const went = claimed.get(d.decision ?? '');
      return went !== undefined && !stillCovers(permit, went);
    });
    if (wider.length === 0) return;
    changes.record(referral, 'authority_narrowed', { actor: 'core' });
    await recallDeliveries(tx, changes, referral, wider);
    const plugin = pluginOf(this.directory.function(referral.toFunction).channel);
    if (plugin !== undefined && wider.some((d) => d.plugin !== null))
      changes.deliver({ plugin, kind: 'referral', referral: referral.id, person: subjectOf(referral) });
  }

  /** A new consent may let the sender know what it was not told before. */
  private async tellAgain({ tx, changes, wishes }: Turn, referral: Routed): Promise<void> {
    if (referral.toldState === referral.state || referral.decision === undefined) return;
    const permit = (await permitById(tx, [referral.decision])).get(referral.decision);
    if (!permit || feedbackOn(referral, permit, wishes, this.directory, changes.now) === 'none') return;
    changes.record(referral, 'feedback_permitted', { actor: 'core' }, {}, { toldState: referral.state });
  }

  /** An authority that had ended by itself is withdrawn: what left on it, or on a version it replaced, is taken back. */
  private async wentOutOnWithdrawn({ tx, change, wishes }: Turn, referral: Routed): Promise<boolean> {
    if (change.withdrawn === undefined) return false;
    const rows = await tx.query(
      `select 1 from disclosure_decision d, jsonb_array_elements(d.members) m
       where d.referral = $1 and m->'consents' ?| $2::text[] limit 1`,
      [referral.id, versionsOf(change.withdrawn, wishes.consents)],
    );
    return rows.length > 0;
  }
}

/**
 * The referrals of this person, with everybody in them locked. When one comes in between reading and locking, its
 * members are locked late and out of order; should that ever deadlock, the database says so and the call is tried again.
 */
async function lockReferralsOf(tx: Tx, person: string): Promise<ReferralRecord[]> {
  const locked = new Set<string>();
  let missing = [person];
  for (;;) {
    const found = await referralsWhere(
      tx,
      `(subject = $1 or (jsonb_array_length(members) > 1 and members @> jsonb_build_array(jsonb_build_object('person', $1::text)))) order by id`,
      [person],
    );
    missing = [person, ...found.flatMap(personsOf)].filter((p) => !locked.has(p));
    if (missing.length === 0) return found;
    await lockPersons(tx, missing);
    for (const p of missing) locked.add(p);
  }
}

/** The consent itself and all that it has replaced. */
function versionsOf(id: string, consents: readonly Consent[]): string[] {
  const earlier = consents.filter((c) => c.supersededBy === id);
  return [id, ...earlier.flatMap((c) => versionsOf(c.id, consents))];
}
