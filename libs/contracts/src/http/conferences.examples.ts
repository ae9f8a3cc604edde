// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { conferenceFacts } from '@tsunagi/domain';
import type { z } from 'zod';
import {
  agendaView,
  callableStaff,
  conferencePage,
  conferenceStepped,
  conferenceView,
  newConference,
  proposedConference,
} from './conferences';
import { exampleId as id } from '../example-ids';

const [conference, item, person, host, konkyu, chair, worker] = [71, 72, 23, 25, 22, 73, 74].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
const secretariat = { domain: 'takikan', code: '9950000034', name: '多機関協働事業者' } as const;
const attending = { domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' } as const;
const line = {
  id: conference,
  kind: 'shien_kaigi',
  parts: [],
  state: 'open',
  version: 4,
  host: secretariat,
  heldOn: '2026-11-24',
  reviewOn: '2027-02-24',
} as const;
const seat = {
  part: 0,
  functionId: konkyu,
  function: attending,
  staff: worker,
  name: '相談　次郎',
  attendance: 'invited',
  mode: 'in_person',
  acknowledged: true,
} as const;

/** One example of each body of a conference, about people who do not exist. */
export const conferenceExamples: readonly (readonly [schema: z.ZodType, summary: string, value: unknown])[] = [
  [
    newConference,
    '支援会議の提案',
    { kind: 'shien_kaigi', to: host, persons: [person], reason: 'ご本人は会うことを望まず、近所から心配の声がある。' },
  ],
  [proposedConference, '提案した会議', { id: conference }],
  [conferencePage, '自分が呼ばれた会議', { items: [line] }],
  [
    conferenceView,
    '守秘義務を確認した方から見た会議',
    {
      ...line,
      secrecy: 'この会議で知ったことを、正当な理由なく漏らしません。',
      acknowledged: [0],
      chair,
      decided: [{ step: 'review', outcome: 'watch', at: '2026-11-24T06:00:00.000Z', reason: '落ち着いている。' }],
      persons: [person],
      members: [seat],
      items: [
        { id: item, part: 0, function: attending, mine: true, person, category: 'concern', text: '家賃の滞納がある。' },
      ],
    },
  ],
  [callableStaff, '呼べる職員', { items: [{ staff: worker, name: '相談　次郎' }] }],
  [conferenceStepped, '項目を出した', { id: conference, state: 'open', version: 5, itemId: item }],
  [
    agendaView,
    '議長から見た次第',
    {
      parts: [
        {
          part: 0,
          kind: 'juso',
          attendees: [{ ...seat, uncovered: [{ person, categories: ['concern'] }] }],
          items: [item],
        },
      ],
    },
  ],
  [conferenceFacts.decline, '開かない', { reason: '支援決定に要らない。' }],
  [
    conferenceFacts.call,
    '呼ぶ方と議長',
    {
      members: [{ function: konkyu, staff: worker, attendance: 'invited', mode: 'in_person' }],
      on: '2026-11-24',
      chair: worker,
    },
  ],
  [conferenceFacts['add-item'], '項目', { person, category: 'concern', text: '家賃の滞納がある。' }],
  [
    conferenceFacts.request,
    '資料の求め',
    { to: konkyu, person, identity: { name: '見本　花子' }, question: '相談の記録はありますか。' },
  ],
  [
    conferenceFacts.promote,
    '同意を得た項目を、つなぎにする',
    { item, to: { domain: 'konkyu' }, items: { concern: { boxes: ['income_work'] } } },
  ],
  [
    conferenceFacts['agree-promotion'],
    '外に出すことに同意する',
    { item, agreed: true, identity: { name: '見本　花子' } },
  ],
  [conferenceFacts.record, '会議の記録', { heldOn: '2026-11-24', record: '見守りを続ける。', reviewOn: '2027-02-24' }],
  [conferenceFacts.review, '見守る', { outcome: 'watch', reviewOn: '2027-05-24', reason: '落ち着いている。' }],
  [conferenceFacts.end, '終える', { reason: 'ご本人が同意した。' }],
  [conferenceFacts.erase, '項目を消す', { item }],
];
