// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DataCategory, day, id, IncidentAnswer, IncidentKind, moment, prose } from '@tsunagi/domain';
import { z } from 'zod';
import { functionOutline } from '../disclosed-referral';

const note = prose(2000);

/** POST /incidents: something happened to what a referral has brought. What went astray opens one by itself. */
export const newIncident = z.strictObject({
  referralId: id,
  kind: IncidentKind.extract(['lost', 'crime', 'other']),
  noticedAt: moment.describe('気づいた時刻。なければ、いま。').optional(),
  note: note.describe('分かっていること。読めるのは、書いた窓口と個人情報保護担当だけ。').optional(),
});
export type NewIncident = z.infer<typeof newIncident>;

/** POST /incidents/{id}/notes */
export const newIncidentNote = z.strictObject({ text: note });
export type NewIncidentNote = z.infer<typeof newIncidentNote>;

/** POST /incidents/{id}/report, /final-report and /tell. */
export const incidentAnswered = z.strictObject({
  answer: IncidentAnswer.default('done').describe('done=行った、not_required=法令上要らないと確かめた'),
});
export type IncidentAnswered = z.infer<typeof incidentAnswered>;

const dues = z
  .strictObject({ firstReport: day.optional(), finalReport: day.optional(), tell: day.optional() })
  .describe('速報、確報、本人への通知の期限');
const step = z.strictObject({ at: moment, answer: IncidentAnswer });

/** 漏えい等の事故: for the 個人情報保護担当 and the two desks, never who else. */
export const incident = z.strictObject({
  id,
  version: z.int(),
  kind: IncidentKind,
  referralId: id.describe('どのつなぎか。会議で伝わったものにはありません。').optional(),
  persons: z
    .array(
      z.strictObject({
        person: id,
        categories: z.array(DataCategory),
        sensitive: z.boolean().describe('要配慮の項目を含む'),
      }),
    )
    .describe('だれの、どの項目か'),
  sensitive: z.boolean().describe('要配慮の項目を含む'),
  from: functionOutline,
  recipients: z.array(functionOutline).describe('渡っていた窓口'),
  noticedAt: moment,
  containedAt: moment.describe('被害の拡大を防いだ時刻').optional(),
  dues,
  done: z.strictObject({ firstReport: step.optional(), finalReport: step.optional(), tell: step.optional() }),
  closedAt: moment.optional(),
  notes: z
    .array(
      z.strictObject({
        id,
        at: moment,
        function: functionOutline.describe('書いた窓口。個人情報保護担当が書いたものには、ない。').optional(),
        text: note,
      }),
    )
    .describe('書き留めたこと。窓口には自分の窓口のものだけ。'),
});
export type Incident = z.infer<typeof incident>;
export const incidentList = z.strictObject({ items: z.array(incident) });
export type IncidentList = z.infer<typeof incidentList>;
