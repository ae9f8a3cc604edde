// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { agreement, day, id, moment, personFact } from '@tsunagi/domain';
import { z } from 'zod';
import { functionOutline } from '../disclosed-referral';

/** POST /persons/{id}/facts: what the caller's function has learned of a person. */
export const newPersonFact = z
  .strictObject({
    fact: personFact,
    supersedes: id.describe('置き換える、これまでの事実の id(同じ窓口の、同じ種類のもの)').optional(),
    inError: z.literal(true).describe('置き換えるのではなく、その事実が誤りだったとするとき').optional(),
  })
  .refine((f) => f.inError === undefined || f.supersedes !== undefined, {
    path: ['supersedes'],
    error: 'what was in error is not named',
  });
export type NewPersonFact = z.infer<typeof newPersonFact>;

export const personFacts = z.strictObject({
  facts: z
    .array(
      z.strictObject({
        id,
        fact: personFact,
        function: functionOutline,
        recordedAt: moment,
        supersedes: id.optional(),
        inError: z.literal(true).optional(),
        standing: z.boolean().describe('置き換えられても、誤りとされてもいない'),
      }),
    )
    .describe('自分の窓口が記録したこと'),
  died: day.describe('死亡の日。どの窓口が記録したものでも見える。').optional(),
});
export type PersonFacts = z.infer<typeof personFacts>;

/** POST /persons/{id}/link: a person has confirmed that two are the same, and says by what. Nothing moves by it. */
export const linkPersons = z.strictObject({ other: id.describe('もう一方の id'), agreed: agreement });
export type LinkPersons = z.infer<typeof linkPersons>;
