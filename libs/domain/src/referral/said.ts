// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { day, line, moment, prose } from '../codes/text.schema';
import { Statute } from '../codes/statute';

/** 即日 and 通報・通告: the sender telephones first, and says whom it reached. */
export const phoned = z
  .strictObject({ whom: line(60), at: moment, by: line(60) })
  .describe('先に電話で伝えたこと: 誰に(whom)、いつ(at)、誰が(by)。即日のときに要ります。');

/** What the recipient must know of the hand-over itself, beside the persons' items: obligatory as its kind says. */
export const saidFacts = {
  asked: prose(2000).describe('ご本人が望んだこと、尋ねたこと').optional(),
  anxious: z.boolean().describe('ご本人が一人では不安なこと。同行か三者面談が要ります。').optional(),
  keepsDoing: line(200).describe('送り手が続けること').optional(),
  nextContactOn: day.describe('送り手が次にご本人と連絡する日').optional(),
  agreedIn: z
    .strictObject({ on: day, conference: line(100) })
    .describe(
      '合意した重層的支援会議: 開いた日(on)と、その会議の id(conference)。その方についてハブで開かれ、記録されたものに限ります。見るときの conference は、会議の種類の名前です。',
    )
    .optional(),
  question: prose(2000).describe('尋ねたいこと').optional(),
  phoned: phoned.optional(),
  request: z
    .strictObject({ from: line(60), on: day, number: line(40).optional() })
    .describe(
      'これが答える求め(児童虐待防止法13条の4): 誰から(from)、いつ(on)、文書番号(number)。ハブの照会に答えるときは regarding に照会の id を入れれば要りません。',
    )
    .optional(),
  statute: Statute.describe('通報・通告を定める法律').optional(),
} as const;

export const saidOfReferral = z.strictObject(saidFacts);
export type SaidOfReferral = z.infer<typeof saidOfReferral>;

/** Only what belongs to it of a larger body. */
export function saidIn(body: SaidOfReferral): SaidOfReferral {
  const kept = Object.keys(saidFacts) as (keyof SaidOfReferral)[];
  return Object.fromEntries(kept.flatMap((key) => (body[key] === undefined ? [] : [[key, body[key]]])));
}
