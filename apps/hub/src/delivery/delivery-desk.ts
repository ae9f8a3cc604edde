// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CloudEvent, DeliveryReceipt } from '@tsunagi/contracts';
import type { Feedback } from '@tsunagi/domain';
import type { Delivery } from './delivery.rows';
import type { Tx } from '../platform';

/** What becomes of one delivery at the moment of claiming. */
export type Claim =
  /** It leaves: the message, and the decision and ledger line written in the same transaction. */
  | {
      readonly leaves: true;
      readonly event: CloudEvent;
      readonly decision?: string;
      readonly feedback?: Feedback;
      readonly contentVersion?: number;
    }
  /** It must not leave (any more): `recalled` for good, `parked` until somebody acts. */
  | { readonly leaves: false; readonly state: 'recalled' | 'parked'; readonly code: string }
  /** It stays where it is, until staff of its desk approve what would be written now. */
  | { readonly leaves: false; readonly state: 'queued' };

export type ClaimedDelivery = Delivery & { readonly claim: string; readonly claimedBefore: boolean };

export interface TakenReceipt {
  readonly delivery: Delivery;
  readonly receipt: DeliveryReceipt;
}

/** Deliveries that are being locked. What else must be known of them is asked for at once, so that it comes along. */
export interface Locking<D> {
  readonly ids: readonly string[];
  readonly locked: Promise<readonly D[]>;
}

/**
 * What the courier's side asks of the side that decides. The room of the referrals implements it; delivery itself
 * knows lanes, attempts and receipts, but no rule of disclosure.
 */
export abstract class DeliveryDesk {
  /** Decides again, at the moment of sending. The persons are locked, and each delivery has its new `claim`. */
  abstract claim(tx: Tx, deliveries: Locking<ClaimedDelivery>, now: Date): Promise<Map<string, Claim>>;

  /** Which of these the host may write now, decided under the same lock. */
  abstract goAhead(tx: Tx, deliveries: Locking<Delivery>, now: Date): Promise<ReadonlySet<string>>;

  /** Receipts for deliveries that were still out. */
  abstract received(tx: Tx, receipts: Locking<TakenReceipt>, now: Date): Promise<void>;

  /** These could not be brought to their recipient; somebody must look. */
  abstract stuck(tx: Tx, deliveries: readonly Delivery[], now: Date): Promise<void>;
}
