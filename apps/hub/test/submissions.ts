// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { ReferralSubmission } from '@tsunagi/contracts';
import { japaneseDay, type MemberItems } from '@tsunagi/domain';

let count = 0;

/** A submission like one of a 介護 row: the mother of S1, with everything such a row can carry. */
export function aSubmission(
  over: Partial<Omit<ReferralSubmission, 'source'>> & {
    key?: string;
    insured?: string;
    change?: 'new' | 'changed' | 'ended';
    items?: MemberItems;
    occurredAt?: string;
  } = {},
): ReferralSubmission {
  const {
    key = `00990010/KAI-${String(++count).padStart(4, '0')}`,
    insured = String(++count).padStart(10, '0'),
    change = 'new',
    items,
    occurredAt,
    ...rest
  } = over;
  const today = japaneseDay(new Date());
  // A text of our days, also where the clock has been put forward.
  const writtenOn = occurredAt !== undefined && occurredAt > today ? occurredAt.slice(0, 10) : today;
  const submission = {
    kind: 'referral' as const,
    to: { domain: 'konkyu' as const },
    urgency: 'normal' as const,
    purpose: 'consultation' as const,
    subject: {
      ref: 'subject',
      role: 'subject' as const,
      identifiers: [{ system: 'kaigo', value: `00990010-${insured}` }],
      items: items ?? {
        identity: { name: '見本　花子', kana: 'ミホン ハナコ', birthDate: '1940-01-05', sex: 'female' as const },
        contact: { address: '見本県見本市見本町一丁目１番１号', telephone: '0991234567' },
        household_outline: { size: 2 },
        concern: { boxes: ['income_work' as const, 'spending_debt' as const] },
        care_level: { level: '22' },
        service_use: { planKind: '1' },
        narrative: { fact: '家賃滞納あり。', writtenOn },
      },
    },
    others: [],
    asserted: { code: '1' as const, formVersion: 'K-2026-1', on: today },
    ...rest,
  };
  return {
    source: {
      channel: 'plugin',
      plugin: 'kaigo',
      system: 'kaigo',
      key,
      change,
      occurredAt: occurredAt ?? `${today}T00:00:00+09:00`,
      contentHash: createHash('sha256').update(JSON.stringify(submission)).digest('hex'),
      echo: `["00990010","${insured}","${key}"]`,
    },
    ...submission,
  };
}
