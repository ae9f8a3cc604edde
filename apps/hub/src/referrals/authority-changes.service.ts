// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import {
  arrowsFor,
  finalStates,
  isPhoneMissing,
  isUnknownTo,
  protectedOf,
  statusCodeOf,
  takeStep,
  type DisclosureDecision,
  type Permit,
} from '@tsunagi/domain';
import { untilOf } from './basis';
import { Changes } from './changes';
import { pluginTo } from './channel';
import { papersChanged } from './asked-of-desks';
import { mayArrive } from './claim-referral';
import { showAtDesk, waitAtDesk } from './correction';
import { dispatch } from './dispatch';
import { waitsForAuthority } from './in-time';
import { noteOfState } from './notes';
import { recallDeliveries, recallSights } from './recalls';
import { withTextsHeld } from './protected-content';
import { isRouted, openContent, personsOf, pluginOf, subjectOf, type ReferralRecord } from './referral.record';
import { lockReferralsOf } from './referrals-of-person';
import { sightsLost } from './seen-by-coordinators';
import { releaseTwins, sendByItself, Twins } from './twins';
import { versionsOf } from './versions-of-consent';
import { tellItIsOver } from './withdrawing';
import { ConsentListener, wishesOf, type ConsentChange, type Wishes } from '../consents';
import { buildAnew, recalledOf, referralDeliveries, Relay, requeue, statusGoes, type Delivery } from '../delivery';
import {
  decideOn,
  feedbackOn,
  goneBy,
  isPermit,
  permitById,
  sightsOf,
  stillCovers,
  type DisclosableReferral,
} from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { Clock, HUB_CONFIG, HUB_KEYS, type HubKeys, type Tx } from '../platform';

type Routed = ReferralRecord & DisclosableReferral;

/** By whom it changes, and which consent is withdrawn, if that is the change. */
type Cause = Omit<ConsentChange, 'person' | 'function'> & Partial<Pick<ConsentChange, 'function'>>;

/** The same transaction, as one referral sees it: what was decided before the change and what is decided after it. */
interface Turn {
  readonly tx: Tx;
  readonly changes: Changes;
  readonly change: Cause;
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

  /** The day has come on which something of what the persons have said may begin; their persons are locked. */
  async dayHasCome(tx: Tx, referrals: readonly ReferralRecord[]): Promise<void> {
    await this.decideAnew(tx, { actor: 'core' }, referrals, () => Promise.resolve());
  }

  override async around(tx: Tx, change: ConsentChange, write: () => Promise<void>): Promise<void> {
    await this.decideAnew(tx, change, await lockReferralsOf(tx, [change.person]), write);
    await papersChanged(tx, [change], this.clock.now());
  }

  /**
   * Who is protected, and from whom, is recorded by `write`: what is out of these persons is taken back as far as it may not be
   * out any more, and what is written of whoever is sealed now waits until it was read.
   *
   * @param sealed whose whereabouts never leave from now on
   */
  async protect(
    tx: Tx,
    by: Omit<Cause, 'withdrawn'>,
    persons: readonly string[],
    sealed: ReadonlySet<string>,
    write: () => Promise<void> | void,
  ): Promise<void> {
    const held = (changes: Changes, referral: ReferralRecord): ReferralRecord => {
      if (!referral.members.some((m) => sealed.has(m.person))) return referral;
      const members = withTextsHeld(referral, openContent(this.keys.sealing, referral), sealed);
      return members ? changes.holdTexts(referral, members) : referral;
    };
    const referrals = await lockReferralsOf(tx, persons);
    await this.decideAnew(tx, by, referrals, async () => write(), held);
  }

  /**
   * Decides anew what waits and what has left of these referrals, before and after `write`; their persons are locked.
   *
   * @param moved the referral with other persons behind its members, written by `changes`; absent = as it is
   */
  async decideAnew(
    tx: Tx,
    change: Cause,
    referrals: readonly ReferralRecord[],
    write: () => Promise<void>,
    moved: (changes: Changes, referral: ReferralRecord) => ReferralRecord = (_, referral) => referral,
  ): Promise<void> {
    const before = await wishesOf(tx, [...new Set(referrals.flatMap(personsOf))]);
    await write();
    const changes = new Changes(
      { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal },
      this.clock.now(),
    );
    const found = referrals.map((then) => ({ then, now: moved(changes, then) }));
    const wishes = await wishesOf(tx, [...new Set(found.flatMap((p) => personsOf(p.now)))]);
    const pairs = found.map(({ then, now }) => ({
      then,
      now: this.withFreshHeld(changes, then, now, [before, wishes]),
    }));
    const twins = new Twins();
    for (const { then, now } of pairs) {
      if (!isRouted(then) || !isRouted(now)) continue;
      const waits = now.state === 'awaiting_authority';
      if (!waits && now.sentAt === undefined) continue;
      const was = decideOn(then, before, this.directory, changes.now);
      const is = decideOn(now, wishes, this.directory, changes.now);
      const turn: Turn = { tx, changes, change, wishes, was, is };
      if (waits) await this.release(turn, now, twins);
      else await this.review(turn, now);
    }
    await this.recallLooks(tx, changes, referrals, wishes);
    await releaseTwins(tx, changes, this.directory);
    await changes.save(tx);
    const isOther = pairs.filter(({ then, now }) => sealedIn(then, before).join() !== sealedIn(now, wishes).join());
    buildAnew(
      tx,
      isOther.map((p) => p.now.id),
      changes.now,
    );
  }

  /** Who became one with somebody protected is protected from now on: what is written there nobody has read for that. */
  private withFreshHeld(
    changes: Changes,
    then: ReferralRecord,
    now: ReferralRecord,
    [before, wishes]: readonly [Wishes, Wishes],
  ): ReferralRecord {
    const already = sealedIn(then, before);
    const fresh = sealedIn(now, wishes).filter((n) => !already.includes(n));
    if (fresh.length === 0) return now;
    const sealed = new Set(fresh.map((n) => personsOf(now)[n] ?? ''));
    const members = withTextsHeld(now, openContent(this.keys.sealing, now), sealed);
    return members ? changes.holdTexts(now, members) : now;
  }

  override async bornOn(tx: Tx, person: string, desk: string): Promise<string | undefined> {
    const own = (await lockReferralsOf(tx, [person])).filter((r) => r.fromFunction === desk);
    return own
      .reverse()
      .map((r) => {
        const ref = r.members.find((m) => m.person === person)?.ref;
        const { subject, others } = openContent(this.keys.sealing, r);
        return [subject, ...others].find((m) => m.ref === ref)?.items.identity?.birthDate;
      })
      .find((day) => day !== undefined);
  }

  override committed(): void {
    this.relay.wake();
  }

  /** Those who coordinate looked on a decision of their own, which may have ended as well. */
  private async recallLooks(
    tx: Tx,
    changes: Changes,
    referrals: readonly ReferralRecord[],
    wishes: Wishes,
  ): Promise<void> {
    const sights = await sightsOf(
      tx,
      referrals.filter((r) => r.sentAt !== undefined).map((r) => r.id),
    );
    for (const before of referrals) {
      const referral = changes.latest(before);
      const theirs = sights.filter((s) => s.referral === referral.id && !changes.recallsLine(s.line));
      recallSights(changes, referral, sightsLost(referral, theirs, wishes, this.directory, changes.now));
    }
  }

  /** What waited leaves by itself, as soon as something permits it and no twin is under way. */
  private async release({ tx, changes, change, wishes, is }: Turn, referral: Routed, twins: Twins): Promise<void> {
    if (!isPermit(is)) return changes.look(referral);
    if (await twins.isOpen(tx, referral)) return changes.wait(referral, 'twin');
    if (isPhoneMissing(referral)) return changes.wait(referral, 'phone');
    const by = { actor: change.actor, function: change.function };
    twins.add(sendByItself(tx, changes, referral, is, wishes, this.directory, by));
  }

  /**
   * What has left goes on, with less, or stops: as the words of the person now say. What has ended is taken back as well,
   * only nothing is sent anew.
   */
  private async review(turn: Turn, found: Routed): Promise<void> {
    const { tx, changes, change, wishes, was, is } = turn;
    const out = await this.whatIsOut(tx, found);
    const goneOnIt = change.withdrawn !== undefined && out.some((d) => d.lines.some((l) => citesAny(l, turn)));
    if (!isPermit(is)) {
      if (isPermit(was) || goneOnIt) await this.loseAuthority(turn, found);
      else if (waitsForAuthority(found)) changes.look(changes.latest(found));
      return;
    }
    await this.tellAgain(turn, found);
    const referral = { ...changes.latest(found), toFunction: found.toFunction };
    requeue(tx, [referral.id], changes.now);
    if (goneOnIt || (isPermit(was) && !stillCovers(is, was))) await this.narrow(turn, referral, is, out);
    await this.bringAgain(turn, referral, is);
    if (!isSamePermit(was, is)) await this.waitAnew(turn, referral, is);
    changes.standsOn(referral, this.coveredUntil(referral, is, wishes));
  }

  /** Until when what may leave now may leave without asking anew: one consent may go on where another ends. */
  private coveredUntil(referral: Routed, permit: Permit, wishes: Wishes): Date | undefined {
    let until = untilOf(permit);
    while (until) {
      const then = decideOn(referral, wishes, this.directory, new Date(until.getTime() + 1));
      const next = isPermit(then) && stillCovers(then, permit) ? untilOf(then) : undefined;
      if (!next || next <= until) break;
      until = next;
    }
    return until;
  }

  /** Not yet taken: revoked. Taken: it stays, nothing more leaves, and both desks talk with the person. */
  private async loseAuthority({ tx, changes }: Turn, referral: Routed): Promise<void> {
    // A withdrawal never fails on one referral: where nothing is left to revoke, it is written down.
    const isRevoked = !isUnknownTo(referral.kind, 'revoke') && arrowsFor(referral.state, 'revoke').length > 0;
    if (referral.everAccepted !== true && isRevoked)
      changes.move(referral, takeStep(referral, { action: 'revoke', by: 'core', facts: {} }), { actor: 'core' });
    else this.loseTaken(changes, referral);
    await recallDeliveries(tx, changes, referral, await referralDeliveries(tx, [referral.id]));
  }

  /** Whoever was not told of 引受 hears the same as where there was none: otherwise the end would tell of it. */
  private loseTaken(changes: Changes, referral: Routed): void {
    const { toldState, toldAccepted, state, kind, fromFunction, toFunction } = referral;
    const isHidden =
      toldState !== state &&
      toldAccepted !== true &&
      !isUnknownTo(kind, 'revoke') &&
      arrowsFor(toldState, 'revoke').length > 0;
    if (isHidden) tellItIsOver(changes, referral, 'revoked', { action: 'authority_lost', by: { actor: 'core' } });
    else changes.record(referral, 'authority_lost', { actor: 'core' });
    if (finalStates.has(state)) return;
    for (const desk of isHidden ? [toFunction] : [fromFunction, toFunction])
      changes.remind({ function: desk, role: 'caseworker', kind: 'talk_after_withdrawal', referral: referral.id });
  }

  /** Part of it may no longer be used: what has left with it is taken back, and goes again without it. */
  private async narrow(turn: Turn, referral: Routed, permit: Permit, out: readonly Out[]): Promise<void> {
    const { tx, changes } = turn;
    const wider = out.filter((d) =>
      d.lines.some((line) => line.authority !== 'to_person' && !stillCovers(permit, line)),
    );
    if (wider.length === 0) return;
    changes.record(referral, 'authority_narrowed', { actor: 'core' });
    await recallDeliveries(
      tx,
      changes,
      referral,
      wider.map((d) => d.delivery),
    );
  }

  /** Deliveries that went and are not taken back, with what the ledger says each brought. */
  private async whatIsOut(tx: Tx, referral: Routed): Promise<Out[]> {
    const gone = (await referralDeliveries(tx, [referral.id])).filter((d) => d.go_at !== null);
    const ids = gone.map((d) => d.id);
    const [lines, recalled] = [await goneBy(tx, ids), await recalledOf(tx, ids)];
    return gone
      .filter((d) => !recalled.has(d.id))
      .map((delivery) => ({ delivery, lines: lines.get(delivery.id) ?? [] }));
  }

  /** The recipient was told to stop using all it had, and may have it again: under a delivery id of its own. */
  private async bringAgain({ tx, changes, wishes }: Turn, referral: Routed, permit: Permit): Promise<void> {
    if (!mayArrive(referral)) return;
    const plugin = pluginTo(referral, this.directory);
    const all = await referralDeliveries(tx, [referral.id]);
    const deliveries = plugin === undefined ? all : all.filter((d) => d.plugin === plugin);
    const gone = deliveries.filter((d) => d.go_at !== null);
    const recalled = await recalledOf(
      tx,
      gone.map((d) => d.id),
    );
    const takenBack = (d: Delivery) => recalled.has(d.id) || changes.recalls(d.id);
    const waits = deliveries.some((d) => d.go_at === null && d.state !== 'recalled');
    // A lane has kept what waited for an authority; to a desk on screen it comes now.
    const isHeld = plugin === undefined && referral.waitsFor === 'authority' && referral.state !== 'sent';
    if (gone.length === 0 || waits || !(isHeld || gone.every(takenBack))) return;
    if (plugin !== undefined)
      changes.deliver({ plugin, kind: 'referral', referral: referral.id, person: subjectOf(referral) });
    else if (referral.state !== 'sent') showAtDesk(referral, permit, { tx, changes, wishes });
    // A sheet was out that nobody has brought yet: another one is made.
    else
      dispatch(tx, changes, referral, { permit, decision: changes.decide(referral, permit, wishes) }, this.directory);
  }

  /** It waits to be opened at a desk that works in the hub, and another permit lets it. */
  private async waitAnew({ tx, changes, wishes }: Turn, referral: Routed, permit: Permit): Promise<void> {
    if (referral.state !== 'sent' || pluginTo(referral, this.directory) !== undefined) return;
    const deliveries = await referralDeliveries(tx, [referral.id]);
    if (deliveries.some((d) => d.go_at === null && d.state === 'queued'))
      waitAtDesk(referral, permit, { tx, changes, wishes });
  }

  /** A new consent may let the sender know what it was not told before. */
  private async tellAgain({ tx, changes, wishes }: Turn, referral: Routed): Promise<void> {
    if (referral.toldState === referral.state || referral.decision === undefined) return;
    const permit = (await permitById(tx, [referral.decision])).get(referral.decision);
    const back = permit && feedbackOn(referral, permit, wishes, this.directory, changes.now);
    if (!back || back.feedback === 'none') return;
    changes.goesBack(
      changes.record(referral, 'feedback_permitted', { actor: 'core' }, {}, everythingTold(referral)),
      back,
    );
    const [plugin, status] = [pluginOf(referral.sender), statusCodeOf(referral.state)];
    if (plugin === undefined || status === undefined || (await statusGoes(tx, referral.id, status))) return;
    const about = { referral: referral.id, person: subjectOf(referral) };
    const noteVersion = await noteOfState(tx, referral);
    changes.deliver({ plugin, kind: 'status', ...about, status, statusAt: referral.stateAt, noteVersion });
  }
}

/** From now on the sender knows it as it is; the version is the one after this step. */
const everythingTold = ({ state, stateAt, dueOn, version, everAccepted }: ReferralRecord): Partial<ReferralRecord> => ({
  toldState: state,
  ...(everAccepted === true && { toldAccepted: true }),
  toldAt: stateAt,
  toldDueOn: dueOn,
  toldVersion: version + 1,
});

/** Which of its members are protected, as far as it may be told there, by their places. */
function sealedIn(referral: ReferralRecord, wishes: Wishes): number[] {
  const persons = personsOf(referral);
  const hidden = protectedOf(referral.kind, persons, wishes);
  return persons.flatMap((person, n) => (hidden.has(person) ? [n] : []));
}

/** Does it say the same, of everybody, on the same words? */
const isSamePermit = (was: DisclosureDecision, is: Permit): boolean =>
  isPermit(was) && was.authority === is.authority && JSON.stringify(was.members) === JSON.stringify(is.members);

interface Out {
  readonly delivery: Delivery;
  readonly lines: readonly Pick<Permit, 'authority' | 'members'>[];
}

/** Did this leave on the consent that is withdrawn, or on a version that it replaced? */
function citesAny(line: Pick<Permit, 'members'>, { change, wishes }: Turn): boolean {
  const versions = change.withdrawn === undefined ? [] : versionsOf(change.withdrawn, wishes.consents);
  return line.members.some((m) => m.consents.some((c) => versions.includes(c)));
}
