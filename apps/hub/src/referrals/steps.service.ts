// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { Stepped } from '@tsunagi/contracts';
import {
  aheadOf,
  StepRefusedError,
  takeStep,
  type ActionFacts,
  type Actor,
  type ReferralAction,
} from '@tsunagi/domain';
import { Changes, type Acting } from './changes';
import { noteOfReturn } from './notes';
import { discloseOnScreen } from './on-screen';
import { recallDeliveries } from './recalls';
import { isRouted, personsOf, pluginOf, referralsById, subjectOf, type ReferralRecord } from './referral.record';
import { myNumberIn } from './my-number';
import { ReferralUnknownError, SubmissionRejectedError, VersionConflictError } from './referrals.errors';
import { releaseTwins, Twins } from './twins';
import { viewpointOf } from './viewpoint';
import type { Caller } from '../access';
import { wishesOf } from '../consents';
import { referralDeliveries, Relay } from '../delivery';
import { decideOn, isPermit } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { lockPersons } from '../people';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, type HubKeys, type Tx } from '../platform';

/** The steps that people and machine clients take over HTTP. The table of transitions decides; this room writes it down. */
@Injectable()
export class Steps {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly relay: Relay,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** @throws {VersionConflictError} when `version` is not the referral's any more. */
  async take<A extends ReferralAction>(
    caller: Caller,
    id: string,
    action: A,
    version: number,
    facts: ActionFacts<A>,
  ): Promise<Stepped> {
    const now = this.clock.now();
    const ahead = aheadOf(facts, now);
    if (ahead !== undefined) throw new SubmissionRejectedError('DATE_IN_FUTURE', ahead);
    const number = myNumberIn(facts);
    if (number !== undefined) throw new SubmissionRejectedError('S-MYNUMBER', number);
    const stepped = await this.database.transaction(async (tx) => {
      const { referral, actors } = await this.lock(tx, caller, id);
      if (referral.version !== version) throw new VersionConflictError();
      const changes = new Changes(
        { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal },
        now,
      );
      const after = await this.step(tx, changes, caller, referral, actors, action, facts);
      await releaseTwins(tx, changes, this.directory);
      await changes.save(tx);
      return { id, state: after.state, version: after.version };
    });
    this.relay.wake();
    return stepped;
  }

  private async lock(
    tx: Tx,
    caller: Caller,
    id: string,
  ): Promise<{ referral: ReferralRecord; actors: readonly Actor[] }> {
    const before = (await referralsById(tx, [id])).get(id);
    if (!before) throw new ReferralUnknownError();
    await lockPersons(tx, personsOf(before));
    const referral = (await referralsById(tx, [id])).get(id) ?? before;
    const viewpoint = viewpointOf(caller, referral);
    if (!viewpoint) throw new ReferralUnknownError();
    return { referral, actors: viewpoint.actors };
  }

  private async step<A extends ReferralAction>(
    tx: Tx,
    changes: Changes,
    caller: Caller,
    referral: ReferralRecord,
    actors: readonly Actor[],
    action: A,
    facts: ActionFacts<A>,
  ): Promise<ReferralRecord> {
    const acting = (by: Actor): Acting => ({
      actor: caller.actor,
      function:
        by === 'sender' ? referral.fromFunction : by.startsWith('recipient') ? referral.toFunction : caller.acting,
    });
    if (action === 'send')
      return this.send(tx, changes, referral, actors, acting('sender'), facts as ActionFacts<'send'>);
    if (action === 'receive') return this.receive(tx, changes, referral, actors, acting('recipient'));
    const { by, taken } = tryEach(actors, (actor) => takeStep(referral, { action, by: actor, facts }));
    const noteVersion = action === 'agree-return' ? await noteOfReturn(tx, this.keys.sealing, referral) : undefined;
    const after = changes.move(
      referral,
      taken,
      acting(by),
      { reasons: reasonsOf(facts), facts, noteVersion },
      rememberedOf(facts),
    );
    await this.follow(tx, changes, action, after);
    return after;
  }

  /** Sending decides. Without an authority a draft begins to wait; what waits already is refused. */
  private async send(
    tx: Tx,
    changes: Changes,
    referral: ReferralRecord,
    actors: readonly Actor[],
    acting: Acting,
    facts: ActionFacts<'send'>,
  ): Promise<ReferralRecord> {
    const met = facts.howTheyMeet === undefined ? referral : { ...referral, howTheyMeet: facts.howTheyMeet };
    const routed = isRouted(met) ? met : undefined;
    const wishes = await wishesOf(tx, personsOf(referral));
    const decision = routed && decideOn(routed, wishes, this.directory, changes.now);
    if (routed && decision) changes.decide(routed, decision, wishes);
    const permitted = decision !== undefined && isPermit(decision);
    const openTwin = await new Twins().isOpen(tx, referral);
    if (!permitted && routed && referral.state === 'draft') {
      // The hub will send it by itself one day; what a desk must say, it says now.
      const told = facts.personInformed ?? facts.notInformed;
      if (referral.sender.startsWith('staff:') && !told) throw new StepRefusedError('PERSON_NOT_INFORMED');
      if (met.howTheyMeet === undefined) throw new StepRefusedError('MEETING_UNKNOWN');
      const waits = takeStep(referral, { action: 'await_authority', by: 'core', facts: {} });
      return changes.move(referral, waits, acting, { facts }, { howTheyMeet: met.howTheyMeet });
    }
    const { taken } = tryEach(actors, (by) =>
      takeStep(referral, { action: 'send', by, facts, permitted, openTwin, meetingKnown: permitted }),
    );
    const after = changes.move(referral, taken, acting, { facts }, { howTheyMeet: met.howTheyMeet });
    if (routed)
      changes.deliver({
        plugin: pluginOf(this.directory.function(routed.toFunction).channel),
        kind: 'referral',
        referral: referral.id,
        person: subjectOf(referral),
      });
    return after;
  }

  /** What a step brings with it beside the new state. */
  private async follow(tx: Tx, changes: Changes, action: ReferralAction, after: ReferralRecord): Promise<void> {
    if (action === 'withdraw') await recallDeliveries(tx, changes, after, await referralDeliveries(tx, [after.id]));
  }

  /** A desk opens the referral in the hub: that is a disclosure, decided now and entered in the ledger. */
  private async receive(
    tx: Tx,
    changes: Changes,
    referral: ReferralRecord,
    actors: readonly Actor[],
    acting: Acting,
  ): Promise<ReferralRecord> {
    const routed = isRouted(referral) ? referral : undefined;
    const wishes = await wishesOf(tx, personsOf(referral));
    const decision = routed && decideOn(routed, wishes, this.directory, changes.now);
    const permit = decision && isPermit(decision) ? decision : undefined;
    const { taken } = tryEach(actors, (by) =>
      takeStep(referral, { action: 'receive', by, facts: {}, permitted: permit !== undefined }),
    );
    const after = changes.move(referral, taken, acting);
    if (!routed || !permit) return after;
    const decisionId = changes.decide(routed, permit, wishes);
    // What waits for the web desk is what it opens; a desk with a plugin opens one of its own, and its system gets another.
    const waiting = (await referralDeliveries(tx, [referral.id])).find(
      (d) => d.plugin === null && d.state === 'queued',
    );
    const person = subjectOf(referral);
    const delivery =
      waiting?.id ?? changes.deliver({ plugin: undefined, kind: 'referral', referral: referral.id, person });
    changes.afterDecisions(() => discloseOnScreen(tx, routed, { delivery, decision: decisionId, permit }, changes.now));
    return after;
  }
}

/** The first of the caller's hats in which the step may be taken; when none may, the last refusal says why. */
function tryEach<T>(actors: readonly Actor[], step: (by: Actor) => T): { by: Actor; taken: T } {
  let refused: unknown = new ReferralUnknownError();
  for (const by of actors) {
    try {
      return { by, taken: step(by) };
    } catch (error) {
      refused = error;
    }
  }
  throw refused;
}

function reasonsOf(facts: object): string[] {
  const { reasons, outcome } = facts as { reasons?: string[]; outcome?: string };
  return reasons ?? (outcome !== undefined ? [outcome] : []);
}

/** What of the facts stays on the referral itself. */
function rememberedOf(facts: object): Partial<ReferralRecord> {
  const { worker, nextContactOn, reasons, wakeOn, on } = facts as {
    worker?: { name: string };
    nextContactOn?: string;
    reasons?: string[];
    wakeOn?: string;
    /** Of a follow-up. */
    on?: string;
  };
  return {
    ...(worker && { worker: worker.name }),
    ...(nextContactOn !== undefined && { nextContactOn }),
    ...(reasons && { proposedReasons: reasons }),
    ...(wakeOn !== undefined && { wakeOn }),
    ...(on !== undefined && { followUpOn: on }),
  };
}
