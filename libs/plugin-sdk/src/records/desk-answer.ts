// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralResponse } from '@tsunagi/contracts';
import type { MemberIdentifier, OutcomeCode, ResponseCode, ReturnReason } from '@tsunagi/domain';
import { base32ToUuid } from '@tsunagi/text';
import { toDay } from './to-day';

/** What every layout of answers has, judged sound. */
export interface DeskAnswerRecord {
  readonly referralId?: string | undefined;
  readonly deliveryId: string;
  readonly action: ResponseCode;
  /** `YYYYMMDD` and `HHMMSS` in Japan's time, as files speak. */
  readonly actedOn: string;
  readonly actedAt: string;
  readonly worker?: string | undefined;
  readonly reason?: ReturnReason | undefined;
  readonly outcome?: OutcomeCode | undefined;
  readonly nextContactOn?: string | undefined;
  readonly message?: string | undefined;
}

/** What an answer cannot do without besides: a report its 結果コード, a return its 理由コード. */
export function neededFor(action: string | undefined): 'outcome' | 'reason' | undefined {
  if (action === '40') return 'outcome';
  return action === '50' ? 'reason' : undefined;
}

/** An answer in the common schema; 対応区分 60 is the acknowledgement of a recall. */
export function toReferralResponse(
  record: DeskAnswerRecord,
  identifiers: readonly MemberIdentifier[],
): ReferralResponse {
  const { referralId, worker, reason, outcome, nextContactOn, message } = record;
  return {
    deliveryId: base32ToUuid(record.deliveryId),
    ...(referralId && { referralId: base32ToUuid(referralId) }),
    code: record.action,
    at: momentOf(record),
    ...(worker && { worker }),
    ...(identifiers.length > 0 && { identifiers: [...identifiers] }),
    ...(reason && { reason }),
    ...(outcome && { outcome }),
    ...(nextContactOn && { nextContactOn: toDay(nextContactOn) }),
    ...(message && { note: message }),
  };
}

function momentOf({ actedOn, actedAt }: Pick<DeskAnswerRecord, 'actedOn' | 'actedAt'>): string {
  return `${toDay(actedOn)}T${actedAt.slice(0, 2)}:${actedAt.slice(2, 4)}:${actedAt.slice(4, 6)}+09:00`;
}
