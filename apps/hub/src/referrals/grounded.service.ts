// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { desksFor, finalStates, StepRefusedError, type Purpose, type ReferralKind } from '@tsunagi/domain';
import { AuthorityChanges } from './authority-changes.service';
import { Changes, type Acting } from './changes';
import { isRouted, personsOf, referralsById, type ReferralRecord } from './referral.record';
import { ReferralUnknownError } from './referrals.errors';
import { lockReferralsBeside } from './referrals-of-person';
import type { Caller } from '../access';
import { wishesOf } from '../consents';
import { Relay } from '../delivery';
import { decideOn } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, type HubKeys, type Tx } from '../platform';

/** Of a referral, what an authority without consent is recorded for. */
export interface ReferralOfGround {
  readonly id: string;
  readonly kind: ReferralKind;
  readonly purpose: Purpose;
  readonly from: string;
  readonly to: string;
  readonly members: readonly { readonly ref: string; readonly person: string }[];
}

/** What the room of the grounds asks about referrals, and what follows for these when one is recorded or decided on. */
@Injectable()
export class GroundedReferrals {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly authority: AuthorityChanges,
    private readonly relay: Relay,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** @throws {ReferralUnknownError} absent, or not of a desk that the caller speaks for as its sender */
  async ofSender(caller: Caller, id: string): Promise<ReferralOfGround> {
    const referral = (await referralsById(this.database, [id])).get(id);
    if (!referral || !isOfSender(caller, referral)) throw new ReferralUnknownError();
    if (finalStates.has(referral.state)) throw new StepRefusedError('STATE_NOT_THERE');
    if (!isRouted(referral)) throw new StepRefusedError('NOT_TO_THERE');
    return ofGround(referral);
  }

  /** Is this its sender's desk, whatever has become of it? With what something could still be recorded for, where it could. */
  async forSender(caller: Caller, id: string): Promise<{ readonly open?: ReferralOfGround } | undefined> {
    const referral = (await referralsById(this.database, [id])).get(id);
    if (!referral || !isOfSender(caller, referral)) return undefined;
    return isRouted(referral) && !finalStates.has(referral.state) ? { open: ofGround(referral) } : {};
  }

  /**
   * Locks everybody whom it concerns, lets it be written, and draws the consequences: what waited goes, what has left
   * goes on with less or stops. What is decided with it now is kept as a decision of its own, of which the approver speaks.
   */
  async around(
    tx: Tx,
    by: Acting & { readonly function: string },
    id: string,
    write: (referral: Pick<ReferralOfGround, 'members'>) => Promise<void>,
  ): Promise<void> {
    const referrals = await lockReferralsBeside(tx, id);
    const found = referrals.find((r) => r.id === id);
    if (!found) throw new ReferralUnknownError();
    await this.authority.decideAnew(tx, by, referrals, () => write(found));
    const referral = (await referralsById(tx, [id])).get(id);
    if (!referral || !isRouted(referral)) return;
    const changes = new Changes(
      { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal },
      this.clock.now(),
    );
    const wishes = await wishesOf(tx, personsOf(referral));
    const decision = decideOn(referral, wishes, this.directory, changes.now);
    changes.decide(referral, decision, wishes, { goesOutOnIt: false });
    await changes.save(tx);
  }

  /** After the commit. */
  committed(): void {
    this.relay.wake();
  }
}

/** For whoever is shut out by name it is as for any other desk. */
const ofGround = (referral: ReferralRecord & { readonly toFunction: string }): ReferralOfGround => {
  const { id, kind, purpose, fromFunction: from, toFunction: to, members } = referral;
  return { id, kind, purpose, from, to, members: members.map(({ ref, person }) => ({ ref, person })) };
};

const isOfSender = (caller: Caller, { id, fromFunction }: ReferralRecord): boolean =>
  desksFor(caller, 'grounds.record').includes(fromFunction) && caller.excluded?.referrals.has(id) !== true;
