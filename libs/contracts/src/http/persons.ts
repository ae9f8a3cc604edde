// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { agreement, day, id, memberIdentifier, moment, personFact } from '@tsunagi/domain';
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
  })
  .refine(({ fact: { from, ...fact } }) => !('until' in fact) || !from || !fact.until || fact.until >= from, {
    path: ['fact', 'until'],
    error: 'it ends before it begins',
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

/** POST /persons/{id}/link: a person has confirmed that two are the same, and says by what. Nothing moves by it: it asks the municipality. */
export const linkPersons = z.strictObject({ other: id.describe('もう一方の id'), agreed: agreement });
export type LinkPersons = z.infer<typeof linkPersons>;

const dryRun = z.literal(true).describe('何が起こるかを確かめるだけで、何も変えない').optional();

/** POST /persons/{id}/merge: from now on, what spoke of this person speaks of the other, as a desk has confirmed. */
export const mergePersons = z.strictObject({ into: id.describe('残る方の id'), dryRun });
export type MergePersons = z.infer<typeof mergePersons>;

const doubtFields = {
  merged: id.describe('一つにする前の、もう一方の id。なければ新しい人に分ける。').optional(),
  referrals: z.array(id).max(100).describe('ほかの人のものであるつなぎの id'),
  identifiers: z.array(memberIdentifier).max(10).describe('ほかの人のものである番号'),
  consents: z.array(id).max(100).describe('ほかの人のものである同意の id(自分の窓口が受けたもの)').optional(),
  refusals: z.array(id).max(100).describe('ほかの人のものである不同意の id(自分の窓口が受けたもの)').optional(),
  reason: z
    .enum(['wrong_person', 'other'])
    .describe('wrong_person=別人だった(一つにしたあとの提供ごとに、事故として開かれる)、other=そのほか'),
};

/** POST /persons/{id}/doubt: this is more than one, says a desk of what is its own. Nothing moves by it: it asks the municipality. */
export const doubtPerson = z
  .strictObject(doubtFields)
  .refine((s) => s.merged !== undefined || s.referrals.length + s.identifiers.length > 0, {
    path: ['referrals'],
    error: 'nothing to put apart',
  });
export type DoubtPerson = z.infer<typeof doubtPerson>;

/** POST /persons/{id}/split: what belongs to somebody else is put apart, as a desk has asked. */
export const splitPerson = z.strictObject({ doubt: id.describe('窓口が知らせた、分ける申し出の id'), dryRun });
export type SplitPerson = z.infer<typeof splitPerson>;

/** GET /persons/{id}/merged: what this desk has confirmed to be one with this person, and somebody has made one since. */
export const mergedHere = z.strictObject({
  items: z.array(
    z.strictObject({
      id: id.describe('一つにする前に、自分の窓口がその方を指していた id。申し出(doubt)の `merged` に入れます。'),
      at: moment.describe('一つにした時'),
    }),
  ),
});
export type MergedHere = z.infer<typeof mergedHere>;

const asked = { id: id.describe('申し出の id'), function: functionOutline, askedAt: moment };

/** GET /persons/{id}/judgements: what desks have asked for. */
export const judgements = z.strictObject({
  merges: z
    .array(z.strictObject({ ...asked, other: id.describe('もう一方の id'), agreed: agreement }))
    .describe('同じ人だと窓口が確かめた、もう一方の方'),
  splits: z
    .array(
      z.strictObject({
        ...asked,
        merged: doubtFields.merged,
        referrals: doubtFields.referrals,
        numbers: z.int().describe('ほかの人のものである番号の数'),
        consents: doubtFields.consents.unwrap(),
        refusals: doubtFields.refusals.unwrap(),
        reason: doubtFields.reason,
      }),
    )
    .describe('ほかの人のものだと窓口が知らせたもの'),
});
export type Judgements = z.infer<typeof judgements>;

/** What follows for all desks, but for 通報・通告. */
export const mergeConsequences = z.strictObject({
  person: id.describe('残る方、または分けられた方の id'),
  referrals: z.array(id).describe('人が移るつなぎ'),
  consents: z.array(id).describe('移る同意'),
  refusals: z.array(id).describe('移る不同意'),
  expired: z.array(id).describe('どちらの人の同意か分からないため失効し、改めて尋ねる同意'),
  deliveries: z.array(id).describe('途中にあり、改めて判断される送付'),
  incidents: z.array(id).describe('開かれる事故'),
});
export type MergeConsequences = z.infer<typeof mergeConsequences>;
