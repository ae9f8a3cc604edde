// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  code,
  day,
  id,
  ItemOutcome,
  line,
  memberIdentifier,
  moment,
  opaque,
  prose,
  RecallDisposition,
  ResponseCode,
} from '@tsunagi/domain';
import { z } from 'zod';
import { placeNumber, referralSubmission } from './submission';

/**
 * The natural name of one item of one plugin: the same on every re-sending, so that the hub gives the same answer
 * again (`<file hash>/<row>`, `<renban>/<content hash>`, an Idempotency-Key).
 */
export const itemId = line(200).describe('送るものの自然な名前。送り直しても同じで、同じ答えが返ります。');
/** At most this many items go into one message; the payload stays under 128 KiB besides. */
export const maxItems = 200;

/** An answer of the receiving desk's system to a delivery; it proves the delivery. */
export const referralResponse = z.strictObject({
  deliveryId: id.describe('届いた送付の配送ID'),
  referralId: id.optional(),
  code: ResponseCode,
  at: moment.describe('対応した時刻'),
  worker: line(60).optional(),
  /** How the recipient's own system knows the person from now on. */
  identifiers: z.array(memberIdentifier).max(5).describe('受け手のシステムでの、ご本人の番号').optional(),
  reason: code(3).describe('差戻しの理由コード').optional(),
  outcome: code(3).describe('結果コード').optional(),
  nextContactOn: day.optional(),
  note: prose(2000).optional(),
  /** Only of an acknowledgement (60). */
  disposition: RecallDisposition.optional(),
});
export type ReferralResponse = z.infer<typeof referralResponse>;

/** Where a record stands in its own place, by which a row that waits is found again. Never a value. */
export const itemOrigin = z
  .strictObject({
    file: z.hex().length(64).optional(),
    row: placeNumber,
    keyHash: z.hex().length(64).describe('送り元が記録に付けた名前のハッシュ').optional(),
  })
  .describe('記録のあった場所。値は入りません。');
export type ItemOrigin = z.infer<typeof itemOrigin>;

/** Name of the place in the plugin from which the items of a message come: a folder's kind of file, or a view. */
export const itemSource = code(40).describe('プラグインの、どの読み取り口か(二つのビューのどちらか、など)');
/** Name of the file, by which one that was refused whole is known when it comes right. */
export const fileNameHash = z.hex().length(64).describe('ファイルの名前のハッシュ');

/** A row that waits where it came from: no value, only where and why. Row 0 = the whole file. */
export const quarantinedRow = z.strictObject({
  file: z.hex().length(64).optional(),
  row: placeNumber.describe('行番号。0=ファイル全体'),
  keyHash: z.hex().length(64).optional(),
  code: code(20).describe('E-、W-、S- のコード'),
  field: z.int().min(1).max(99).optional(),
});
export type QuarantinedRow = z.infer<typeof quarantinedRow>;

/**
 * 60 取消の受領: the recipient's system says it has stopped using what the delivery brought, and what became of it. Without a
 * disposition its staff are asked for one on screen.
 */
export const recallAcknowledgement = z.strictObject({
  deliveryId: id,
  at: moment,
  worker: line(60).optional(),
  disposition: RecallDisposition.optional(),
});
export type RecallAcknowledgement = z.infer<typeof recallAcknowledgement>;

/** An opaque watermark, committed by the hub together with the items of its message. */
export const checkpoint = z
  .strictObject({ source: code(40), value: opaque(4096) })
  .describe('どこまで読んだか。ハブは中身を読まず、同じメッセージの答えと一緒に覚えます。');
export type Checkpoint = z.infer<typeof checkpoint>;

/** Items of one kind, and with the last of a batch the watermark that they complete. */
const itemsOf = <S extends z.ZodRawShape>(body: S) =>
  z.strictObject({
    items: z.array(z.strictObject({ itemId, ...body })).max(maxItems),
    source: itemSource.optional(),
    fileName: fileNameHash.optional(),
    checkpoint: checkpoint.optional(),
  });

/**
 * Said of records that their host can read again from where they came. As long as the hub only tries what comes (a first
 * file), it says which it has tried, and the host reads on to the end; then it sends everything once more and waits.
 */
export const Trial = z
  .enum(['goes_on', 'waits'])
  .describe(
    'ハブが予行だけしているとき: goes_on=送り手は続きを読み、最後まで予行する。waits=最後まで予行し、受け付けられるのを待っている',
  );
export type Trial = z.infer<typeof Trial>;

export const submittedItems = itemsOf({ submission: referralSubmission, origin: itemOrigin.optional() }).extend({
  trial: Trial.optional(),
});
export const respondedItems = itemsOf({ response: referralResponse, origin: itemOrigin.optional() });
export const quarantinedItems = itemsOf({ row: quarantinedRow });
export const acknowledgedItems = itemsOf({ acknowledgement: recallAcknowledgement, origin: itemOrigin.optional() });

/**
 * The n-th time that a person has let a waiting row be read again: a name of its own, because the first has its answer.
 */
export const releasedItemId = (item: string, time: number) => `${item}#${time}`;
/** Of which waiting row an item is the release; undefined: of none. */
export const releasedOf = (item: string) => /^(.+)#[0-9]{1,4}$/s.exec(item)?.[1];

/** What became of one item. `field` is a position of the record or a JSON pointer, never a value. */
export const itemAnswer = z.strictObject({
  itemId,
  outcome: ItemOutcome,
  referralId: id.optional(),
  codes: z.array(code(40)).describe('理由のコード'),
  pointer: line(200).describe('どの項目か(値ではなく場所)').optional(),
  sentence: line(300).describe('一文').optional(),
});
export type ItemAnswer = z.infer<typeof itemAnswer>;
export const itemsAnswered = z.strictObject({
  answers: z.array(itemAnswer).max(maxItems),
  tried: z
    .array(itemId)
    .max(maxItems)
    .describe('予行だけしたもの。まだ何も受け付けていない。`trial` の付いたメッセージにだけ返る')
    .optional(),
});
