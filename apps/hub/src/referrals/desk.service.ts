// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryReceipt, DisclosedReferral } from '@tsunagi/contracts';
import {
  feedbackCovers,
  isOwnRecordCode,
  statusCodeOf,
  takeStep,
  type FeedbackDecision,
  type Permit,
} from '@tsunagi/domain';
import { Changes } from './changes';
import { about, built, claimReferral, mayArrive, viewerOf } from './claim-referral';
import { remindOfConditions } from './conditions';
import { feedbackLine, feedbackRow } from './feedback.rows';
import { mattersOf, type Matters } from './matters';
import { noteIn, sealedNotesOf } from './notes';
import { isAsApproved } from './proposed';
import { isProtected } from './protected-content';
import { isRouted, openContent, referralsById, type ReferralRecord } from './referral.record';
import { statusOf } from './status-body';
import type { Wishes } from '../consents';
import {
  bringsContent,
  DeliveryDesk,
  isUnapproved,
  type Claim,
  type ClaimedDelivery,
  type Delivery,
  type Locking,
  type TakenReceipt,
} from '../delivery';
import {
  closeLedger,
  decideOn,
  enterLedger,
  feedbackOn,
  markGone,
  stillStands,
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

  override async claim(tx: Tx, { ids, locked }: Locking<ClaimedDelivery>, now: Date): Promise<Map<string, Claim>> {
    const [deliveries, known] = await Promise.all([locked, mattersOf(tx, ids, { content: true })]);
    const { referrals, wishes, permits, numbers } = known;
    const notes = await sealedNotesOf(
      tx,
      deliveries.filter((d) => this.bringsNote(d, known, now)),
    );
    const changes = this.changes(now, known);
    const ledger: LedgerLine[] = [];
    const contentOf = (referral: ReferralRecord) => openContent(this.keys.sealing, referral);
    const approvals = new Map(deliveries.map((d) => [d.id, d.approval]));
    const isApproved = (id: string, leaving: DisclosedReferral) => {
      const approval = approvals.get(id);
      return !approval || isAsApproved(this.keys.sealing, { id, approval }, leaving);
    };
    const claiming = { directory: this.directory, wishes, numbers, contentOf, changes, ledger, isApproved };
    const feedback: Row[] = [];
    const claims = new Map<string, Claim>();
    for (const delivery of deliveries) {
      const referral = referrals.get(delivery.referral);
      let claim: Claim = { leaves: false, state: 'parked', code: 'REFERRAL_UNROUTED' };
      if (referral && isRouted(referral)) {
        if (!this.isServed(delivery, referral)) claim = { leaves: false, state: 'recalled', code: 'OTHER_CHANNEL' };
        else if (isUnapproved(delivery)) claim = { leaves: false, state: 'queued' };
        else if (bringsContent(delivery)) claim = claimReferral(delivery, referral, claiming);
        else if (delivery.kind === 'recall') claim = this.claimRecall(delivery, referral);
        else {
          const permit = permits.get(referral.decision ?? '');
          const into = { decisions: feedback, ledger };
          claim = this.claimStatus(delivery, referral, permit, { wishes, note: notes.get(delivery.id) }, into, now);
        }
      }
      claims.set(delivery.id, claim);
      if (!claim.leaves && claim.state === 'parked' && claim.code !== 'AUTHORITY_MISSING')
        this.remindStuck(changes, delivery, referral);
    }
    await changes.save(tx);
    tx.insert('disclosure_decision', feedback);
    const staying = [...claims].flatMap(([id, claim]) => (claim.leaves ? [] : [id]));
    closeLedger(tx, staying, 'recalled');
    await enterLedger(tx, ledger, now);
    return claims;
  }

  override async goAhead(tx: Tx, { ids, locked }: Locking<Delivery>, now: Date): Promise<ReadonlySet<string>> {
    const [deliveries, { referrals, wishes, permits }] = await Promise.all([locked, mattersOf(tx, ids)]);
    const go = new Set<string>();
    const gone: { delivery: string; decision: string }[] = [];
    for (const delivery of deliveries) {
      const referral = referrals.get(delivery.referral);
      if (!referral || !isRouted(referral) || !this.isServed(delivery, referral)) continue;
      if (!this.stillHolds(delivery, referral, permits, wishes, now)) continue;
      go.add(delivery.id);
      if (delivery.decision !== null) gone.push({ delivery: delivery.id, decision: delivery.decision });
    }
    markGone(tx, gone, now);
    return go;
  }

  /**
   * The plugin it waits for still speaks for the function it goes to: a desk may have come into other hands. Only to take
   * something back it goes after it, wherever it went.
   */
  private isServed({ kind, plugin }: Delivery, referral: DisclosableReferral): boolean {
    if (kind === 'recall' || plugin === null) return true;
    return this.directory.isServedBy(kind === 'status' ? referral.fromFunction : referral.toFunction, plugin);
  }

  /** May what was claimed be written now? A recall always may; everything else only as far as it is still permitted. */
  private stillHolds(
    delivery: Delivery,
    referral: ReferralRecord & DisclosableReferral,
    permits: ReadonlyMap<string, Permit>,
    wishes: Wishes,
    now: Date,
  ): boolean {
    if (delivery.kind === 'recall') return true;
    // The site may have forbidden it while it was under way.
    if (isUnapproved(delivery)) return false;
    if (delivery.kind === 'status') {
      const feedback = this.feedbackFor(delivery, referral, permits.get(referral.decision ?? ''), wishes, now);
      return feedback !== undefined && feedbackCovers(feedback.feedback, delivery.feedback ?? 'none');
    }
    const claimed = permits.get(delivery.decision ?? '');
    const { content_version: version } = delivery;
    if (version !== referral.contentVersion) return false;
    return mayArrive(referral) && !!claimed && stillStands(decideOn(referral, wishes, this.directory, now), claimed);
  }

  override async received(tx: Tx, { ids, locked }: Locking<TakenReceipt>, now: Date): Promise<void> {
    const [receipts, known] = await Promise.all([locked, mattersOf(tx, ids)]);
    const { referrals } = known;
    const changes = this.changes(now, known);
    const of = (outcome: DeliveryReceipt['outcome']) =>
      receipts.filter((r) => r.receipt.outcome === outcome).map((r) => r.delivery.id);
    closeLedger(tx, of('delivered'), 'written');
    closeLedger(tx, of('recalled'), 'recalled');
    for (const { delivery, receipt } of receipts) {
      const referral = referrals.get(delivery.referral);
      if (!referral) continue;
      const arrived = bringsContent(delivery) && receipt.outcome === 'delivered';
      const latest = changes.latest(referral);
      // No system reads its conditions.
      if (arrived) remindOfConditions(changes, referral, known.permits.get(delivery.decision ?? ''));
      if (arrived && latest.state === 'sent') {
        changes.move(latest, takeStep(latest, { action: 'deliver', by: 'core', facts: {} }), core);
      }
    }
    await changes.save(tx);
  }

  override async stuck(tx: Tx, deliveries: readonly Delivery[], now: Date): Promise<void> {
    if (deliveries.length === 0) return;
    const referrals = await referralsById(
      tx,
      deliveries.map((d) => d.referral),
    );
    const changes = this.changes(now);
    for (const delivery of deliveries) this.remindStuck(changes, delivery, referrals.get(delivery.referral));
    await changes.save(tx);
  }

  /** A desk waits for what is on its way to the other: the sender for its referral, the recipient for a status it gave. */
  private remindStuck(changes: Changes, delivery: Delivery, referral: ReferralRecord | undefined): void {
    const waiting =
      delivery.kind === 'status' ? (referral?.toFunction ?? referral?.fromFunction) : referral?.fromFunction;
    if (waiting !== undefined)
      changes.remind({ function: waiting, role: 'supervisor', kind: 'delivery_stuck', referral: delivery.referral });
  }

  private claimRecall(delivery: ClaimedDelivery, referral: ReferralRecord): Claim {
    if (delivery.cancels === null) return { leaves: false, state: 'parked', code: 'NOTHING_TO_RECALL' };
    const { id: deliveryId, claim, cancels } = delivery;
    const data = { deliveryId, claim, cancels, referralId: referral.id };
    return { leaves: true, event: hubEvent('referral.recalled.v1', data, about(referral)) };
  }

  private claimStatus(
    delivery: ClaimedDelivery,
    referral: ReferralRecord & DisclosableReferral,
    permit: Permit | undefined,
    { wishes, note }: { readonly wishes: Wishes; readonly note: Buffer | undefined },
    into: { decisions: Row[]; ledger: LedgerLine[] },
    now: Date,
  ): Claim {
    const feedback = this.feedbackFor(delivery, referral, permit, wishes, now);
    if (feedback === undefined) return { leaves: false, state: 'recalled', code: 'FEEDBACK_NOT_PERMITTED' };
    const event = built(() => {
      const said = note && noteIn(this.keys.sealing, referral.id, delivery.note_version ?? 0, note);
      const data = statusOf(delivery, referral, feedback.feedback, this.directory, {
        said,
        hideTown: isProtected(referral, wishes),
      });
      return hubEvent('referral.status.v1', data, about(referral));
    });
    if (typeof event === 'string') return { leaves: false, state: 'parked', code: event };
    const row = feedbackRow(referral, permit, feedback, this.config.legal, now);
    into.decisions.push(row);
    if (permit && feedback.feedback !== 'none') {
      into.ledger.push({
        ...feedbackLine(referral, permit, row.id),
        delivery: delivery.id,
        person: delivery.person,
        way: 'feedback',
        viewer: viewerOf(delivery),
        again: delivery.claimedBefore,
        members: referral.members,
      });
    }
    return { leaves: true, event, decision: row.id, feedback: feedback.feedback };
  }

  /** A status with a note that may go back now; of the others nothing more is read. */
  private bringsNote(delivery: Delivery, { referrals, wishes, permits }: Matters, now: Date): boolean {
    const referral = delivery.note_version === null ? undefined : referrals.get(delivery.referral);
    if (!referral || !isRouted(referral)) return false;
    const permit = permits.get(referral.decision ?? '');
    return this.feedbackFor(delivery, referral, permit, wishes, now)?.feedback === 'state+note';
  }

  /** What of a status may go back now; `undefined` = nothing. News of the sender's own record always may. */
  private feedbackFor(
    delivery: Delivery,
    referral: DisclosableReferral,
    permit: Permit | undefined,
    wishes: Wishes,
    now: Date,
  ): FeedbackDecision | undefined {
    if (delivery.status !== null && isOwnRecordCode(delivery.status)) return { feedback: 'none', consents: [] };
    const decision = permit && feedbackOn(referral, permit, wishes, this.directory, now);
    const brings = delivery.beside === true ? decision?.feedback === 'state+note' : decision?.feedback !== 'none';
    const isArrival = decision?.arrival === true && delivery.status === statusCodeOf('received');
    return brings || isArrival ? decision : undefined;
  }

  private changes(now: Date, known?: Matters): Changes {
    return new Changes({ sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal }, now, known);
  }
}
