// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuthorityCode, ReferralKind, Urgency } from '@tsunagi/plugin-sdk';

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

/** 根拠コード. */
export const authorityCodes: Record<AuthorityCode, string> = { consent: '01', within_purpose: '02' };

/** 緊急度: 1 通常 2 急 3 即日. */
export const urgencyCodes: Record<Urgency, string> = { normal: '1', urgent: '2', same_day: '3' };
