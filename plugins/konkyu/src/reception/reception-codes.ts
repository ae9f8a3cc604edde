// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuthorityCode, Domain, ReferralKind, Urgency } from '@tsunagi/plugin-sdk';

/** 種類コード. A notification has none: it is delivered in the hub only, and no department's system ever gets it. */
export const kindCodes: Record<Exclude<ReferralKind, 'notification'>, string> = {
  referral: '01',
  support_request: '02',
  handback: '04',
  inquiry: '06',
  prefecture: '07',
  protection: '08',
  advice: '09',
};

/** 分野, one digit. Fields of welfare without a digit of their own are 5 その他; 送付元機関名 says which. */
export const domainDigits: Record<Domain, string> = {
  kaigo: '1',
  shogai: '2',
  kosodate: '3',
  konkyu: '4',
  takikan: '6',
  chiiki: '5',
  hogo: '5',
  other: '5',
};

/** 根拠コード. */
export const authorityCodes: Record<AuthorityCode, string> = { consent: '01', within_purpose: '02' };

/** 緊急度: 1 通常 2 急 3 即日. */
export const urgencyCodes: Record<Urgency, string> = { normal: '1', urgent: '2', same_day: '3' };

/** 性別: 1 男性 2 女性 3 他. 不明 has no code and stays NULL. */
export const sexCodes: Record<'male' | 'female' | 'other' | 'unknown', string | null> = {
  male: '1',
  female: '2',
  other: '3',
  unknown: null,
};
