// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  code,
  ConsentGiver,
  consentForm,
  day,
  DataCategory,
  Feedback,
  FormPart,
  id,
  line,
  prose,
  Purpose,
} from '@tsunagi/domain';
import { z } from 'zod';
import { functionOutline } from '../disclosed-referral';

const { version, title, profile, parts, wording, plainWording, script, givers } = consentForm.shape;

/** POST /consent-forms: a draft. A version is never edited: what is wrong comes back as another one. */
export const newConsentForm = z.strictObject({
  function: id.describe('窓口の id。なければ、自分の窓口。').optional(),
  version: version.describe('様式の版'),
  title,
  profile: profile.describe('業務システムの「同意あり」が指す範囲'),
  parts: parts.describe('含む部分。申込と個人情報の取扱いは、別々の意思です。'),
  wording: wording.unwrap().describe('ご本人が読む文面'),
  plainWording: plainWording.describe('やさしい日本語の文面'),
  script: script.describe('口頭で読み上げる文。なければ、口頭では使えません。'),
  givers: givers.describe('この様式で同意できる人。なければ、同意できる人はだれでも。'),
  keepsPaper: z.boolean().describe('窓口が紙を保管し、業務システムの「同意あり」をこの様式とみなす').optional(),
});
export type NewConsentForm = z.infer<typeof newConsentForm>;

/** POST /consent-forms/{id}/retire */
export const retireConsentForm = z.strictObject({ from: day.describe('使わなくなる日。なければ、今日。').optional() });
export type RetireConsentForm = z.infer<typeof retireConsentForm>;

/** One version of a form, and whether anybody may use it today. */
export const consentFormView = consentForm.extend({
  revision: z.int().describe('行の版(If-Match)'),
  inForce: z.boolean().describe('いま使えるか'),
});
export type ConsentFormView = z.infer<typeof consentFormView>;
export const consentFormList = z.strictObject({ items: z.array(consentFormView), next: z.string().optional() });

const named = <T extends z.ZodType>(of: T) => z.strictObject({ code: of, name: line(60) });
/** GET /consent-forms/{id}/sheet: what stands on the paper, to be printed. It holds no resident. */
export const consentSheet = z.strictObject({
  version: code(40),
  title: line(100),
  function: functionOutline,
  parts: z.array(named(FormPart)),
  wording: prose(8000).optional(),
  plainWording: prose(8000).optional(),
  script: prose(8000).optional(),
  categories: z.array(
    named(DataCategory).extend({ sensitive: z.boolean().describe('要配慮。口頭では立会いが要る。') }),
  ),
  purposes: z.array(named(Purpose)),
  feedback: named(Feedback),
  givers: z.array(named(ConsentGiver)),
  days: z.int().describe('同意の日数'),
  approvedOn: day,
});
export type ConsentSheet = z.infer<typeof consentSheet>;
