// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Mapping, ReferralResponse } from '@tsunagi/plugin-sdk';
import { toReferralResponse } from '@tsunagi/plugin-sdk/records';
import { toIdentifier } from '../layout/recipient-number';
import type { AnswerRecord } from './answer-layout';

/** A sound answer in the common schema. */
export function toResponse(record: AnswerRecord): Mapping<ReferralResponse> {
  const { municipality, recipient } = record;
  const identifiers = recipient === undefined ? [] : [toIdentifier({ municipality, recipient })];
  return { ok: true, value: toReferralResponse(record, identifiers) };
}
