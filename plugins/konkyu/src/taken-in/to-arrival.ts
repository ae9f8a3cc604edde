// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id, type Mapping, type ReferralResponse } from '@tsunagi/plugin-sdk';

/** A delivery that the office has taken in, by `torikomi_flg` 1. */
export interface TakenIn {
  readonly takenIn: string;
  readonly at: string;
}

/** The office's system has it: 対応区分 10, which sets the delivery to read and says nothing else. */
export function toArrival({ takenIn, at }: TakenIn): Mapping<ReferralResponse> {
  const deliveryId = id.safeParse(takenIn);
  return deliveryId.success
    ? { ok: true, value: { deliveryId: deliveryId.data, code: '10', at } }
    : { ok: false, code: 'E-ID' };
}
