// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { finalStates, takeStep } from '@tsunagi/domain';
import { Changes, type Acting } from './changes';
import { recallDeliveries } from './recalls';
import { subjectOf, type ReferralRecord } from './referral.record';
import { lockReferralsOf } from './referrals-of-person';
import { referralDeliveries, Relay } from '../delivery';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { Clock, HUB_CONFIG, HUB_KEYS, type HubKeys, type Tx } from '../platform';

const core: Acting = { actor: 'core' };

/** What becomes of the referrals of a person when something happens to the person. */
@Injectable()
export class PersonChanges {
  constructor(
    private readonly directory: Directory,
    private readonly relay: Relay,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** Locks the person and everybody in the same referrals: before anything is decided about the person. */
  async lock(tx: Tx, person: string): Promise<void> {
    await lockReferralsOf(tx, person);
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
  return (await lockReferralsOf(tx, person)).filter((r) => subjectOf(r) === person);
}
