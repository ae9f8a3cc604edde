// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { domainDigits, type Addressee } from '@tsunagi/contracts';
import type { Domain, HowTheyMeet } from '@tsunagi/domain';

/** つなぎ先分野. The department's own digit is no referral, and no digit of the others is without an addressee. */
export function addresseeOf(digit: TargetDigit, own: Domain): Addressee | undefined {
  return digit === domainDigits[own] ? undefined : addressees[digit];
}

export type TargetDigit = keyof typeof addressees;

const addressees = {
  '1': { domain: 'kaigo' },
  '2': { domain: 'shogai' },
  '3': { domain: 'kosodate' },
  '4': { domain: 'konkyu' },
  '5': { domain: 'other' },
  '6': 'unknown',
} as const satisfies Record<string, Addressee>;

/** 異動区分. */
export const changes = { '1': 'new', '2': 'changed', '3': 'ended' } as const;

/** 会い方. Without it the hub takes 送り手を通す. */
export const meetings = {
  '1': 'contact_permitted',
  '2': 'accompanied',
  '3': 'person_visits',
  '4': 'through_sender',
} as const satisfies Record<string, HowTheyMeet>;
