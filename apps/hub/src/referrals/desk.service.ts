// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { CloudEvent, DeliveryReceipt } from '@tsunagi/contracts';
import {
  acceptWithin,
  addWorkingDays,
  disclosureMask,
  isOwnRecordCode,
  japaneseDay,
  redactMember,
  takeStep,
  type Feedback,
  type Permit,
} from '@tsunagi/domain';
import { Changes } from './changes';
import { feedbackRow } from './feedback.rows';
import { isRouted, openContent, personsOf, referralsById, type ReferralRecord } from './referral.record';
import { statusOf } from './status-body';
import { wishesOf, type Wishes } from '../consents';
import { DeliveryDesk, type Claim, type Delivery } from '../delivery';
import {
  closeLedger,
  decideOn,
  enterLedger,
  feedbackOn,
  isPermit,
  permitById,
  stillCovers,
  type DisclosableReferral,
  type LedgerLine,
} from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { HUB_CONFIG, HUB_KEYS, hubEvent, type HubKeys, type Row, type Tx } from '../platform';

const core = { actor: 'core' };

/** Decides at the moment of sending, builds what leaves, and takes note of what arrived. */
@Injectable()
export class ReferralsDesk extends DeliveryDesk {
  constructor(
    private readonly directory: Directory,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {
    super();
  }

  override async claim(tx: Tx, deliveries: readonly Delivery[], now: Date): Promise<Map<string, Claim>> {
    const { referrals, wishes, permits } = await this.read(tx, deliveries);
    const changes = this.changes(now);
    const ledger: LedgerLine[] = [];
    const feedback: Row[] = [];
    const claims = new Map<string, Claim>();
    for (const delivery of deliveries) {
      const referral = referrals.get(delivery.referral);
      if (!referral || !isRouted(referral))
        claims.set(delivery.id, { leaves: false, state: 'parked', code: 'REFERRAL_UNROUTED' });
      else if (delivery.kind === 'referral')
        claims.set(delivery.id, this.claimReferral(delivery, referral, wishes, changes, ledger, now));
      else if (delivery.kind === 'recall') claims.set(delivery.id, this.claimRecall(delivery, referral));
      else
        claims.set(
          delivery.id,
          this.claimStatus(
            delivery,
            referral,
            permits.get(referral.decision ?? ''),
            wishes,
            { decisions: feedback, ledger },
            now,
          ),
        );
    }
    await changes.save(tx);
    await tx.insert('disclosure_decision', feedback);
    await enterLedger(tx, ledger, now);
    return claims;
  }

  override async goAhead(tx: Tx, deliveries: readonly Delivery[], now: Date): Promise<ReadonlySet<string>> {
    const { referrals, wishes, permits } = await this.read(tx, deliveries);
    const go = new Set<string>();
    for (const delivery of deliveries) {
      const referral = referrals.get(delivery.referral);
      if (!referral || !isRouted(referral)) continue;
      if (delivery.kind === 'recall') go.add(delivery.id);
      else if (delivery.kind === 'status') {
        if (this.feedbackFor(delivery, referral, permits.get(referral.decision ?? ''), wishes, now) !== undefined)
          go.add(delivery.id);
      } else {
        const claimed = permits.get(delivery.decision ?? '');
        if (mayArrive(referral) && claimed && stillCovers(decideOn(referral, wishes, this.directory, now), claimed))
          go.add(delivery.id);
      }
    }
    return go;
  }

  override async received(
    tx: Tx,
    receipts: readonly { delivery: Delivery; receipt: DeliveryReceipt }[],
    now: Date,
  ): Promise<void> {
    const referrals = await referralsById(
      tx,
      receipts.map((r) => r.delivery.referral),
    );
    const changes = this.changes(now);
    const of = (outcome: DeliveryReceipt['outcome']) =>
      receipts.filter((r) => r.receipt.outcome === outcome).map((r) => r.delivery.id);
    await closeLedger(tx, of('delivered'), 'written');
    await closeLedger(tx, of('recalled'), 'recalled');
    for (const { delivery, receipt } of receipts) {
      const referral = referrals.get(delivery.referral);
      if (!referral) continue;
      const arrived = delivery.kind === 'referral' && receipt.outcome === 'delivered';
      const latest = changes.latest(referral);
      if (arrived && latest.state === 'sent') {
        changes.move(latest, takeStep(latest, { action: 'deliver', by: 'core', facts: {} }), core);
      }
      if (receipt.outcome === 'failed' && receipt.retryable !== true) {
        changes.remind({
          function: referral.fromFunction,
          role: 'supervisor',
          kind: 'delivery_stuck',
          referral: referral.id,
        });
      }
    }
    await changes.save(tx);
  }

  private claimReferral(
    delivery: Delivery,
    referral: ReferralRecord & DisclosableReferral,
    wishes: Wishes,
    changes: Changes,
    ledger: LedgerLine[],
    now: Date,
  ): Claim {
    if (!mayArrive(referral)) return { leaves: false, state: 'recalled', code: 'NOT_WANTED_ANY_MORE' };
    const decision = decideOn(referral, wishes, this.directory, now);
    const decisionId = changes.decide(referral, decision, wishes);
    if (!isPermit(decision)) {
      changes.remind({
        function: referral.fromFunction,
        role: 'caseworker',
        kind: 'authority_needed',
        referral: referral.id,
      });
      return { leaves: false, state: 'parked', code: 'AUTHORITY_MISSING' };
    }
    ledger.push({
      decision: decisionId,
      delivery: delivery.id,
      referral: referral.id,
      person: delivery.person,
      senderFunction: referral.fromFunction,
      recipientFunction: referral.toFunction,
      permit: decision,
    });
    return { leaves: true, event: this.referralEvent(delivery, referral, decision, now), decision: decisionId };
  }

  private claimRecall(delivery: Delivery, referral: ReferralRecord): Claim {
    if (delivery.cancels === null) return { leaves: false, state: 'parked', code: 'NOTHING_TO_RECALL' };
    const data = { deliveryId: delivery.id, cancels: delivery.cancels, referralId: referral.id };
    return { leaves: true, event: hubEvent('referral.recalled.v1', data, about(referral)) };
  }

  private claimStatus(
    delivery: Delivery,
    referral: ReferralRecord & DisclosableReferral,
    permit: Permit | undefined,
    wishes: Wishes,
    into: { decisions: Row[]; ledger: LedgerLine[] },
    now: Date,
  ): Claim {
    const feedback = this.feedbackFor(delivery, referral, permit, wishes, now);
    if (feedback === undefined) return { leaves: false, state: 'recalled', code: 'FEEDBACK_NOT_PERMITTED' };
    const row = feedbackRow(referral, permit, feedback, this.config.legal, now);
    into.decisions.push(row);
    if (permit && feedback !== 'none') {
      into.ledger.push({
        decision: row.id,
        delivery: delivery.id,
        referral: referral.id,
        person: delivery.person,
        senderFunction: referral.toFunction,
        recipientFunction: referral.fromFunction,
        permit: { authority: permit.authority, members: [] },
      });
    }
    const data = statusOf(delivery, referral, feedback, this.directory);
    return { leaves: true, event: hubEvent('referral.status.v1', data, about(referral)), decision: row.id };
  }

  /** What of a status may go back now; `undefined` = nothing. News of the sender's own record always may. */
  private feedbackFor(
    delivery: Delivery,
    referral: DisclosableReferral,
    permit: Permit | undefined,
    wishes: Wishes,
    now: Date,
  ): Feedback | undefined {
    if (delivery.status !== null && isOwnRecordCode(delivery.status)) return 'none';
    const feedback = permit ? feedbackOn(referral, permit, wishes, this.directory, now) : 'none';
    return feedback === 'none' ? undefined : feedback;
  }

  private referralEvent(
    delivery: Delivery,
    referral: ReferralRecord & DisclosableReferral,
    permit: Permit,
    now: Date,
  ): CloudEvent {
    const content = openContent(this.keys.sealing, referral);
    const recipient = this.directory.function(referral.toFunction);
    const permitted = new Map(permit.members.map((m) => [m.ref, m.categories]));
    const subject = redactMember(
      content.subject,
      permitted.get(content.subject.ref) ?? [],
      recipient.system ?? undefined,
    );
    const others = content.others.flatMap((o) => {
      const categories = permitted.get(o.ref);
      return categories ? [redactMember(o, categories, recipient.system ?? undefined)] : [];
    });
    const today = japaneseDay(now);
    const data = {
      deliveryId: delivery.id,
      referral: {
        deliveryId: delivery.id,
        referralId: referral.id,
        journeyId: referral.journey,
        kind: referral.kind,
        purpose: referral.purpose,
        from: this.directory.outline(referral.fromFunction),
        to: this.directory.outline(referral.toFunction),
        urgency: referral.urgency,
        howTheyMeet: referral.howTheyMeet ?? 'through_sender',
        acceptBy: addWorkingDays(today, acceptWithin(referral.urgency), this.directory.calendar(referral.toFunction)),
        sentOn: today,
        subject,
        others,
        mask: disclosureMask(subject, others),
        authority: permit.authority,
        conditions: [],
        ...(permit.notAfter && { notAfter: permit.notAfter }),
      },
    };
    return hubEvent('referral.sent.v1', data, about(referral));
  }

  private async read(tx: Tx, deliveries: readonly Delivery[]) {
    const referrals = await referralsById(
      tx,
      deliveries.map((d) => d.referral),
    );
    const wishes = await wishesOf(tx, [...new Set([...referrals.values()].flatMap(personsOf))]);
    const decisions = [...deliveries.map((d) => d.decision), ...[...referrals.values()].map((r) => r.decision)];
    const permits = await permitById(tx, [...new Set(decisions.filter((d) => typeof d === 'string'))]);
    return { referrals, wishes, permits };
  }

  private changes(now: Date): Changes {
    return new Changes({ sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal }, now);
  }
}

const about = (referral: ReferralRecord) => ({ subject: referral.id, correlationid: referral.journey });

/** A referral that was withdrawn, revoked or entered in error while its message waited must not arrive any more. */
function mayArrive(referral: ReferralRecord): boolean {
  return (
    referral.state !== 'withdrawn' &&
    referral.state !== 'revoked' &&
    referral.state !== 'entered_in_error' &&
    referral.state !== 'declined'
  );
}
