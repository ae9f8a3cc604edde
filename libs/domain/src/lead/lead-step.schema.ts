// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { day, id, line } from '../codes/text.schema';
import { notInformed, personInformed } from '../referral/referral.actions';

const worker = line(60).describe('つなぎの主担当になる方の名前');
const told = { personInformed: personInformed.optional(), notInformed: notInformed.optional() };

/** How a lead changes hands. `propose` and `cancel` move nothing yet. */
export const leadStep = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('propose'), to: id.describe('主担当を頼む窓口の id') }),
  z.strictObject({ step: z.literal('cancel') }),
  z.strictObject({ step: z.literal('agree'), worker, ...told }),
  z.strictObject({
    step: z.literal('by_conference'),
    to: id.describe('主担当になる窓口の id'),
    worker,
    conference: z
      .strictObject({ id, heldOn: day })
      .describe(
        '決めた重層的支援会議の id と、それを開いた日(heldOn)。その方々について開かれ、記録されたものに限ります。',
      ),
    ...told,
  }),
  z.strictObject({ step: z.literal('name_worker'), worker }),
]);
export type LeadStep = z.infer<typeof leadStep>;
