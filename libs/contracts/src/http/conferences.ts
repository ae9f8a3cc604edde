// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  Attendance,
  ConferenceKind,
  ConferenceState,
  day,
  DataCategory,
  id,
  itemCategory,
  line,
  memberItems,
  Mode,
  moment,
  prose,
} from '@tsunagi/domain';
import { z } from 'zod';
import { functionOutline } from '../disclosed-referral';
import { atMost } from './page-size';

/** POST /conferences: any desk proposes one to the 事務局 that holds it. */
export const newConference = z
  .strictObject({
    kind: ConferenceKind,
    to: id.describe('事務局の窓口の id'),
    parts: z
      .array(ConferenceKind)
      .max(4)
      .describe('同じ日に、時間を分けて続けて開く会議。部ごとに名簿と項目が別です。')
      .optional(),
    persons: z
      .array(id)
      .min(1)
      .max(20)
      .describe('話し合う方の id(自分の窓口が関わった方)。個人を扱わない会議にはありません。')
      .optional(),
    referral: id.describe('自分の窓口のつなぎの id。persons の代わりに。').optional(),
    reason: prose(2000).describe('開いてほしい理由。氏名や住所は書きません。'),
  })
  .refine((c) => c.persons === undefined || c.referral === undefined, {
    path: ['referral'],
    error: 'persons or referral, not both',
  });
export type NewConference = z.infer<typeof newConference>;

export const proposedConference = z.strictObject({ id });
export type ProposedConference = z.infer<typeof proposedConference>;

/** GET /conferences: those in which the caller sits, or which the caller's desk holds. */
export const conferenceQuery = z.strictObject({
  state: ConferenceState.optional(),
  cursor: id.describe('前の答えの next').optional(),
  limit: atMost(200).describe('件数。指定がなければ 50、最大 200。').optional(),
});
export type ConferenceQuery = z.infer<typeof conferenceQuery>;

const part = z.int().describe('会議のどの部か。0 は会議そのもの。');

export const conferenceLine = z.strictObject({
  id,
  kind: ConferenceKind,
  parts: z.array(ConferenceKind).describe('続けて開く会議'),
  state: ConferenceState,
  version: z.int().describe('版。手続きのときに If-Match で返します。'),
  host: functionOutline.describe('事務局'),
  heldOn: day.describe('開く日、または開いた日').optional(),
  reviewOn: day.describe('見直す日').optional(),
});
export type ConferenceLine = z.infer<typeof conferenceLine>;
export const conferencePage = z.strictObject({
  items: z.array(conferenceLine),
  next: id.describe('続きがあるときの cursor').optional(),
});
export type ConferencePage = z.infer<typeof conferencePage>;

const seat = {
  part,
  functionId: id.describe('窓口の id。名前を出せない窓口にはありません。').optional(),
  function: functionOutline.describe('窓口。ご本人と、外から客観的に見る方にはありません。').optional(),
  staff: id.describe('職員の id').optional(),
  name: line(60).describe('職員の名前').optional(),
  attendance: Attendance,
  mode: Mode,
  acknowledged: z.boolean().describe('守秘義務を確認したか'),
};

export const conferenceItem = z.strictObject({
  id,
  part,
  function: functionOutline.describe('出した窓口'),
  mine: z.literal(true).describe('自分が出したもの').optional(),
  person: id,
  category: itemCategory,
  text: prose(2000),
  informant: z.literal(true).describe('誰が知らせたかがわかるもの。会議の外には出せません。').optional(),
  promotion: z
    .enum(['asked', 'agreed'])
    .describe('asked=会議の外に出すことを、出した方に尋ねている、agreed=つなぎの下書きになった')
    .optional(),
  leaving: z
    .strictObject({
      to: functionOutline.describe('つなぐ先。いまの宛先の決まりで行く窓口。').optional(),
      items: memberItems.describe('会議の外に出る言葉'),
    })
    .describe('同意すると会議の外に出るもの。尋ねられている、出した方にだけ。')
    .optional(),
});
export type ConferenceItemView = z.infer<typeof conferenceItem>;

/** What was decided of a conference, and why; it is kept when what was said is erased. */
const conferenceDecided = z.strictObject({
  step: z.enum(['decline', 'review', 'end']).describe('decline=開かない、review=見直した、end=終えた'),
  outcome: z
    .enum(['go_on', 'watch', 'end'])
    .describe('見直した結果: go_on=また開く、watch=見守る、end=終えて消す')
    .optional(),
  at: moment,
  reason: prose(2000).describe('理由'),
});

/** GET /conferences/{id}. Before secrecy is acknowledged a member sees nothing but what there is to acknowledge. */
export const conferenceView = conferenceLine.extend({
  secrecy: line(500).describe('守秘義務。確認するまで、項目は見られません。'),
  acknowledged: z.array(part).describe('自分が守秘義務を確認した部'),
  chair: id.describe('議長の職員の id').optional(),
  persons: z.array(id).describe('話し合う方').optional(),
  reason: prose(2000)
    .describe('開く理由。提案した窓口と事務局のほかには、開いているあいだの構成員か、同意のある方にだけ。')
    .optional(),
  decided: z
    .array(conferenceDecided)
    .describe('開かない、続ける、見守る、終えると決めた理由。議長と事務局にだけ。終えた後も残ります。')
    .optional(),
  members: z.array(z.strictObject(seat)).describe('自分の部の名簿(議長と事務局には全部)').optional(),
  items: z
    .array(conferenceItem)
    .describe('自分の部の項目のうち、見てよいもの。ほかの窓口が出したものは、開いているあいだだけ。')
    .optional(),
  record: prose(10_000)
    .describe(
      '話し合ったことと、決めたこと。書いた窓口のほかには、すべての部に出て、すべての項目を見られる方に、開いているあいだか、同意のあるあいだだけ。',
    )
    .optional(),
});
export type ConferenceView = z.infer<typeof conferenceView>;

/** GET /conferences/{id}/callable: whom `call` may name, of one function at a time. */
export const callableQuery = z.strictObject({ function: id.describe('窓口の id') });
export type CallableQuery = z.infer<typeof callableQuery>;
export const callableStaff = z.strictObject({
  items: z.array(z.strictObject({ staff: id.describe('職員の id'), name: line(60).describe('職員の名前') })),
});
export type CallableStaff = z.infer<typeof callableStaff>;

/** What a step answers. */
export const conferenceStepped = z.strictObject({
  id,
  state: ConferenceState,
  version: z.int(),
  itemId: id.describe('出した項目の id').optional(),
  referralId: id.describe('送った照会、またはできた下書きの id').optional(),
});
export type ConferenceStepped = z.infer<typeof conferenceStepped>;

/** GET /conferences/{id}/agenda */
export const agendaView = z.strictObject({
  parts: z.array(
    z.strictObject({
      part,
      kind: ConferenceKind,
      attendees: z.array(
        z.strictObject({
          ...seat,
          uncovered: z
            .array(z.strictObject({ person: id, categories: z.array(DataCategory) }))
            .describe(
              '同意などの根拠がまだない方と項目(その部の守秘義務を確認した議長と事務局にだけ)。なくなるまで、その出席者には項目が見えません。',
            )
            .optional(),
        }),
      ),
      items: z.array(id).describe('自分が見てよい項目の id'),
    }),
  ),
});
export type AgendaView = z.infer<typeof agendaView>;
