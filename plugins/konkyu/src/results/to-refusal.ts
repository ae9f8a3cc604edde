// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type AnsweredRow, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { createHash } from 'node:crypto';
import type { ResultRow } from './result-row';
import { targets } from '../consultations/consultation-codes';
import { consultationColumns } from '../consultations/consultation-row';
import { japaneseMoment, japaneseTimestamp } from '../database/japanese-timestamp';

/** The hub took nothing of the row; its caseworkers read this in their own system, as there is no result file. */
const refusing: readonly string[] = ['rejected', 'conflict'];

/**
 * 90 of a row that waits or was refused: which it was, with code and column, never a value of it. Undefined when the row
 * went on, or does not say which consultation it is.
 */
export function toRefusal({ row, itemId, answer, fault }: AnsweredRow, now: Date): ResultRow | undefined {
  if (!refusing.includes(answer.outcome)) return undefined;
  const [sodanId, target] = [textOf(row['sodan_id']), textOf(row['tsunagi_bunya'])];
  if (sodanId === '' || [...sodanId].length > 20 || target.length > 1) return undefined;
  return {
    kekka_id: refusalId(itemId),
    sodan_id: sodanId,
    tsunagi_bunya: targets.find((known) => known === target) ?? null,
    hub_shokai_id: null,
    jotai_cd: '90',
    jotai_dt: japaneseMoment(now),
    uketsuke_kikan: null,
    tantosha: null,
    jikai_ymd: null,
    sashimodoshi_riyu: null,
    renraku_bun: reasonOf(fault ?? { code: answer.codes[0] ?? answer.outcome }),
    teisei_kbn: '1',
    sakusei_dt: japaneseTimestamp(now),
    sakusei_sha: 'HUB',
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** No delivery of the hub lies behind it, so it is named after the item: written once, however often the item goes. */
function refusalId(itemId: string): string {
  const hex = createHash('sha256').update(`konkyu-90/${itemId}`).digest('hex');
  return uuidToBase32(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-'),
  );
}

/** `E-ERA（11 seinen_ymd）`. */
function reasonOf({ code, field }: { code: string; field?: number | undefined }): string {
  return field === undefined ? code : `${code}（${field} ${consultationColumns[field - 1]}）`;
}
