// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { z } from 'zod';
import { personsPage, searchedPersons, searchPersons } from './found-persons';
import { newRevealRequest, revealDecided, revealed, revealPersons, revealReferrals, revealRequests } from './reveals';
import { exampleId as id } from '../example-ids';

const [referral, other, person, request] = [2, 4, 23, 91].map(id) as [string, string, string, string];
const found = {
  id: person,
  function: { domain: 'kaigo', code: '9970100005', name: '地域包括支援センター' },
  referralId: referral,
  referrals: 2,
  open: 1,
  lastAt: '2026-11-20T14:03:00+09:00',
} as const;

/** Schema, what it shows, and the example. */
export const nameExamples: readonly (readonly [z.ZodType, string, unknown])[] = [
  [revealReferrals, '担当者を決めるため', { ids: [referral, other], purpose: 'assign' }],
  [revealPersons, '折り返しの電話のため', { ids: [person], purpose: 'contact' }],
  [
    revealed,
    '一人は見え、一人はもう一人の確認が要る',
    {
      items: [
        {
          id: referral,
          identity: { name: '見本　花子', kana: 'ミホン ハナコ', birthDate: '1940-01-05', sex: 'female' },
        },
        {
          id: other,
          because: 'TWO_PERSONS',
          sentence: '秘匿の方などの氏名を一覧で見るには、もう一人の確認が要ります。',
        },
      ],
      remaskAt: '2026-11-24T09:35:00+09:00',
    },
  ],
  [newRevealRequest, '確認を求める', { purpose: 'asked_by_person', reason: 'ご本人から電話があり、折り返すため。' }],
  [
    revealRequests,
    '確認を待っている',
    {
      items: [
        {
          id: request,
          referralId: other,
          state: 'waiting',
          purpose: 'asked_by_person',
          reason: 'ご本人から電話があり、折り返すため。',
          askedBy: '相談　次郎',
          mine: false,
          askedAt: '2026-11-24T09:30:00+09:00',
        },
      ],
    },
  ],
  [revealDecided, '認めた', { id: request, state: 'approved', until: '2026-11-24T09:45:00+09:00' }],
  [searchPersons, '読みの始めで', { q: 'ミホン', sort: 'kana' }],
  [searchedPersons, '一人', { items: [found] }],
  [personsPage, '一頁', { items: [found], next: person }],
];
