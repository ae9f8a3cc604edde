// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { day, id, IncidentRuleName, line } from '@tsunagi/domain';
import { z } from 'zod';

const rule = {
  name: IncidentRuleName.describe(
    'first_report=速報、final_report=確報、final_report_of_a_crime=不正の目的によるおそれのときの確報、tell_person=ご本人への通知',
  ),
  days: z.int().min(0).max(366).describe('気づいた日から何日までか'),
  fromPersons: z.int().min(1).max(1_000_000).describe('何人からの事故に使うか。なければ、人数によらない。').optional(),
};

/** GET /incident-rules: by when which step after an incident is due; of several that fit the shortest counts. */
export const incidentRuleView = z.strictObject({
  id,
  version: z.int(),
  ...rule,
  validFrom: day,
  validTo: day.optional(),
  active: z.boolean(),
  inForce: z.boolean().describe('きょう気づいた事故に使われるか'),
  checkedOn: day.describe('法務などが確かめた日').optional(),
  checkedBy: line(60).describe('確かめた人').optional(),
});
export type IncidentRuleView = z.infer<typeof incidentRuleView>;
export const incidentRuleList = z.strictObject({ items: z.array(incidentRuleView) });
export type IncidentRuleList = z.infer<typeof incidentRuleList>;

/** POST /incident-rules: other rules from a day on; those in force end the day before. */
export const newIncidentRules = z.strictObject({
  validFrom: day.describe('使いはじめる日。あすから先の日です。'),
  rules: z.array(z.strictObject(rule)).min(1).max(40).describe('四つの期限のどれにも、人数によらない行を一つ'),
});
export type NewIncidentRules = z.infer<typeof newIncidentRules>;
