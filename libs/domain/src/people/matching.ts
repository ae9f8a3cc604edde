// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import type { MemberIdentifier } from '../member/member.schema';

/** What agreed when a person compared two records. The first four are what strangers share. */
export const AgreedItem = z
  .enum([
    'name',
    'kana',
    'birth_date',
    'sex',
    'former_name',
    'address',
    'telephone',
    'household',
    'insurance_number',
    'handbook_number',
    'photo_document',
    'workplace_or_school',
  ])
  .describe(
    'name=氏名、kana=読み、birth_date=生年月日、sex=性別(この四つは数えない)、former_name=旧姓・通称、address=住所、telephone=電話番号、household=同じ世帯の方、insurance_number=被保険者番号、handbook_number=手帳番号、photo_document=顔写真つきの書類、workplace_or_school=勤め先・学校',
  );
export type AgreedItem = z.infer<typeof AgreedItem>;

export const agreement = z
  .array(AgreedItem)
  .min(1)
  .max(AgreedItem.options.length)
  .describe('同じ人だと確かめた人が、一致を確かめた項目');

/** Two women of one name and one birth date are two women. */
const commonToStrangers: ReadonlySet<AgreedItem> = new Set(['name', 'kana', 'birth_date', 'sex']);
const neededAgreements = 2;

/**
 * Are these the same person? Because somebody has confirmed that two items agree beyond name, kana, birth date and sex; what
 * a program reads as equal is no confirmation. Whoever has one number of one system is one person from the beginning.
 */
export const isConfirmed = (agreed: readonly AgreedItem[]): boolean =>
  new Set(agreed.filter((item) => !commonToStrangers.has(item))).size >= neededAgreements;

/** The number of a 相談受付 names a consultation: whoever comes again gets another one. */
const systemsThatNumberMatters: ReadonlySet<string> = new Set(['konkyu']);

/** Does one system know these two as two? Then it is that system which must say first that they are one. */
export const areTwoOf = (one: readonly MemberIdentifier[], other: readonly MemberIdentifier[]): boolean =>
  one.some(
    (i) => !systemsThatNumberMatters.has(i.system) && other.some((o) => o.system === i.system && o.value !== i.value),
  );
