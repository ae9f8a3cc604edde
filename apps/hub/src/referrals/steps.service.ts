// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { Stepped } from '@tsunagi/contracts';
import {
  aheadOf,
  isReasoned,
  isToldWhenSafe,
  isUnknownTo,
  isPhoneMissing,
  japaneseDay,
  kindRules,
  lackOfReport,
  lacksOf,
  may,
  possibleActions,
  saidIn,
  StepRefusedError,
  takeStep,
  writers,
  type ActionFacts,
  type Actor,
  type Member,
  type NotInformed,
  type ReferralAction,
  type WrittenAnswer,
} from '@tsunagi/domain';
import { isAgreed } from './agreed-in';
import { entersOnPaper } from './answers-on-paper';
import { AuthorityChanges } from './authority-changes.service';
import { Changes, type Acting } from './changes';
import { withNarrativeConfirmed } from './correction';
import { dispatch } from './dispatch';
import { hasInformed, noteOfReturn } from './notes';
import { openOnScreen } from './open-on-screen';
import { isLeadNamed } from './lead-named';
import { markError, misdirect } from './misdirecting';
import { isRouted, openContent, personsOf, referralsById, sealContent, type ReferralRecord } from './referral.record';
import { tryEach } from './try-each';
import { ReferralUnknownError, SubmissionRejectedError, VersionConflictError } from './referrals.errors';
import { sealIncoming } from './seal-incoming';
import { edit, heldElsewhere, identifiersWritten, supplement } from './rewriting';
import { moved, type Here, type Stepped as Gone, type Stepping } from './stepping';
import { close, complete, followUp, proposeReturn, redirect, reopen } from './turning';
import { releaseTwins, Twins } from './twins';
import { refuseUnfit } from './unfit';
import { withdraw } from './withdrawing';
import { asShown, viewpointOf, type Viewpoint } from './viewpoint';
import { bringsWords, say } from './words';
import { decideWords, type Words } from './words-decided';
import { refuseResidenceStatus, type Caller } from '../access';
import { wishesOf } from '../consents';
import { Relay } from '../delivery';
import { decideOn, isPermit, permitById } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { haveMoved, lockPersons, personsByIdentifier } from '../people';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, type HubKeys, type Sealing, type Tx } from '../platform';

/** A step as somebody asks for it, everybody whom it may concern locked. */
interface Asked<A extends ReferralAction = ReferralAction> extends Here {
  readonly caller: Caller;
  readonly referral: ReferralRecord;
  readonly actors: readonly Actor[];
  readonly action: A;
  readonly facts: ActionFacts<A>;
  /** The sender's desk enters what the recipient has written on a sheet. */
  readonly onPaper: boolean;
  /** Persons behind the numbers that are said with it. */
  readonly known: ReadonlyMap<string, string>;
}

/** The steps that people and machine clients take over HTTP. The table of transitions decides; this room writes it down. */
@Injectable()
export class Steps {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly authority: AuthorityChanges,
    private readonly relay: Relay,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** @throws {VersionConflictError} when `version` is not the referral's any more. */
  take<A extends ReferralAction>(
    caller: Caller,
    id: string,
    action: A,
    version: number,
    facts: ActionFacts<A>,
  ): Promise<Stepped> {
    return this.carry(caller, id, action, version, facts, false);
  }

  /**
   * What the recipient has written on a sheet, entered at the sender's desk. It stands for the recipient's step, with who has
   * entered it.
   * @throws {ReferralUnknownError} whoever cannot enter it @throws {VersionConflictError}
   */
  enter<A extends WrittenAnswer>(
    caller: Caller,
    id: string,
    action: A,
    version: number,
    facts: ActionFacts<A>,
  ): Promise<Stepped> {
    return this.carry(caller, id, action, version, facts, true);
  }

  private async carry<A extends ReferralAction>(
    caller: Caller,
    id: string,
    action: A,
    version: number,
    facts: ActionFacts<A>,
    onPaper: boolean,
  ): Promise<Stepped> {
    const now = this.clock.now();
    const ahead = aheadOf(facts, now);
    if (ahead !== undefined) throw new SubmissionRejectedError('DATE_IN_FUTURE', ahead);
    const stepped = await this.database.transaction(async (tx) => {
      const { referral, viewpoint, known } = await this.lock(tx, caller, id, action, facts);
      const { directory, keys } = this;
      if (onPaper && !(await entersOnPaper(caller, referral, viewpoint, { tx, directory, now })))
        throw new ReferralUnknownError();
      const actors = onPaper ? writers : viewpoint.actors;
      if (asShown(referral, viewpoint).version !== version) throw new VersionConflictError();
      const changes = new Changes({ sealing: keys.sealing, directory, legal: this.config.legal }, now);
      const asked: Asked<A> = { tx, changes, directory, keys, caller, referral, actors, action, facts, known, onPaper };
      const { after, next } = await this.step(onPaper ? await broughtBySheet(asked) : asked);
      await releaseTwins(tx, changes, directory);
      await changes.save(tx);
      const by = { actor: caller.actor, function: after.fromFunction };
      await sealIncoming(tx, this.authority, by, sealedIn(facts, changes.latest(after), keys.sealing), now);
      const { state, version: shown } = asShown(changes.latest(after), viewpoint);
      return { id, state, version: shown, ...(next && { next: next.id }) };
    });
    this.relay.wake();
    return stepped;
  }

  /** Everybody whom the step may concern is locked at once, in one order. */
  private async lock(
    tx: Tx,
    caller: Caller,
    id: string,
    action: ReferralAction,
    facts: object,
  ): Promise<{ referral: ReferralRecord; viewpoint: Viewpoint; known: ReadonlyMap<string, string> }> {
    const before = (await referralsById(tx, [id])).get(id);
    if (!before) throw new ReferralUnknownError();
    const written = identifiersWritten(facts);
    const known = await personsByIdentifier(tx, written);
    const elsewhere = await alsoConcerned(tx, action, before);
    await lockPersons(tx, [...personsOf(before), ...known.values(), ...elsewhere.flatMap(personsOf)]);
    if (await haveMoved(tx, written, known)) throw new VersionConflictError();
    const referral = (await referralsById(tx, [id])).get(id) ?? before;
    const viewpoint = viewpointOf(caller, referral, this.directory);
    if (!viewpoint) throw new ReferralUnknownError();
    return { referral, viewpoint, known };
  }

  private async step(asked: Asked): Promise<Gone> {
    const { tx, changes, caller, referral, actors, action, facts } = asked;
    if (action === 'send')
      return {
        after: await this.send(asked, actingAs('sender', asked), facts as ActionFacts<'send'>),
      };
    if (action === 'receive')
      return {
        after: await openOnScreen(
          { tx, changes, directory: this.directory },
          referral,
          actors,
          actingAs('recipient', asked),
          facts as ActionFacts<'receive'>,
        ),
      };
    const words = bringsWords.has(action) ? await decideWords(asked, referral) : undefined;
    const about = {
      on: japaneseDay(changes.now),
      ...(words && { permitted: isPermit(words.decision) }),
      byMachine: caller.kind !== 'staff',
      // A sheet is a record: it has no field for all that a desk says on screen.
      ...(asked.onPaper && { fromRecord: true }),
      whenSafe: await this.isToldWhenSafe(tx, referral, facts),
      ...(action === 'close' &&
        kindRules[referral.kind].endsWithLead && { leadNamed: await isLeadNamed(asked, referral) }),
    };
    const { by, taken } = tryEach(actors, (actor) => takeStep(referral, { action, by: actor, facts, ...about }));
    const acting = actingAs(by, asked);
    refuseUnfit(referral.kind, by, facts, this.directory);
    refuseUncleared(asked, acting);
    const stepping = { ...asked, by, taken, acting };
    return this.carryOut(stepping, asked, words);
  }

  /** Does what it went out on excuse that the person is not told yet? Asked only where nobody says why. */
  private async isToldWhenSafe(tx: Tx, { decision }: ReferralRecord, facts: object): Promise<boolean> {
    const { notInformed } = facts as { notInformed?: NotInformed };
    if (!notInformed || isReasoned(notInformed) || decision === undefined) return false;
    const permit = (await permitById(tx, [decision])).get(decision);
    return permit !== undefined && isToldWhenSafe(permit.authority);
  }

  /** What a step brings with it beside the new state. */
  private async carryOut(stepping: Stepping<object>, { action, known, caller }: Asked, words?: Words): Promise<Gone> {
    const { tx, referral } = stepping;
    const as = <A extends ReferralAction>() => stepping as Stepping<ActionFacts<A>>;
    switch (action) {
      case 'edit':
        return edit(as<'edit'>(), known);
      case 'supplement':
        return supplement(as<'supplement'>(), { known, clears: may(caller, 'texts.clear', referral.fromFunction) });
      case 'redirect':
        return redirect(as<'redirect'>());
      case 'complete':
        return complete(as<'complete'>());
      case 'reopen':
        return reopen(as<'reopen'>());
      case 'follow-up':
        return followUp(as<'follow-up'>());
      case 'propose-return':
        return proposeReturn(as<'propose-return'>());
      case 'close':
        return close(as<'close'>());
      case 'answer':
      case 'send-back':
        return say(stepping, words);
      case 'misdirected':
        return misdirect(as<'misdirected'>());
      case 'mark-error':
        return markError(as<'mark-error'>());
      case 'agree-return': {
        const noteVersion = await noteOfReturn(tx, this.keys.sealing, referral);
        return { after: moved(stepping, {}, [], noteVersion) };
      }
      case 'withdraw':
        return withdraw(as<'withdraw'>());
      default:
        return { after: moved(stepping) };
    }
  }

  /** Sending decides. Without an authority a draft begins to wait; what waits already is refused. */
  private async send(asked: Asked, acting: Acting, facts: ActionFacts<'send'>): Promise<ReferralRecord> {
    const { tx, changes, referral, actors, caller } = asked;
    const byMachine = caller.kind !== 'staff';
    const [possible] = possibleActions(referral, actors, { byMachine }).filter((a) => a.action === 'send');
    if (possible?.because === 'NOT_YOUR_STEP') throw new StepRefusedError(possible.because);
    refuseUnfit(referral.kind, 'sender', facts, this.directory);
    refuseUncleared(asked, acting);
    // What its desk has said of the person with the draft still counts.
    const saidBefore = (whenSafe: boolean) => hasInformed(tx, this.keys.sealing, referral, whenSafe);
    const informedBefore = !isInformed(facts) && (await saidBefore(false));
    const completed = await this.completed(tx, referral, facts, informedBefore, changes.now);
    if (facts.narrativeConfirmed && (byMachine || !actors.includes('sender')))
      throw new StepRefusedError('NOT_YOUR_STEP');
    const met = facts.narrativeConfirmed
      ? { ...completed, members: withNarrativeConfirmed(completed.members, japaneseDay(changes.now)) }
      : completed;
    const routed = isRouted(met) ? met : undefined;
    const wishes = await wishesOf(tx, personsOf(referral));
    const decision = routed && decideOn(routed, wishes, this.directory, changes.now);
    const decisionId = routed && decision && changes.decide(routed, decision, wishes);
    const permitted = decision !== undefined && isPermit(decision);
    const whenSafe = decision !== undefined && isPermit(decision) && isToldWhenSafe(decision.authority);
    const denied = decision?.outcome === 'deny';
    const openTwin = await new Twins().isOpen(tx, referral);
    const waitsHere = !isUnknownTo(referral.kind, 'await_authority');
    if (!permitted && !denied && routed && waitsHere && referral.state === 'draft') {
      // The hub will send it by itself one day; what a desk must say, it says now.
      const { tellsPerson, meets } = kindRules[referral.kind];
      if (tellsPerson && referral.sender.startsWith('staff:') && !isInformed(facts) && !informedBefore)
        throw new StepRefusedError('PERSON_NOT_INFORMED');
      if (meets && met.howTheyMeet === undefined) throw new StepRefusedError('MEETING_UNKNOWN');
      if (isPhoneMissing(referral) && !facts.phoned) throw new StepRefusedError('PHONE_FIRST');
      const waits = takeStep(referral, { action: 'await_authority', by: 'core', facts: {} });
      return changes.move(referral, waits, acting, { facts }, { ...alsoOf(met), ...saidAtSending(facts) });
    }
    const informed = informedBefore || (whenSafe && (await saidBefore(true)));
    const { taken } = tryEach(actors, (by) =>
      takeStep(referral, {
        action: 'send',
        by,
        facts,
        permitted,
        denied,
        openTwin,
        meetingKnown: permitted,
        whenSafe,
        informedBefore: informed,
        byMachine,
      }),
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
  private async completed(
    tx: Tx,
    referral: ReferralRecord,
    facts: ActionFacts<'send'>,
    informedBefore: boolean,
    now: Date,
  ): Promise<ReferralRecord> {
    const howTheyMeet = facts.howTheyMeet ?? referral.howTheyMeet;
    const statute = facts.statute ?? referral.statute;
    if (kindRules[referral.kind].needs.length === 0) return { ...referral, howTheyMeet };
    const content = openContent(this.keys.sealing, referral);
    const said = { ...content.said, ...saidIn(facts) };
    // What waits for an authority has said it when it began to wait.
    const personInformed = facts.personInformed ?? (informedBefore || referral.state !== 'draft' || undefined);
    const [lack] = lacksOf(referral.kind, { ...said, statute, howTheyMeet, personInformed });
    if (lack) throw new StepRefusedError(lack.code);
    if (!(await isAgreed(tx, said, referral))) throw new StepRefusedError('CONFERENCE_UNKNOWN');
    if (kindRules[referral.kind].reports) {
      const law = { authorities: this.directory.authorities(), today: japaneseDay(now) };
      const unfit = lackOfReport({ ...said, statute }, content.subject.items.identity?.birthDate, law);
      if (unfit) throw new StepRefusedError(unfit.code);
    }
    const sealedContent = sealContent(this.keys.sealing, referral.id, { ...content, said });
    return { ...referral, howTheyMeet, statute, sealedContent };
  }
}

const isInformed = ({ personInformed, notInformed }: ActionFacts<'send'>): boolean =>
  personInformed !== undefined || isReasoned(notInformed);

/** Other referrals into which the step writes as well. */
async function alsoConcerned(tx: Tx, action: ReferralAction, referral: ReferralRecord): Promise<ReferralRecord[]> {
  if (action === 'supplement') return heldElsewhere(tx, referral);
  if (action !== 'close' || referral.duplicateOf === undefined) return [];
  return [...(await referralsById(tx, [referral.duplicateOf])).values()];
}

/** What sending itself changes of a referral. */
const alsoOf = ({ howTheyMeet, statute, sealedContent, members }: ReferralRecord): Partial<ReferralRecord> => ({
  members,
  howTheyMeet,
  statute,
  sealedContent,
});

/** What counts later of what a desk says when it asks to send, though it has to wait. */
function saidAtSending({ phoned, personInformed, notInformed }: ActionFacts<'send'>): Partial<ReferralRecord> {
  return {
    ...(phoned && { phoned: true }),
    ...((personInformed ?? notInformed) && { senderInformsBy: notInformed?.by }),
  };
}

/** A sheet that comes back with an answer has been there: that stands before the answer. */
async function broughtBySheet<A extends ReferralAction>(asked: Asked<A>): Promise<Asked<A>> {
  const { referral, actors } = asked;
  if (referral.state !== 'sent') return asked;
  return { ...asked, referral: await openOnScreen(asked, referral, actors, actingAs('recipient', asked), undefined) };
}

/** As which function somebody acts who wears this hat. */
function actingAs(by: Actor, { caller, referral, onPaper }: Pick<Asked, 'caller' | 'referral' | 'onPaper'>): Acting {
  const desk =
    by === 'sender'
      ? referral.fromFunction
      : by === 'recipient' || by === 'recipient_supervisor'
        ? referral.toFunction
        : by === 'lead'
          ? referral.lead
          : caller.acting;
  return { actor: caller.actor, function: desk, ...(onPaper && { enteredBy: referral.fromFunction }) };
}

/** Of whom what is written says that they are protected. */
function sealedIn(facts: object, after: ReferralRecord, sealing: Sealing): string[] {
  const { subject, others = [] } = facts as { subject?: Member; others?: readonly Member[] };
  if (![...(subject ? [subject] : []), ...others].some((m) => m.sealed)) return [];
  const content = openContent(sealing, after);
  const refs = [content.subject, ...content.others].filter((m) => m.sealed).map((m) => m.ref);
  return after.members.filter((m) => refs.includes(m.ref)).map((m) => m.person);
}

/**
 * Items wait until what they say of a 在留資格 is cleared; what is written beside them goes as it is written, so whoever may
 * not clear it at the desk that writes it does not write it. Where nobody is in it, nobody's is spoken of.
 */
function refuseUncleared(
  { caller, referral, facts }: Pick<Asked, 'caller' | 'referral'> & { readonly facts: object },
  { function: desk, enteredBy }: Acting,
): void {
  const { subject: _, others: __, ...beside } = facts as { subject?: unknown; others?: unknown };
  if (kindRules[referral.kind].persons !== 'none') refuseResidenceStatus(caller, enteredBy ?? desk, beside);
}

/** Everything of what is said that somebody has written: numbers of systems are no texts. */
