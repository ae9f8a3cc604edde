// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { Stepped } from '@tsunagi/contracts';
import {
  aheadOf,
  kindRules,
  lacksOf,
  saidIn,
  StepRefusedError,
  takeStep,
  type ActionFacts,
  type Actor,
  type ReferralAction,
} from '@tsunagi/domain';
import { Changes, type Acting } from './changes';
import { dispatch } from './dispatch';
import { noteOfReturn } from './notes';
import { openOnScreen } from './open-on-screen';
import { recallDeliveries } from './recalls';
import { isRouted, openContent, personsOf, referralsById, sealContent, type ReferralRecord } from './referral.record';
import { tryEach } from './try-each';
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
    if (action === 'receive') return openOnScreen(tx, changes, this.directory, referral, actors, acting('recipient'));
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
    const met = this.completed(referral, facts);
    const routed = isRouted(met) ? met : undefined;
    const wishes = await wishesOf(tx, personsOf(referral));
    const decision = routed && decideOn(routed, wishes, this.directory, changes.now);
    const decisionId = routed && decision && changes.decide(routed, decision, wishes);
    const permitted = decision !== undefined && isPermit(decision);
    const openTwin = await new Twins().isOpen(tx, referral);
    if (!permitted && routed && referral.state === 'draft') {
      // The hub will send it by itself one day; what a desk must say, it says now.
      const told = facts.personInformed ?? facts.notInformed;
      const { tellsPerson, meets } = kindRules[referral.kind];
      if (tellsPerson && referral.sender.startsWith('staff:') && !told)
        throw new StepRefusedError('PERSON_NOT_INFORMED');
      if (meets && met.howTheyMeet === undefined) throw new StepRefusedError('MEETING_UNKNOWN');
      const waits = takeStep(referral, { action: 'await_authority', by: 'core', facts: {} });
      return changes.move(referral, waits, acting, { facts }, alsoOf(met));
    }
    const { taken } = tryEach(actors, (by) =>
      takeStep(referral, { action: 'send', by, facts, permitted, openTwin, meetingKnown: permitted }),
    );
    const after = changes.move(referral, taken, acting, { facts }, alsoOf(met));
    if (routed && decision && decisionId !== undefined && isPermit(decision))
      dispatch(
        tx,
        changes,
        { ...after, toFunction: routed.toFunction },
        { permit: decision, decision: decisionId },
        this.directory,
      );
    return after;
  }

  /** A draft with what its kind asks for; what the sender said before still counts. @throws {StepRefusedError} */
  private completed(referral: ReferralRecord, facts: ActionFacts<'send'>): ReferralRecord {
    const howTheyMeet = facts.howTheyMeet ?? referral.howTheyMeet;
    const statute = facts.statute ?? referral.statute;
    if (kindRules[referral.kind].needs.length === 0) return { ...referral, howTheyMeet };
    const content = openContent(this.keys.sealing, referral);
    const said = { ...content.said, ...saidIn(facts) };
    // What waits for an authority has said it when it began to wait.
    const personInformed = facts.personInformed ?? (referral.state === 'draft' ? undefined : true);
    const [lack] = lacksOf(referral.kind, { ...said, statute, howTheyMeet, personInformed });
    if (lack) throw new StepRefusedError(lack.code);
    const sealedContent = sealContent(this.keys.sealing, referral.id, { ...content, said });
    return { ...referral, howTheyMeet, statute, sealedContent };
  }

  /** What a step brings with it beside the new state. */
  private async follow(tx: Tx, changes: Changes, action: ReferralAction, after: ReferralRecord): Promise<void> {
    if (action === 'withdraw') await recallDeliveries(tx, changes, after, await referralDeliveries(tx, [after.id]));
  }
}

/** What sending itself changes of a referral. */
const alsoOf = ({ howTheyMeet, statute, sealedContent }: ReferralRecord): Partial<ReferralRecord> => ({
  howTheyMeet,
  statute,
  sealedContent,
});

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
