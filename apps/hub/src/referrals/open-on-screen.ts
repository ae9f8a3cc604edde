// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { takeStep, type ActionFacts, type Actor } from '@tsunagi/domain';
import type { Acting } from './changes';
import { isConditional, remindOfConditions } from './conditions';
import { discloseOnScreen } from './on-screen';
import { isRouted, personsOf, subjectOf, type ReferralRecord } from './referral.record';
import type { Here } from './stepping';
import { tryEach } from './try-each';
import { wishesOf } from '../consents';
import { referralDeliveries, type Delivery } from '../delivery';
import { decideOn, isPermit } from '../disclosure';

/**
 * A desk opens the referral in the hub: that is a disclosure, decided now and entered in the ledger.
 *
 * @param facts absent when a sheet has brought it: its desk has it already, and reads the conditions afterwards
 */
export async function openOnScreen(
  { tx, changes, directory }: Omit<Here, 'keys'>,
  referral: ReferralRecord,
  actors: readonly Actor[],
  acting: Acting,
  facts: ActionFacts<'receive'> | undefined,
): Promise<ReferralRecord> {
  const routed = isRouted(referral) ? referral : undefined;
  const wishes = await wishesOf(tx, personsOf(referral));
  const decision = routed && decideOn(routed, wishes, directory, changes.now);
  // What went astray is not opened any more.
  const permit = decision && isPermit(decision) && referral.misdirected !== true ? decision : undefined;
  const { taken } = tryEach(actors, (by) =>
    takeStep(referral, {
      action: 'receive',
      by,
      facts: facts ?? {},
      permitted: permit !== undefined,
      conditional: facts !== undefined && isConditional(permit),
    }),
  );
  const after = changes.move(referral, taken, acting, facts && { facts });
  if (!routed || !permit) return after;
  if (!facts) remindOfConditions(changes, routed, permit);
  const decisionId = changes.decide(routed, permit, wishes);
  // What waits for the web desk is what it opens, and so is what a sheet has brought; a desk with a plugin opens one of
  // its own, and its system gets another.
  const waiting = (await referralDeliveries(tx, [referral.id])).find(isForTheDesk);
  const person = subjectOf(referral);
  const delivery =
    waiting?.id ?? changes.deliver({ plugin: undefined, kind: 'referral', referral: referral.id, person });
  // Whoever enters an answer on paper has not opened it for its recipient: there the sheet was read.
  const viewer = acting.enteredBy === undefined ? acting.actor : undefined;
  const on = { delivery, decision: decisionId, permit, ...(viewer && { viewer }), again: waiting !== undefined };
  changes.afterDecisions(() => discloseOnScreen(tx, routed, on, changes.now));
  return after;
}

const isForTheDesk = ({ plugin, state }: Delivery) => plugin === null && (state === 'queued' || state === 'sent');
