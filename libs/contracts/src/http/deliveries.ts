// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id, line, moment } from '@tsunagi/domain';
import { z } from 'zod';
import { pluginIdParams } from './plugins';

const plugin = pluginIdParams.shape.id;
const deliveryCode = line(60).describe(
  '届かない理由のコード(`/docs/codes` の「届かない理由」。プラグイン独自のものもある)',
);

/** What could not be brought to a system of a department and waits until somebody has looked. Ids and codes only. */
export const parkedDelivery = z.strictObject({
  id: id.describe('配送番号。送り直しても変わらない。'),
  plugin,
  kind: z.enum(['referral', 'supplement', 'recall', 'status']),
  referralId: id,
  code: deliveryCode,
  says: line(300).describe('理由の一文'),
  remedy: line(300).describe('直し方').optional(),
  attempts: z.int().describe('試した回数'),
  since: moment.describe('最後に試した時'),
});
export type ParkedDelivery = z.infer<typeof parkedDelivery>;

/** A message that a queue gave up. What it brought is asked for again by whoever sent it; nothing is kept but this. */
export const buriedMessage = z.strictObject({
  at: moment,
  queue: line(100),
  type: line(100).optional(),
  from: line(100).describe('送った側の名前').optional(),
  code: line(100),
});

/** GET /deliveries */
export const parkedQuery = z.strictObject({
  plugin: plugin.optional(),
  code: deliveryCode.optional(),
  cursor: id.describe('前の答えの next').optional(),
});
export type ParkedQuery = z.infer<typeof parkedQuery>;
export const parkedPage = z.strictObject({
  items: z.array(parkedDelivery).describe('届いていないもの。古い順。'),
  next: id.describe('続きがあるときの cursor').optional(),
  buried: z.array(buriedMessage).describe('メッセージ基盤が諦めた電文。新しい順に百件まで。最初の頁だけ。'),
});
export type ParkedPage = z.infer<typeof parkedPage>;

/** POST /deliveries/replay: those of one plugin, the oldest first. */
export const replayMany = z.strictObject({
  plugin,
  code: deliveryCode.describe('この理由のものだけ').optional(),
  ids: z.array(id).min(1).max(500).describe('このうちのものだけ。見て数えたものに限るとき').optional(),
});
export type ReplayMany = z.infer<typeof replayMany>;

export const replayed = z.strictObject({
  replayed: z.int().describe('もう一度届けるもの'),
  left: z.int().describe('まだ残っているもの'),
});
export type Replayed = z.infer<typeof replayed>;

export const deliveryIdParams = z.strictObject({ id: id.describe('配送番号') });
