// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { arrowsFor, finalStates, takeStep } from '@tsunagi/domain';
import { Changes } from './changes';
import { recallDeliveries } from './recalls';
import { isRouted, personsOf, pluginOf, referralsWhere, subjectOf, type ReferralRecord } from './referral.record';
import { ConsentListener, wishesOf, type ConsentChange } from '../consents';
import { referralDeliveries, Relay, requeue } from '../delivery';
import { decideOn, isPermit } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { Clock, HUB_CONFIG, HUB_KEYS, type HubKeys, type Tx } from '../platform';

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

  override async changed(tx: Tx, change: ConsentChange): Promise<void> {
    const changes = new Changes(
      { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal },
      this.clock.now(),
    );
    const referrals = await referralsWhere(tx, `members @> jsonb_build_array(jsonb_build_object('person', $1::text))`, [
      change.person,
    ]);
    const wishes = await wishesOf(tx, [...new Set(referrals.flatMap(personsOf))]);
    for (const referral of referrals.filter((r) => !finalStates.has(r.state))) {
      if (!isRouted(referral)) continue;
      const decision = decideOn(referral, wishes, this.directory, changes.now);
      if (referral.state === 'awaiting_authority') {
        if (!isPermit(decision) || (await this.hasTwin(tx, referral))) continue;
        changes.decide(referral, decision, wishes);
        changes.move(
          referral,
          takeStep(referral, { action: 'send', by: 'core', facts: {}, permitted: true, meetingKnown: true }),
          { actor: change.actor, function: change.function },
        );
        changes.deliver({
          plugin: pluginOf(this.directory.function(referral.toFunction).channel),
          kind: 'referral',
          referral: referral.id,
          person: subjectOf(referral),
        });
      } else if (referral.state !== 'draft' && isPermit(decision)) await requeue(tx, [referral.id], changes.now);
      else if (change.withdrawn && referral.state !== 'draft' && (await this.reliedOn(tx, referral, change.withdrawn)))
        await this.loseAuthority(tx, changes, referral);
    }
    await changes.save(tx);
  }

  override committed(): void {
    this.relay.wake();
  }

  /** Not yet taken: revoked. Taken: it stays, nothing more leaves, and both desks talk with the person. */
  private async loseAuthority(tx: Tx, changes: Changes, referral: ReferralRecord): Promise<void> {
    // A withdrawal never fails on one referral: where nothing is left to revoke, it is written down.
    if (referral.everAccepted !== true && arrowsFor(referral.state, 'revoke').length > 0)
      changes.move(referral, takeStep(referral, { action: 'revoke', by: 'core', facts: {} }), { actor: 'core' });
    else {
      changes.record(referral, 'authority_lost', { actor: 'core' });
      for (const desk of [referral.fromFunction, referral.toFunction]) {
        if (desk !== undefined)
          changes.remind({ function: desk, role: 'caseworker', kind: 'talk_after_withdrawal', referral: referral.id });
      }
    }
    await recallDeliveries(tx, changes, referral, await referralDeliveries(tx, [referral.id]));
  }

  private async reliedOn(tx: Tx, referral: ReferralRecord, consent: string): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from disclosure_decision where referral = $1 and members @> jsonb_build_array(jsonb_build_object('consents', jsonb_build_array($2::text))) limit 1`,
      [referral.id, consent],
    );
    return rows.length > 0;
  }

  private async hasTwin(tx: Tx, referral: ReferralRecord): Promise<boolean> {
    const twins = await tx.query(
      `select 1 from referral where subject = $1 and from_function = $2 and to_function = $3 and id <> $4
       and state in ('sent', 'received', 'questioned', 'accepted', 'in_progress', 'on_hold', 'return_proposed', 'coordinating') limit 1`,
      [subjectOf(referral), referral.fromFunction, referral.toFunction, referral.id],
    );
    return twins.length > 0;
  }
}
