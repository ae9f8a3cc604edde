// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, DataCategory, day, id, line, moment, prose, StatusCode } from '@tsunagi/domain';
import { z } from 'zod';
import { disclosedReferral, functionOutline } from './disclosed-referral';

/** `referral.sent.v1`: a referral arrives. Written once per delivery id; a repeat is a no-op. */
export const referralSent = z.strictObject({ deliveryId: id, referral: disclosedReferral });

/** `referral.recalled.v1`: stop using what the delivery `cancels` brought (取消区分 3). */
export const referralRecalled = z.strictObject({ deliveryId: id, cancels: id, referralId: id });
export type ReferralRecalled = z.infer<typeof referralRecalled>;

/** `referral.status.v1`: what became of the sender's own record, as far as the feedback scope says. */
export const referralStatus = z.strictObject({
  deliveryId: id,
  referralId: id,
  code: StatusCode,
  at: moment,
  /** The sender's `source.echo`. */
  echo: line(1024).optional(),
  by: functionOutline.optional(),
  worker: line(60).optional(),
  nextContactOn: day.optional(),
  returnReason: code(3).optional(),
  note: prose(2000).optional(),
});
export type ReferralStatus = z.infer<typeof referralStatus>;

/** `deliveries.check.v1` asks for the go-ahead just before writing; `deliveries.checked.v1` gives it. */
export const deliveriesCheck = z.strictObject({ deliveryIds: z.array(id).min(1).max(500) });
export const deliveriesChecked = z.strictObject({
  answers: z.array(z.strictObject({ deliveryId: id, go: z.boolean() })).max(500),
});

/** `delivery.receipt.v1`: written, not written because recalled, or failed. */
export const deliveryReceipt = z.strictObject({
  deliveryId: id,
  outcome: z.enum(['delivered', 'recalled', 'failed']),
  code: code(40).optional(),
  retryable: z.boolean().optional(),
  /** Permitted items for which the recipient's layout has no place. */
  notCarried: z.array(DataCategory).optional(),
});
export type DeliveryReceipt = z.infer<typeof deliveryReceipt>;
export const deliveryReceipts = z.strictObject({ receipts: z.array(deliveryReceipt).min(1).max(500) });
