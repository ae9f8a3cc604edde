// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding, DisclosedReferral, ReferralRecalled, ReferralStatus } from '@tsunagi/contracts';
import type { DataCategory } from '@tsunagi/domain';
import type { DayCount } from './day-count';

/** Which delivery, and at which claim of the hub its message was built. */
export interface DeliveryClaim {
  readonly deliveryId: string;
  /** For the hub alone: a later claim of the same delivery is still the same delivery to the legacy system. */
  readonly claim: string;
}

/** What is to be written into the legacy system, once per delivery id. */
export type Delivery =
  | (DeliveryClaim & { readonly kind: 'referral'; readonly referral: DisclosedReferral })
  /** The same referral once more, whole, corrected or with more; `referral.referralId` joins it to what is there. */
  | (DeliveryClaim & { readonly kind: 'supplement'; readonly referral: DisclosedReferral })
  | (DeliveryClaim & { readonly kind: 'recall'; readonly recall: ReferralRecalled })
  | (DeliveryClaim & { readonly kind: 'status'; readonly status: ReferralStatus });
export type DeliveryKind = Delivery['kind'];
export type DeliveryOf<K extends DeliveryKind> = Extract<Delivery, { kind: K }>;

/** Why a delivery cannot be written. */
export interface WriteFault {
  /** A code of at most 40 characters, never a value. */
  readonly code: string;
  /** @default false: a person has to look at it */
  readonly retryable?: boolean | undefined;
}

/** What became of one delivery. */
export type WriteOutcome =
  | {
      readonly deliveryId: string;
      readonly ok: true;
      /**
       * Items that this record had to leave out.
       * @default the plugin's `notCarried` as far as the delivery holds them
       */
      readonly notCarried?: readonly DataCategory[] | undefined;
    }
  | ({ readonly deliveryId: string; readonly ok: false } & WriteFault);

/** The record a delivery becomes in a legacy layout, or why it cannot become one. */
export type Rendering<R> =
  | { readonly ok: true; readonly record: R; readonly notCarried?: readonly DataCategory[] | undefined }
  | ({ readonly ok: false } & WriteFault);

/** The place where deliveries are written. Idempotent by delivery id: a repeat is a no-op and counts as written. */
export interface Sink {
  /**
   * Writes the batch in its order and says of each what became of it.
   * @throws when nothing can be written at the moment; the whole batch is then tried again later.
   */
  write(deliveries: readonly Delivery[]): Promise<readonly WriteOutcome[]>;
  /** Finishes what a crash left half done; called before the first write. */
  recover?(): Promise<void>;
  /** Was it written before? `unknown` = the host died while writing it and the system cannot be asked. */
  wasWritten(deliveryId: string): boolean | 'unknown';
  /**
   * Items that the record of a delivery written before had to leave out, told from the message in hand; undefined: the
   * plugin's `notCarried` as far as the delivery holds them. Pure.
   */
  notCarried?(delivery: Delivery): readonly DataCategory[] | undefined;
  /**
   * How many records written on this day (in Japan, `YYYY-MM-DD`) the legacy system holds; changes nothing.
   * @default nothing is compared with what the hub has brought
   * @throws when the system does not answer; it is asked again later
   */
  countDay?(day: string): Promise<readonly DayCount[]>;
  /** Can it work here? Uses the same calls as `write` as far as nothing is changed by them. */
  check(): Promise<readonly CheckFinding[]>;
}
