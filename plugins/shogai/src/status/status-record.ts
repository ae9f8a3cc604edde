// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralStatus } from '@tsunagi/plugin-sdk';
import {
  EchoMissingError,
  fits,
  type FlawedField,
  inLayout,
  type Replacements,
  statusFields,
} from '@tsunagi/plugin-sdk/records';
import { readEcho } from '../intake/record-key';
import { day, half, nine, recordHead, wide, widthsOf } from '../layout/fixed-record-field';

/** `SHOnnnnn.DAT`: a record of 300 bytes; what follows the last field is 予備. */
export const statusLayout = [
  ...recordHead,
  { key: 'municipality', name: '市町村番号', ...nine(6) },
  { key: 'recipient', name: '受給者証番号', ...half(10) },
  { key: 'resident', name: '宛名番号', ...half(15) },
  { key: 'externalNumber', name: '外部管理番号', ...half(20) },
  { key: 'referralId', name: 'ハブ紹介ID', ...half(26) },
  { key: 'code', name: '状態コード', ...nine(2) },
  { key: 'changedOn', name: '状態変更年月日', ...day },
  { key: 'changedAt', name: '状態変更時刻', ...nine(6) },
  { key: 'byDomain', name: '受付分野', ...nine(1) },
  { key: 'byOffice', name: '受付機関番号', ...half(10) },
  { key: 'byName', name: '受付機関名', ...wide(40) },
  { key: 'worker', name: '担当者名', ...wide(20) },
  { key: 'nextContactOn', name: '次回予定年月日', ...day },
  { key: 'returnReason', name: '差戻理由', ...nine(3) },
  { key: 'message', name: '連絡文', ...wide(100) },
] as const;
const widthOf = widthsOf(statusLayout);

export interface StatusRecord {
  /** In the order of {@link statusLayout}. */
  readonly values: readonly string[];
  /** Fields that do not hold all of their text. */
  readonly flaws: readonly FlawedField[];
}

/** What became of the system's own record. */
export function statusRecord(status: ReferralStatus, replacements?: Replacements): StatusRecord {
  const key = readEcho(status.echo);
  if (!key) throw new EchoMissingError();
  const { municipality, recipient, resident, externalNumber } = key;
  return inLayout(statusLayout, {
    ...statusFields(status, widthOf, replacements),
    municipality: fits(municipality),
    recipient: fits(recipient),
    resident: fits(resident),
    externalNumber: fits(externalNumber),
  });
}
