// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { consentCategories, consentRecipients, type ConsentForm, type ConsentScope } from './consent.schema';
import { line, moment } from '../codes/text.schema';
import { isSensitive } from '../member/data-category';

/** 口頭の同意: how it was asked for and by whom. Names of people and a number are in it, so it is kept sealed. */
export const oralRecord = z.strictObject({
  by: line(60).describe('読み上げた人'),
  at: moment.describe('日時'),
  /** What was read out with the script: the consent reaches no further. */
  categories: consentCategories.describe('読み上げた項目'),
  recipients: consentRecipients.describe('読み上げた相手'),
  number: line(20).describe('かけた電話番号。会って読み上げたときは、なし。').optional(),
  recognisedBy: line(200).describe('ご本人とどう確かめたか'),
  secondListener: line(60).describe('立ち会った人。要配慮の項目があるときは必ず。').optional(),
});
export type OralRecord = z.infer<typeof oralRecord>;

/** Why a consent by word of mouth cannot stand on this record; `undefined` when it can. */
export function whyNotOral(
  scope: Pick<ConsentScope, 'categories' | 'recipients'>,
  oral: OralRecord | undefined,
  form: Pick<ConsentForm, 'script'>,
): 'SCRIPT_MISSING' | 'SECOND_LISTENER_MISSING' | undefined {
  if (!oral || form.script === undefined) return 'SCRIPT_MISSING';
  const read = new Set(oral.recipients.map((r) => JSON.stringify(r)));
  const isReadOut =
    scope.categories.every((c) => oral.categories.includes(c)) &&
    scope.recipients.every((r) => read.has(JSON.stringify(r)));
  if (!isReadOut) return 'SCRIPT_MISSING';
  return scope.categories.some(isSensitive) && oral.secondListener === undefined
    ? 'SECOND_LISTENER_MISSING'
    : undefined;
}
