// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Urgency } from '@tsunagi/plugin-sdk';

export { authorityNumbers as authorityCodes, domainDigits, kindNumbers as kindCodes } from '@tsunagi/plugin-sdk';

/** 緊急度: 1 通常 2 急 3 即日. */
export const urgencyCodes: Record<Urgency, string> = { normal: '1', urgent: '2', same_day: '3' };

/** 性別: 1 男性 2 女性 3 他. 不明 has no code and stays NULL. */
export const sexCodes: Record<'male' | 'female' | 'other' | 'unknown', string | null> = {
  male: '1',
  female: '2',
  other: '3',
  unknown: null,
};
