// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { addressee } from '../codes/addressee.schema';
import { day, id, line, prose } from '../codes/text.schema';
import { dataCategories, type ItemCategory } from '../member/data-category';
import { memberItems } from '../member/member.schema';

export const ConferenceState = z.enum(['proposed', 'declined', 'called', 'open', 'held', 'ended']);
export type ConferenceState = z.infer<typeof ConferenceState>;

/** How somebody takes part: must come, comes in principle, is invited, is the person, or looks on objectively. */
export const Attendance = z.enum(['obligatory', 'in_principle', 'invited', 'person', 'objective']);
export type Attendance = z.infer<typeof Attendance>;

export const Mode = z.enum(['in_person', 'online']);
export type Mode = z.infer<typeof Mode>;

const categories = dataCategories.filter((c): c is ItemCategory => c !== 'household');
export const itemCategory = z.enum(categories);
const part = z.int().min(0).max(4).describe('会議のどの部か。0 は会議そのもの。').optional();
const item = id.describe('会議の項目の id');

export const calledMember = z.strictObject({
  function: id.describe('窓口の id').optional(),
  staff: id.describe('職員の id。ご本人と、外から客観的に見る方にはありません。').optional(),
  part,
  attendance: Attendance.describe(
    'obligatory=必須、in_principle=原則、invited=招いた方、person=ご本人、objective=客観的に検討する方',
  ),
  mode: Mode.describe('in_person=対面、online=オンライン'),
});

/** What each action of a conference needs to be told. */
export const conferenceFacts = {
  decline: z.strictObject({ reason: prose(2000).describe('開かない理由。氏名や住所は書きません。') }),
  call: z.strictObject({
    members: z.array(calledMember).min(1).max(50).describe('呼ぶ方。前に呼んだ方に加わります。'),
    on: day.describe('開く日'),
    chair: id.describe('議長になる職員の id。呼んだ方の一人です。').optional(),
  }),
  acknowledge: z.strictObject({}),
  open: z.strictObject({}),
  'add-item': z.strictObject({
    part,
    person: id.describe('その項目の方の id(会議の persons の一人)'),
    category: itemCategory.describe('提供項目'),
    text: prose(2000).describe('会議で伝えること'),
    informant: z.literal(true).describe('誰が知らせたかがわかるもの。会議の外には出せません。').optional(),
    whereaboutsChecked: z
      .literal(true)
      .describe('秘匿の方の居場所がわかることを書いていないと、確かめたこと')
      .optional(),
  }),
  request: z.strictObject({
    part,
    to: id.describe('尋ねる窓口の id。同じ部に呼ばれた窓口です。'),
    person: id.describe('尋ねる方の id'),
    identity: memberItems.shape.identity.unwrap().describe('その方の氏名など'),
    question: prose(2000).describe('尋ねたいこと'),
  }),
  promote: z.strictObject({
    item,
    to: addressee.describe('つなぐ先'),
    items: memberItems.describe('会議の外に出す言葉で書き直した、その提供項目。知らせた方がわかることは書きません。'),
  }),
  'agree-promotion': z
    .strictObject({
      item,
      agreed: z.boolean().describe('出した方が、会議の外に出すことに同意するか'),
      identity: memberItems.shape.identity.unwrap().describe('つなぎの下書きに入れる、その方の氏名など').optional(),
    })
    .refine((f) => f.agreed === (f.identity !== undefined), {
      path: ['identity'],
      error: 'with agreed, and only then',
    }),
  record: z.strictObject({
    heldOn: day.describe('開いた日'),
    record: prose(10_000).describe('話し合ったことと、決めたこと'),
    reviewOn: day.describe('見直す日。6か月以内。'),
  }),
  review: z.strictObject({
    outcome: z.enum(['go_on', 'watch', 'end']).describe('go_on=また開く、watch=見守る、end=終えて消す'),
    reviewOn: day.describe('次に見直す日。6か月以内。終えないときに要ります。').optional(),
    reason: line(200).describe('そう決めた理由。氏名や住所は書きません。'),
  }),
  end: z.strictObject({ reason: line(200).describe('終える理由。氏名や住所は書きません。') }),
  erase: z.strictObject({ item }),
} as const;

export const ConferenceAction = z.enum(
  Object.keys(conferenceFacts) as [keyof typeof conferenceFacts, ...(keyof typeof conferenceFacts)[]],
);
export type ConferenceAction = keyof typeof conferenceFacts;

type FactsOf<A extends ConferenceAction> = z.infer<(typeof conferenceFacts)[A]>;

export type ConferenceStep = {
  // An empty object is inferred as one in which no key may stand: not even the action's own.
  [A in ConferenceAction]: { readonly action: A } & (FactsOf<A> extends Record<string, never> ? unknown : FactsOf<A>);
}[ConferenceAction];
