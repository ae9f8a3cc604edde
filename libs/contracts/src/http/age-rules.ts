// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { AgeNeed, ConsentGiver, day, id, line } from '@tsunagi/domain';
import { z } from 'zod';

const band = {
  fromAge: z.int().min(0).max(17).describe('何歳から'),
  givers: z
    .array(ConsentGiver.exclude(['family']))
    .min(1)
    .describe('だれが同意できるか'),
  needs: z
    .array(AgeNeed)
    .describe(
      '同意のほかに記録が要ること: child_view=子どもの意見、child_agrees=子どもの同意、understood=理解できたこと',
    ),
};

/** GET /age-rules: who decides for a person of this age (ours). Whoever is in none of them decides as an adult does. */
export const ageRuleView = z.strictObject({
  id,
  version: z.int(),
  ...band,
  toAge: z.int().describe('何歳まで。なければ、それから先すべて。').optional(),
  validFrom: day,
  validTo: day.optional(),
  active: z.boolean(),
  inForce: z.boolean().describe('きょう使われているか'),
  checkedOn: day.describe('法務などが確かめた日').optional(),
  checkedBy: line(60).describe('確かめた人').optional(),
});
export type AgeRuleView = z.infer<typeof ageRuleView>;
export const ageRuleList = z.strictObject({ items: z.array(ageRuleView) });
export type AgeRuleList = z.infer<typeof ageRuleList>;

/** POST /age-rules: other rules from a day on; those in force end the day before. */
export const newAgeRules = z.strictObject({
  validFrom: day.describe('使いはじめる日。あすから先の日です。'),
  rules: z
    .array(z.strictObject({ ...band, toAge: z.int().min(0).max(17).describe('何歳まで') }))
    .min(1)
    .max(18)
    .describe('0歳から、すきまなく、年齢の順に'),
});
export type NewAgeRules = z.infer<typeof newAgeRules>;
