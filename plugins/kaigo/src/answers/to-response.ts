// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Mapping, ReferralResponse } from '@tsunagi/plugin-sdk';
import { toReferralResponse } from '@tsunagi/plugin-sdk/records';
import { toIdentifier } from '../layout/insured-number';
import type { DeskAnswer } from './read-answers';

/** A sound answer in the common schema. */
export function toResponse({ record, insurer }: DeskAnswer): Mapping<ReferralResponse> {
  const { insured } = record;
  const identifiers = insurer && insured ? [toIdentifier({ insurer, insured })] : [];
  return { ok: true, value: toReferralResponse(record, identifiers) };
}
