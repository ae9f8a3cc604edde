// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { base32ToUuid, type Mapping, type ReferralResponse } from '@tsunagi/plugin-sdk';
import { actions, type DeskAnswer } from './response-body';

/** An answer in the common schema; `ackCancel` is the acknowledgement of a recall. 版 is not used: the state table judges. */
export function toResponse(answer: DeskAnswer): Mapping<ReferralResponse> {
  const { deliveryId, referralId, action, at, personInCharge, reasonCode, outcomeCode, nextContactOn, message } =
    answer;
  return {
    ok: true,
    value: {
      deliveryId: base32ToUuid(deliveryId),
      ...(referralId && { referralId: base32ToUuid(referralId) }),
      code: actions[action],
      at,
      ...(personInCharge && { worker: personInCharge }),
      ...(reasonCode && { reason: reasonCode }),
      ...(outcomeCode && { outcome: outcomeCode }),
      ...(nextContactOn && { nextContactOn }),
      ...(message && { note: message }),
    },
  };
}
