// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { uuidToBase32 } from '@tsunagi/plugin-sdk';
import { deliveryId, referralId } from './disclosed-referral';

/** An answer of the department to the referral of {@link deliveryId}. */
export const anAnswer = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  responseId: 'RS-20261121-0001',
  deliveryId: uuidToBase32(deliveryId),
  referralId: uuidToBase32(referralId),
  action: 'accept',
  at: '2026-11-21T09:15:00+09:00',
  personInCharge: '子育て　一',
  ...changes,
});
