// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id, line, moment } from '@tsunagi/domain';
import { z } from 'zod';
import { atMost } from './page-size';
import { functionOutline } from '../disclosed-referral';

const sort = z
  .enum(['kana', 'newest'])
  .describe('kana=氏名の読みの五十音順(読みのない方は後)、newest=新しいつなぎの順');

/** A person whom the caller's desk knows by its own referrals, without a name: that is asked for. */
export const foundPerson = z.strictObject({
  id: id.describe('ご本人の id。自分の窓口での呼び方です。POST /persons/reveal で氏名を表示します。'),
  function: functionOutline.describe('その方を知っている、自分の窓口'),
  referralId: id.describe('その方がいる、いちばん新しい自分の窓口のつなぎ'),
  referrals: z.int().describe('自分の窓口で、その方が見えるつなぎの数(新しいもの20件まで)'),
  open: z.int().describe('そのうち続いているものの数'),
  lastAt: moment.describe('自分の窓口が知っている、さいごの動き'),
});
export type FoundPerson = z.infer<typeof foundPerson>;

/** POST /persons/search: a name in a URL would stand in every log. */
export const searchPersons = z.strictObject({
  q: line(100).describe(
    '氏名かその始め(2字から)、読み、生年月日(西暦・和暦)、自分の業務システムの番号、つなぎの id(UUID か26文字)',
  ),
  sort: sort.optional(),
});
export type SearchPersons = z.infer<typeof searchPersons>;

export const searchedPersons = z.strictObject({
  items: z.array(foundPerson).describe('50人まで'),
  more: z.literal('TOO_MANY_FOUND').describe('ほかにもいる。条件を足して絞ってください。').optional(),
  sentence: z.string().describe('more のときの一文').optional(),
});
export type SearchedPersons = z.infer<typeof searchedPersons>;

/** GET /persons */
export const personsQuery = z.strictObject({
  sort: sort.optional(),
  cursor: id.describe('前の答えの next').optional(),
  limit: atMost(50).describe('件数。指定がなければ 25、最大 50。').optional(),
});
export type PersonsQuery = z.infer<typeof personsQuery>;

export const personsPage = z.strictObject({
  items: z.array(foundPerson),
  next: id.describe('続きがあるときの cursor').optional(),
});
export type PersonsPage = z.infer<typeof personsPage>;
