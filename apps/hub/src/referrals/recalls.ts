// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { RecallAcknowledgement } from '@tsunagi/contracts';
import { hasArrived, type ItemOutcome, type RecallDisposition, type Role } from '@tsunagi/domain';
import type { Changes } from './changes';
import { myNumberIn } from './my-number';
import { isSeenOnItsWay } from './readable';
import { subjectOf, type ReferralRecord } from './referral.record';
import { remind } from './todos';
import { recalledOf, setDeliveryState, type Delivery } from '../delivery';
import { closeLedger, recallWords, sightsOf, type Sight } from '../disclosure';
import { residenceStatusAt, type Tx } from '../platform';

/** What those who coordinate have looked at is taken back: their line in the ledger says so, and they acknowledge it. */
export function recallSights(changes: Changes, referral: ReferralRecord, sights: readonly Sight[]): void {
  for (const { line, desk } of sights) {
    changes.recall(referral, { line }, desk);
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
  if (!isSeenOnItsWay(referral)) recallSights(changes, referral, await sightsOf(tx, [referral.id]));
  // What the person carries and has not brought, its desk has never seen: it is not asked to stop using it.
  if (referral.channel === 'carried_by_person' && !hasArrived(referral)) return;
  const known = await recalledOf(
    tx,
    deliveries.map((d) => d.id),
  );
  for (const gone of deliveries.filter((d) => d.go_at !== null && !known.has(d.id))) {
    const delivery = changes.deliver({
      plugin: gone.plugin ?? undefined,
      kind: 'recall',
      referral: referral.id,
      person: subjectOf(referral),
      cancels: gone.id,
    });
    changes.recall(referral, { cancels: gone.id, delivery }, referral.toFunction);
    if (referral.toFunction !== undefined)
      changes.remind({ function: referral.toFunction, role: 'caseworker', kind: 'stop_using', referral: referral.id });
  }
}

/** A recall that has just been acknowledged. */
interface Acknowledged {
  readonly recipient: string | null;
  readonly of_sight: boolean;
  readonly done: RecallDisposition['done'] | null;
}
const acknowledged = 'recipient, line is not null as of_sight, done';

/**
 * 60 取消の受領: the recipient's system says it has stopped using what that delivery brought, and what became of it, if its
 * records have a place for that.
 */
export async function acknowledgeRecall(
  tx: Tx,
  changes: Changes,
  referral: ReferralRecord,
  { deliveryId, at, disposition }: RecallAcknowledgement,
  actor: string,
): Promise<{ outcome: ItemOutcome; codes: string[]; referral: string }> {
  if (myNumberIn(disposition) !== undefined)
    return { outcome: 'rejected', codes: ['S-MYNUMBER'], referral: referral.id };
  if (residenceStatusAt(disposition) !== undefined)
    return { outcome: 'rejected', codes: ['RESIDENCE_STATUS_TEXT'], referral: referral.id };
  const taken = await tx.query<Acknowledged>(
    `with taken as (
       update recall set acknowledged_at = coalesce(acknowledged_at, $2), acknowledged_by = coalesce(acknowledged_by, $3), clock_at = null,
         done = coalesce(done, $4), law = case when done is null then $5 else law end
       where cancels = $1 returning recipient, line, done
     ) select ${acknowledged} from taken`,
    [deliveryId, at, actor, ...columnsOf(disposition)],
  );
  if (taken.length === 0) return { outcome: 'rejected', codes: ['RECALL_UNKNOWN'], referral: referral.id };
  await settle(tx, referral.id, taken, changes.now);
  changes.audit({
    actor,
    function: taken[0]?.recipient ?? undefined,
    action: 'recall.acknowledged',
    objectKind: 'referral',
    object: referral.id,
    details: { delivery: deliveryId, ...(disposition && { done: disposition.done }) },
  });
  return { outcome: 'accepted', codes: [], referral: referral.id };
}

/** Whose list it was on. */
export interface AskedOnScreen {
  readonly referral: string;
  readonly function: string;
  readonly role: Role;
}

/** A worker speaks of what came to the desk, a coordinator of what those who coordinate have looked at, their supervisor of both. */
const ofRole = `case $3 when 'caseworker' then r.cancels is not null when 'coordinator' then r.line is not null else true end`;

/** Somebody of a desk says on screen what became of what was recalled of this referral, whoever has acknowledged it. */
export async function disposeOnScreen(
  tx: Tx,
  { referral, function: desk, role }: AskedOnScreen,
  disposition: RecallDisposition,
  now: Date,
): Promise<void> {
  await tx.query(
    `update recall r set done = $4, law = $5 where r.referral = $1 and r.recipient = $2 and ${ofRole} and r.done is null`,
    [referral, desk, role, ...columnsOf(disposition)],
  );
  await settle(tx, referral, [], now);
}

/**
 * Somebody of a desk says on screen that it has stopped using what was recalled of this referral. For what went to its system
 * the system answers.
 */
export async function acknowledgeOnScreen(
  tx: Tx,
  { referral, function: desk, role }: AskedOnScreen,
  actor: string,
  now: Date,
): Promise<void> {
  const stopped = await tx.query<Acknowledged>(
    `with stopped as (
       update recall r set acknowledged_at = coalesce(r.acknowledged_at, $4), acknowledged_by = coalesce(r.acknowledged_by, $5), clock_at = null
       where r.referral = $1 and r.recipient = $2 and ${ofRole}
         and not exists (select 1 from delivery d where d.id = r.cancels and d.plugin is not null)
       returning r.delivery, r.recipient, r.line, r.done
     ), read as (
       update delivery d set state = 'read', receipted_at = $4 from stopped where d.id = stopped.delivery and d.plugin is null and d.state <> 'read'
     ) select ${acknowledged} from stopped`,
    [referral, desk, role, now, actor],
  );
  await settle(tx, referral, stopped, now);
}

const columnsOf = (disposition: RecallDisposition | undefined) => [
  disposition?.done ?? null,
  disposition?.done === 'kept' ? disposition.law : null,
];

/** Nobody is asked any more for what all who had it have answered; who has not said what became of it is asked for that. */
async function settle(tx: Tx, referral: string, answered: readonly Acknowledged[], now: Date): Promise<void> {
  await tx.query(
    `update todo t set done_at = $2
     where t.referral = $1 and t.kind in ('stop_using', 'recall_unanswered', 'recall_disposition') and t.done_at is null
       and not exists (select 1 from recall c where c.referral = $1 and c.recipient = t.function
         and case t.kind when 'recall_disposition' then c.acknowledged_at is not null and c.done is null else c.acknowledged_at is null end
         and case when t.role = 'supervisor' then true when t.role = 'coordinator' and t.kind <> 'recall_unanswered' then c.line is not null else c.cancels is not null end)`,
    [referral, now],
  );
  remind(
    tx,
    answered.flatMap(({ recipient, of_sight: ofSight, done }) =>
      recipient === null || done !== null
        ? []
        : [
            {
              ...{ function: recipient, role: ofSight ? ('coordinator' as const) : ('caseworker' as const) },
              ...{ kind: 'recall_disposition' as const, referral, at: now },
            },
          ],
    ),
  );
}
