// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, DataCategory, day, id, line, moment, prose, StatusCode } from '@tsunagi/domain';
import { z } from 'zod';
import { disclosedReferral, functionOutline } from './disclosed-referral';

/**
 * Which delivery, and which claim of it this message was built at. A delivery that goes out again is decided and built
 * anew under the same delivery id; only the message of its last claim may be written.
 */
const claimed = {
  deliveryId: id.describe('配送ID。同じものは二度書きません。'),
  claim: id.describe('何度目の送り出しか。最後のものだけを書き込みます。'),
};

/** `referral.sent.v1`: a referral arrives. Written once per delivery id; a repeat is a no-op. */
export const referralSent = z.strictObject({ ...claimed, referral: disclosedReferral });

/**
 * `referral.supplemented.v1`: a referral that arrived before, corrected or with more (取消区分 2). It is whole, under a
 * delivery id of its own; the referral id joins it to what it corrects.
 */
export const referralSupplemented = referralSent;

/** `referral.recalled.v1`: stop using what the delivery `cancels` brought (取消区分 3). */
export const referralRecalled = z.strictObject({
  ...claimed,
  cancels: id.describe('取り消す送付の配送ID'),
  referralId: id,
});
export type ReferralRecalled = z.infer<typeof referralRecalled>;

/**
 * `referral.status.v1`: what became of the sender's own record, as far as the feedback scope says. With `state+note` one more
 * comes, with the code that went last, when worker, next date or note are other ones.
 */
export const referralStatus = z.strictObject({
  ...claimed,
  referralId: id,
  code: StatusCode,
  at: moment,
  /** The sender's `source.echo`. */
  echo: line(1024).describe('送り手が付けた source.echo').optional(),
  by: functionOutline.optional(),
  worker: line(60).optional(),
  nextContactOn: day.optional(),
  returnReason: code(3).optional(),
  note: prose(2000).optional(),
});
export type ReferralStatus = z.infer<typeof referralStatus>;

/**
 * `deliveries.check.v1` asks for the go-ahead just before writing; `deliveries.checked.v1` gives it. No delivery stands
 * twice in one question.
 */
export const deliveriesCheck = z.strictObject({
  deliveries: z
    .array(z.strictObject(claimed))
    .min(1)
    .max(500)
    .refine((asked) => new Set(asked.map((d) => d.deliveryId)).size === asked.length, 'a delivery stands twice'),
});
export const deliveriesChecked = z.strictObject({
  answers: z.array(z.strictObject({ deliveryId: id, go: z.boolean().describe('書き込んでよいか') })).max(500),
});

/**
 * `delivery.receipt.v1`: written, not written because recalled, or failed. `claim` is that of the message in hand: what
 * was not written of an older one says nothing about the newer.
 */
export const deliveryReceipt = z.strictObject({
  ...claimed,
  outcome: z
    .enum(['delivered', 'recalled', 'failed'])
    .describe('delivered=書き込んだ、recalled=書かずに取りやめた、failed=書けなかった'),
  code: code(40).optional(),
  retryable: z.boolean().optional(),
  /** Permitted items for which the recipient's layout has no place: their categories, whole or in part. */
  notCarried: z
    .array(DataCategory)
    .describe('渡せるが、受け手のシステムに欄がない、または欄に入りきらないものがある項目')
    .optional(),
});
export type DeliveryReceipt = z.infer<typeof deliveryReceipt>;
export const deliveryReceipts = z.strictObject({ receipts: z.array(deliveryReceipt).min(1).max(500) });
