// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type DataCategory,
  type DisclosedReferral,
  formatYmd,
  type ReferralRecalled,
  uuidToBase32,
} from '@tsunagi/plugin-sdk';
import { japaneseTimestamp } from '../database/japanese-timestamp';
import { shortened } from '../database/fitting';
import { personColumns } from './person-columns';
import { authorityCodes, domainDigits, kindCodes, urgencyCodes } from './reception-codes';
import { HubOnlyError } from './reception.errors';
import { blankReception, type ReceptionRow } from './reception-row';

export interface Reception {
  readonly row: ReceptionRow;
  readonly notCarried: DataCategory[];
}

/**
 * A referral as the row that the case system takes it in from: 取消区分 1, or 2 when it corrects or adds to one that came
 * before. A 訂正 is whole, under a 配送ID of its own; ハブ紹介ID joins the two.
 */
export function toReception(referral: DisclosedReferral, now: Date, torikeshi_kbn: '1' | '2' = '1'): Reception {
  if (referral.kind === 'notification') throw new HubOnlyError();
  const { columns, notCarried } = personColumns(referral);
  const row: ReceptionRow = {
    ...blankReception,
    haiso_id: uuidToBase32(referral.deliveryId),
    hub_shokai_id: uuidToBase32(referral.referralId),
    torikeshi_kbn,
    shurui_cd: kindCodes[referral.kind],
    soshin_bunya: domainDigits[referral.from.domain],
    soshin_kikan: shortened(referral.from.name, 80),
    soshin_tanto: shortened(referral.fromWorker, 40),
    konkyo_cd: authorityCodes[referral.authority],
    ...columns,
    kinkyu: urgencyCodes[referral.urgency],
    kigen_ymd: formatYmd(referral.acceptBy),
    teikyo_mask: referral.mask,
    sakusei_dt: japaneseTimestamp(now),
  };
  return { row, notCarried };
}

/** 取消区分 3: only which delivery is cancelled, and nothing of the person. */
export function toCancellation(recall: ReferralRecalled, now: Date): ReceptionRow {
  return {
    ...blankReception,
    haiso_id: uuidToBase32(recall.cancels),
    hub_shokai_id: uuidToBase32(recall.referralId),
    torikeshi_kbn: '3',
    sakusei_dt: japaneseTimestamp(now),
  };
}
