// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type DisclosedReferral, disclosureMask, type Member } from '@tsunagi/plugin-sdk';
import { deliveryId, referralId } from './answer-row';

type Changes = Partial<Omit<DisclosedReferral, 'subject'>> & { items?: Member['items'] };

/** What a demo consent lets through of a mother with arrears: identity, contact, household_outline, concern. */
export const permittedItems: Member['items'] = {
  identity: { name: '見本　花子', kana: 'ミホン ハナコ', birthDate: '1940-01-05', sex: 'female' },
  contact: { address: '見本県見本市見本町一丁目１番１号', telephone: '0991234567' },
  household_outline: { size: 2 },
  concern: { boxes: ['income_work', 'spending_debt'], mostPressing: ['spending_debt'] },
};

export function aReferral({ items = permittedItems, others = [], ...changes }: Changes = {}): DisclosedReferral {
  const subject: Member = { ref: 'subject', role: 'subject', identifiers: [], items };
  return {
    deliveryId,
    referralId,
    journeyId: '019a9f00-0000-7000-8000-0000000000b1',
    kind: 'referral',
    purpose: 'consultation',
    from: { domain: 'kaigo', code: '9970100005', name: '見本市地域包括支援センター' },
    fromWorker: '見本　四郎',
    to: { domain: 'konkyu', code: 'konkyu-1', name: '見本市自立相談支援機関' },
    urgency: 'normal',
    howTheyMeet: 'contact_permitted',
    acceptBy: '2026-11-30',
    sentOn: '2026-11-20',
    subject,
    others,
    mask: disclosureMask(subject, others),
    authority: 'consent',
    conditions: [],
    ...changes,
  };
}
