// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { RecallAcknowledgement } from '@tsunagi/contracts';
import { hasArrived, type ItemOutcome } from '@tsunagi/domain';
import type { Changes } from './changes';
import { isSeenInCoordination } from './readable';
import { subjectOf, type ReferralRecord } from './referral.record';
import { recalledOf, setDeliveryState, type Delivery } from '../delivery';
import { closeLedger, recallWords, sightsOf, type Sight } from '../disclosure';
import { newId, type Tx } from '../platform';

/** What those who coordinate have looked at is taken back: their line in the ledger says so, and they acknowledge it. */
export function recallSights(changes: Changes, referral: ReferralRecord, sights: readonly Sight[]): void {
  for (const { line, desk } of sights) {
    changes.recall({
      id: newId(changes.now),
      line,
      referral: referral.id,
      person: subjectOf(referral),
      requested_at: changes.now.toISOString(),
    });
    changes.remind({ function: desk, role: 'coordinator', kind: 'stop_using', referral: referral.id });
  }
}

/**
 * Takes back what has gone to a recipient: what was not written yet never will be; for what has left, a recall goes
 * after it and waits for its acknowledgement. What may have been written and is still on its way is not sent again.
 */
export async function recallDeliveries(
  tx: Tx,
  changes: Changes,
  referral: ReferralRecord,
  deliveries: readonly Delivery[],
): Promise<void> {
  const waiting = deliveries
    .filter((d) => d.go_at === null && ['queued', 'claimed', 'sent', 'parked'].includes(d.state))
    .map((d) => d.id);
  setDeliveryState(tx, waiting, 'recalled');
  closeLedger(tx, waiting, 'recalled');
  const unheardOf = deliveries
    .filter((d) => d.go_at !== null && ['queued', 'claimed', 'sent', 'parked'].includes(d.state))
    .map((d) => d.id);
  setDeliveryState(tx, unheardOf, 'recalled');
  if (referral.noteWaits === true) recallWords(tx, referral.id);
  if (!isSeenInCoordination(referral)) recallSights(changes, referral, await sightsOf(tx, [referral.id]));
  // What the person carries and has not brought, its desk has never seen: it is not asked to stop using it.
  if (referral.channel === 'carried_by_person' && !hasArrived(referral)) return;
  const known = await recalledOf(
    tx,
    deliveries.map((d) => d.id),
  );
  for (const gone of deliveries.filter((d) => d.go_at !== null && !known.has(d.id))) {
    const recall = newId(changes.now);
    const delivery = changes.deliver({
      plugin: gone.plugin ?? undefined,
      kind: 'recall',
      referral: referral.id,
      person: subjectOf(referral),
      cancels: gone.id,
    });
    changes.recall({
      id: recall,
      cancels: gone.id,
      delivery,
      referral: referral.id,
      person: subjectOf(referral),
      requested_at: changes.now.toISOString(),
    });
    if (referral.toFunction !== undefined)
      changes.remind({ function: referral.toFunction, role: 'caseworker', kind: 'stop_using', referral: referral.id });
  }
}

/** 60 取消の受領: the recipient says it has stopped using what that delivery brought. */
export async function acknowledgeRecall(
  tx: Tx,
  changes: Changes,
  referral: ReferralRecord,
  acknowledgement: RecallAcknowledgement,
  actor: string,
): Promise<{ outcome: ItemOutcome; codes: string[]; referral: string }> {
  const [row] = await tx.query<{ id: string }>(
    `with taken as (update recall set acknowledged_at = coalesce(acknowledged_at, $2), acknowledged_by = coalesce(acknowledged_by, $3) where cancels = $1 returning id)
     select id from taken`,
    [acknowledgement.deliveryId, acknowledgement.at, actor],
  );
  if (!row) return { outcome: 'rejected', codes: ['RECALL_UNKNOWN'], referral: referral.id };
  await tx.query(
    `update todo set done_at = $2 where referral = $1 and kind = 'stop_using' and done_at is null
       and role = 'caseworker' and not exists (select 1 from recall where referral = $1 and cancels is not null and acknowledged_at is null)`,
    [referral.id, changes.now],
  );
  changes.audit({
    actor,
    function: referral.toFunction,
    action: 'recall.acknowledged',
    objectKind: 'referral',
    object: referral.id,
    details: { delivery: acknowledgement.deliveryId },
  });
  return { outcome: 'accepted', codes: [], referral: referral.id };
}

/**
 * A desk says on screen that it has stopped using what was recalled of this referral. For what went to its system the system
 * answers.
 */
export async function acknowledgeOnScreen(tx: Tx, referral: string, actor: string, now: Date): Promise<void> {
  await tx.query(
    `with stopped as (
       update recall r set acknowledged_at = coalesce(r.acknowledged_at, $2), acknowledged_by = coalesce(r.acknowledged_by, $3)
       from delivery d where d.id = r.cancels and d.plugin is null and r.referral = $1 returning r.delivery
     ) update delivery d set state = 'read', receipted_at = $2 from stopped where d.id = stopped.delivery and d.plugin is null and d.state <> 'read'`,
    [referral, now, actor],
  );
}

/** Those who coordinate say that they do not use any more what they have looked at. */
export async function acknowledgeSights(
  tx: Tx,
  referral: string,
  desk: string,
  actor: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `update recall r set acknowledged_at = coalesce(r.acknowledged_at, $3), acknowledged_by = coalesce(r.acknowledged_by, $4)
     from disclosure l where r.referral = $1 and l.id = r.line and l.recipient_function = $2`,
    [referral, desk, now, actor],
  );
}
