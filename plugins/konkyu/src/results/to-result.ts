// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { formatYmd, type ReferralStatus, uuidToBase32 } from '@tsunagi/plugin-sdk';
import type { ResultRow } from './result-row';
import { EchoMissingError } from './results.errors';
import { readEcho } from '../consultations/consultation-key';
import { japaneseMoment, japaneseTimestamp } from '../database/japanese-timestamp';
import { cutText, shortened } from '../database/fitting';

/**
 * What became of the office's own request. The hub has applied the feedback scope already: what it left out stays NULL.
 * @throws EchoMissingError
 */
export function toResult(status: ReferralStatus, now: Date): ResultRow {
  const key = readEcho(status.echo);
  if (key === undefined) throw new EchoMissingError();
  return {
    kekka_id: uuidToBase32(status.deliveryId),
    sodan_id: key.sodanId,
    tsunagi_bunya: key.target,
    hub_shokai_id: uuidToBase32(status.referralId),
    jotai_cd: status.code,
    jotai_dt: japaneseMoment(new Date(status.at)),
    uketsuke_kikan: shortened(status.by?.name, 80),
    tantosha: shortened(status.worker, 40),
    jikai_ymd: status.nextContactOn === undefined ? null : formatYmd(status.nextContactOn),
    sashimodoshi_riyu: status.returnReason ?? null,
    renraku_bun: status.note === undefined ? null : cutText(status.note, 400),
    teisei_kbn: '1',
    sakusei_dt: japaneseTimestamp(now),
    sakusei_sha: 'HUB',
  };
}
