// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isPhoneMissing, kindRules, openStates, takeStep, type Permit } from '@tsunagi/domain';
import type { Acting, Changes } from './changes';
import { dispatch } from './dispatch';
import { isRouted, personsOf, referralsWhere, subjectOf, type ReferralRecord } from './referral.record';
import { wishesOf, type Wishes } from '../consents';
import { decideOn, isPermit, type DisclosableReferral } from '../disclosure';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

const matterOf = (r: ReferralRecord) => `${r.kind}/${subjectOf(r)}/${r.fromFunction}/${r.toFunction}`;

/**
 * Referrals of one kind about one person between the same two desks: at most one is under way, as far as their sender knows.
 * One that left because an earlier one had ended would tell that. The person is locked.
 */
export class Twins {
  private readonly sentHere = new Set<string>();

  /** Is another one under way, in the database or sent a moment ago in this transaction? `ended` has just come to its end. */
  async isOpen(tx: Tx, referral: ReferralRecord, ended = referral.id): Promise<boolean> {
    if (kindRules[referral.kind].repeats) return false;
    if (this.sentHere.has(matterOf(referral))) return true;
    const rows = await tx.query(
      `select 1 from referral where subject = $1 and from_function = $2 and to_function = $3 and id <> all($4::uuid[]) and told_state = any($5::text[]) and kind = $6 limit 1`,
      [
        subjectOf(referral),
        referral.fromFunction,
        referral.toFunction,
        [referral.id, ended],
        [...openStates],
        referral.kind,
      ],
    );
    return rows.length > 0;
  }

  add(referral: ReferralRecord): void {
    this.sentHere.add(matterOf(referral));
  }
}

/**
 * What waited because another referral of the same matter was under way leaves when its sender hears that that one has ended,
 * and something permits it; otherwise it goes on waiting, for an authority.
 */
export async function releaseTwins(tx: Tx, changes: Changes, directory: Directory): Promise<void> {
  const twins = new Twins();
  const matters = await changes.endedMatters(tx);
  // What went a moment ago is in no table yet.
  for (const sent of changes.underWay) twins.add(sent);
  for (const ended of matters) {
    const waiting = await referralsWhere(
      tx,
      `subject = $1 and from_function = $2 and to_function = $3 and id <> $4 and state = 'awaiting_authority' and kind = $5 order by id`,
      [subjectOf(ended), ended.fromFunction, ended.toFunction, ended.id, ended.kind],
    );
    for (const referral of waiting.filter(isRouted)) {
      if (await twins.isOpen(tx, referral, ended.id)) break;
      const wishes = await wishesOf(tx, personsOf(referral));
      const decision = decideOn(referral, wishes, directory, changes.now);
      if (isPermit(decision) && isPhoneMissing(referral)) changes.wait(changes.latest(referral), 'phone');
      else if (isPermit(decision)) twins.add(sendByItself(tx, changes, referral, decision, wishes, directory, core));
      else changes.wait(changes.latest(referral), 'authority');
    }
  }
}

/** The hub sends what a desk had asked for, on a decision that permits it now. */
export function sendByItself(
  tx: Tx,
  changes: Changes,
  referral: ReferralRecord & DisclosableReferral,
  permit: Permit,
  wishes: Wishes,
  directory: Directory,
  by: Acting,
): ReferralRecord {
  const decision = changes.decide(referral, permit, wishes);
  const step = { action: 'send', by: 'core', facts: {}, permitted: true, meetingKnown: true } as const;
  const sent = changes.move(referral, takeStep(referral, step), by);
  dispatch(tx, changes, { ...sent, toFunction: referral.toFunction }, { permit, decision }, directory);
  return sent;
}

const core: Acting = { actor: 'core' };
