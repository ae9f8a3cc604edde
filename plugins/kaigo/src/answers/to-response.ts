// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { base32ToUuid, type Mapping, type ReferralResponse } from '@tsunagi/plugin-sdk';
import { toIdentifier } from '../layout/insured-number';
import { toDay } from '../layout/to-day';
import type { AnswerRecord } from './answer-layout';
import type { DeskAnswer } from './read-answers';

/** A sound answer in the common schema; 対応区分 60 is the acknowledgement of a recall. */
export function toResponse({ record, insurer }: DeskAnswer): Mapping<ReferralResponse> {
  const { referralId, worker, insured, reason, outcome, nextContactOn, message } = record;
  return {
    ok: true,
    value: {
      deliveryId: base32ToUuid(record.deliveryId),
      ...(referralId && { referralId: base32ToUuid(referralId) }),
      code: record.action,
      at: momentOf(record),
      ...(worker && { worker }),
      ...(insurer && insured && { identifiers: [toIdentifier({ insurer, insured })] }),
      ...(reason && { reason }),
      ...(outcome && { outcome }),
      ...(nextContactOn && { nextContactOn: toDay(nextContactOn) }),
      ...(message && { note: message }),
    },
  };
}

/** Files speak in Japan's time. */
function momentOf({ actedOn, actedAt }: Pick<AnswerRecord, 'actedOn' | 'actedAt'>): string {
  return `${toDay(actedOn)}T${actedAt.slice(0, 2)}:${actedAt.slice(2, 4)}:${actedAt.slice(4, 6)}+09:00`;
}
