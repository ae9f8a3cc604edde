// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay, type DisclosureDecision, type Permit } from '@tsunagi/domain';
import type { Changes } from './changes';
import { askForNewConditions } from './conditions';
import { pluginTo } from './channel';
import { mayArrive } from './claim-referral';
import { discloseOnScreen, renewWaiting } from './on-screen';
import { keepingSheet, saidBeside, warningsOf, type Surroundings, type Taken } from './record-of-submission';
import { redacted, saidToOthers } from './redacted';
import { isRouted, openContent, subjectOf, type ReferralRecord } from './referral.record';
import type { Answer } from './submissions';
import type { Wishes } from '../consents';
import { decideOn, isNarrativeOld, isPermit, type DisclosableReferral, type MemberOnFile } from '../disclosure';
import type { Tx } from '../platform';

export interface Correcting<Here = Pick<Surroundings, 'directory' | 'keys' | 'now'>> {
  readonly tx: Tx;
  readonly here: Here;
  readonly wishes: Wishes;
  readonly changes: Changes;
}

/**
 * What has left is corrected by a delivery of its own, when something that the recipient may see has changed after a
 * fresh decision; the state does not move. A matter for another desk is another matter.
 *
 * @param now what the record says now, as a referral
 */
export function correct(
  { submission, from }: Taken,
  before: ReferralRecord,
  now: ReferralRecord,
  correcting: Correcting<Surroundings>,
): { answer: Answer; corrected: ReferralRecord } {
  const { changes, here } = correcting;
  const { toFunction, toAddress, sealedContent, echo } = now;
  if (toFunction !== before.toFunction || submission.kind !== before.kind || !isRouted(before)) {
    changes.remind({ function: from, role: 'caseworker', kind: 'support_ended', referral: before.id });
    return {
      answer: { outcome: 'conflict', codes: ['OTHER_MATTER'], referralId: before.id },
      corrected: before,
    };
  }
  const acting = { actor: here.sending.sender, function: from };
  const contentVersion = before.contentVersion + 1;
  const content = (of: ReferralRecord) => () => openContent(here.keys.sealing, of);
  const members = keepingSheet(before.members, now.members, content(before), content(now));
  const also = { toAddress, members, sealedContent, echo, contentVersion };
  const corrected = changes.record(before, 'correct', acting, { facts: saidBeside(submission) }, also);
  if (!isRouted(corrected))
    return { answer: { outcome: 'unrouted', codes: ['UNROUTED'], referralId: corrected.id }, corrected };

  const decision = correctRecipient(before, corrected, correcting);
  const isHeld = decision !== undefined && !isPermit(decision);
  const outcome = isHeld ? 'held' : 'accepted';
  const codes = isHeld ? decision.reasons : warningsOf(submission);
  return { answer: { outcome, codes, referralId: corrected.id }, corrected };
}

/**
 * Brings the recipient what has changed of a content that it has, as far as a fresh decision permits it. `undefined` =
 * nothing arrives there any more, so there is nothing to decide.
 */
export function correctRecipient(
  before: ReferralRecord,
  corrected: ReferralRecord & DisclosableReferral,
  correcting: Correcting,
): DisclosureDecision | undefined {
  if (!mayArrive(corrected)) return undefined;
  const { changes, here, wishes } = correcting;
  const decision = decideOn(corrected, wishes, here.directory, here.now);
  if (isPermit(decision)) {
    if (looksDifferent(before, corrected, decision, correcting)) bringCorrection(corrected, decision, correcting);
    // The sheet alone permits what is on it; for the rest the sender asks.
    if (decision.authority === 'to_person' && decision.reasons.length > 0) changes.wait(corrected, 'authority');
    return decision;
  }
  changes.decide(corrected, decision, wishes);
  bringCorrection(corrected, undefined, correcting);
  changes.wait(corrected, 'authority');
  return decision;
}

function looksDifferent(
  before: ReferralRecord,
  after: ReferralRecord & DisclosableReferral,
  permit: Permit,
  { wishes, here: { directory, keys, now } }: Pick<Correcting, 'wishes' | 'here'>,
): boolean {
  const { system } = directory.function(after.toFunction);
  const seen = (r: ReferralRecord, { members }: Permit) => {
    const content = openContent(keys.sealing, r);
    const { said } = saidToOthers(content, r, wishes);
    return JSON.stringify([redacted(content, members, system), content.worker, said]);
  };
  if (seen(before, permit) !== seen(after, permit)) return true;
  if (isTextReleased(before, after, permit) || isNarrativeReleased(before, permit, now)) return true;
  // What is too old as it is written anew stays behind; what it puts right has left, and must not stand there any longer.
  if (!isNarrativeAnew(before, after, now)) return false;
  const confirmed = { ...after, members: withNarrativeConfirmed(after.members, japaneseDay(now)) };
  const asOfToday = decideOn(confirmed, wishes, directory, now);
  return isPermit(asOfToday) && seen(before, asOfToday) !== seen(after, asOfToday);
}

/** Somebody's narrative has been written anew, and is too old; what stood there before was not. */
const isNarrativeAnew = (before: ReferralRecord, after: ReferralRecord, now: Date): boolean =>
  after.members.some((is) => {
    const was = before.members.find((m) => m.ref === is.ref);
    return isNarrativeOld(is, now) && was?.narrativeOn !== undefined && was.narrativeBehind !== true;
  });

/** What is said of this version: another one is again of the day on which it was written. */
export function withNarrativeConfirmed(
  [subject, ...others]: ReferralRecord['members'],
  today: string,
): ReferralRecord['members'] {
  const confirmed = ({ narrativeBehind: _, ...member }: MemberOnFile): MemberOnFile =>
    member.narrativeOn === undefined ? member : { ...member, narrativeOn: today };
  return [confirmed(subject), ...others.map(confirmed)];
}

/** Its sender has confirmed since what was too old, so it goes along now. */
const isNarrativeReleased = (before: ReferralRecord, { members }: Permit, now: Date): boolean =>
  members.some(
    ({ ref, categories }) =>
      categories.includes('narrative') && before.members.some((m) => m.ref === ref && isNarrativeOld(m, now)),
  );

/** Somebody has looked through a text since, or cleared it, so it goes along now. */
const isTextReleased = (before: ReferralRecord, after: ReferralRecord, { members }: Permit): boolean =>
  members.some(({ ref, sealed, categories }) => {
    const [was, is] = [before, after].map((r) => r.members.find((m) => m.ref === ref));
    const isRead = sealed === true && was?.textUnchecked === true && is?.textUnchecked !== true;
    return isRead || categories.some((c) => was?.uncleared?.includes(c));
  });

function bringCorrection(
  referral: ReferralRecord & DisclosableReferral,
  permit: Permit | undefined,
  correcting: Correcting,
): void {
  const { here, changes } = correcting;
  const plugin = pluginTo(referral, here.directory);
  if (plugin !== undefined) changes.correct({ plugin, referral: referral.id, person: subjectOf(referral) });
  // A desk that works in the hub sees it at once, when it has opened the referral before.
  else if (permit && referral.state !== 'sent') showAtDesk(referral, permit, correcting);
  else if (permit) waitAtDesk(referral, permit, correcting);
}

/** What a desk will open is another content now, or may be shown as far as another permit says. */
export function waitAtDesk(
  referral: ReferralRecord & DisclosableReferral,
  permit: Permit,
  { tx, wishes, changes }: Pick<Correcting, 'tx' | 'wishes' | 'changes'>,
): void {
  const decision = changes.decide(referral, permit, wishes);
  changes.afterDecisions(() => renewWaiting(tx, referral, { permit, decision }, changes.now));
}

/** A desk that works in the hub sees what is permitted from here on, and is told that there is something to see. */
export function showAtDesk(
  referral: ReferralRecord & DisclosableReferral,
  permit: Permit,
  { tx, wishes, changes }: Pick<Correcting, 'tx' | 'wishes' | 'changes'>,
): void {
  const decision = changes.decide(referral, permit, wishes);
  const delivery = changes.deliver({
    plugin: undefined,
    kind: 'supplement',
    referral: referral.id,
    person: subjectOf(referral),
  });
  changes.afterDecisions(async () => {
    await discloseOnScreen(tx, referral, { delivery, decision, permit }, changes.now);
    await askForNewConditions(tx, referral, permit, changes.now);
  });
  changes.remind({
    function: referral.toFunction,
    role: 'caseworker',
    kind: 'see_correction',
    referral: referral.id,
  });
}
