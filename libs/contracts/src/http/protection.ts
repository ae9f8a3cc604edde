// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { day, id, moment, prose, SealGround } from '@tsunagi/domain';
import { z } from 'zod';
import { functionOutline } from '../disclosed-referral';

const ground = SealGround.describe('shien_sochi=支援措置、fukaiji=不開示、own=窓口の判断');

/** POST /persons/{id}/seal: what gives this person's whereabouts away leaves no more. */
export const newSeal = z
  .strictObject({
    ground,
    from: day.describe('始まりの日'),
    until: day.describe('終わりの日。過ぎても秘匿は続き、確かめるやることが出ます。').optional(),
    provisional: z.literal(true).describe('仮支援措置など、決まるまでの間').optional(),
    along: z.array(id).max(10).describe('一緒に避難した方(子など)の id').optional(),
  })
  .refine(({ from, until }) => until === undefined || until >= from, {
    path: ['until'],
    error: 'it ends before it begins',
  });
export type NewSeal = z.infer<typeof newSeal>;

/** POST /persons/{id}/unseal: one asks, and another one confirms. */
export const unseal = z.union([
  z.strictObject({ seal: id, reason: prose(2000).describe('解いてよい理由') }),
  z.strictObject({ seal: id, confirm: z.literal(true).describe('求めた人とは別の人が確かめたこと') }),
]);
export type Unseal = z.infer<typeof unseal>;

export const unsealed = z.strictObject({
  unsealed: z.boolean().describe('もう一人が確かめて、秘匿が解けた'),
});
export type Unsealed = z.infer<typeof unsealed>;

/** POST /persons/{id}/danger: who must learn nothing of this person. */
export const newDanger = z.strictObject({
  from: z
    .union([z.strictObject({ person: id }), z.literal('household')])
    .describe('危険のある人の id、または世帯のみんな(household)'),
  with: z.array(id).max(10).describe('ご本人と同じ支援単位に移す方(子など)の id').optional(),
});
export type NewDanger = z.infer<typeof newDanger>;

export const dangerRecorded = z.strictObject({
  id,
  unit: id.describe('ご本人だけの、新しい支援単位。記録した窓口だけが知っています。').optional(),
});
export type DangerRecorded = z.infer<typeof dangerRecorded>;

/** GET /persons/{id}/protection */
export const personProtection = z.strictObject({
  seals: z.array(
    z.strictObject({
      id,
      ground,
      from: day,
      until: day.optional(),
      provisional: z.literal(true).optional(),
      along: id.describe('ともに避難した方の秘匿の id').optional(),
      function: functionOutline,
      recordedAt: moment,
      lapsed: z.literal(true).describe('終わりの日を過ぎている。秘匿は続いています。').optional(),
      unsealAsked: moment.describe('解くことが求められ、もう一人の確認を待っている').optional(),
    }),
  ),
  dangers: z.array(
    z.strictObject({
      id,
      from: z.union([z.strictObject({ person: id }), z.literal('household')]),
      recordedAt: moment,
    }),
  ),
});
export type PersonProtection = z.infer<typeof personProtection>;
