// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id, line } from '@tsunagi/domain';
import { z } from 'zod';
import { queueFilters } from './referrals';
import { QueueView } from '../codes/queue-views';
import { functionOutline } from '../disclosed-referral';

const name = line(40).describe('見方の名前。氏名など、個人に関わることは書かないでください。');
const query = queueFilters.describe('GET /referrals の条件。id とコードだけです。');

/** GET /views */
export const viewsQuery = z.strictObject({
  counts: z.enum(['true']).describe('件数も付ける').optional(),
});
export type ViewsQuery = z.infer<typeof viewsQuery>;

/** POST /views: a view of one's own, or of everybody who works at a function. */
export const newView = z.strictObject({
  name,
  query,
  function: id.describe('共有する窓口の id。なければ自分だけの見方です。').optional(),
});
export type NewView = z.infer<typeof newView>;

/** PATCH /views/{id} */
export const changeView = z.strictObject({ name: name.optional(), query: query.optional() });
export type ChangeView = z.infer<typeof changeView>;

export const savedView = z.strictObject({
  id,
  version: z.int().describe('版。変えるときに If-Match で返します。'),
  name,
  query,
  function: functionOutline.describe('共有している窓口。自分だけの見方にはありません。').optional(),
});
export type SavedView = z.infer<typeof savedView>;

/** A line of the list. */
export const listedView = savedView.partial({ id: true, version: true }).extend({
  code: QueueView.describe('決まった見方のコード。保存した見方にはありません。').optional(),
  count: z.int().describe('いま自分に見える件数(1,000 まで)').optional(),
  more: z.literal(true).describe('1,000 を超えて数えるのをやめた').optional(),
});
export type ListedView = z.infer<typeof listedView>;

/** Built-in ones first. */
export const viewList = z.strictObject({ items: z.array(listedView) });
export type ViewList = z.infer<typeof viewList>;
