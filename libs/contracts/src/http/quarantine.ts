// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, id, ItemOutcome, line, moment } from '@tsunagi/domain';
import { z } from 'zod';
import { itemSource } from '../items';
import { pluginIdParams } from './plugins';

const file = z.hex().length(64).describe('ファイルの SHA-256');

/** A row that waits where it came from: where and why, never a value. */
export const waitingRow = z.strictObject({
  id: id.describe('保留の番号'),
  source: itemSource.optional(),
  file: file.optional(),
  row: z.int().min(0).describe('行番号。ビューなら連番。0=ファイル全体'),
  field: z.int().min(1).max(99).describe('項目番号').optional(),
  code: code(40),
  says: line(300).describe('理由の一文'),
  remedy: line(300).describe('直し方').optional(),
  release: z
    .strictObject({ override: line(300).describe('読み直すとき、誤りをどう扱うか').optional() })
    .describe('人の判断で読み直せるとき。なければ、業務システムで直すほかない')
    .optional(),
  since: moment,
  releases: z.int().describe('読み直した回数'),
});
export type WaitingRow = z.infer<typeof waitingRow>;

/** What became of the rows of a file: read = everything else together (LEGACY-FORMATS §8.6). */
export const fileCounts = z.strictObject({
  read: z.int(),
  accepted: z.int(),
  held: z.int(),
  denied: z.int(),
  duplicate: z.int(),
  no_referral: z.int(),
  unrouted: z.int(),
  draft: z.int(),
  quarantined: z.int().describe('まだ保留のもの'),
  closed: z.int().describe('保留のまま、取り込まないと決めたもの'),
});
export type FileCounts = z.infer<typeof fileCounts>;

/** GET /plugins/{id}/quarantine */
export const waitingQuery = z.strictObject({
  file: file.describe('このファイルのものだけ。件数の突合(counts)も返す').optional(),
  code: code(40).describe('この理由のものだけ').optional(),
  cursor: id.describe('前の答えの next').optional(),
});
export type WaitingQuery = z.infer<typeof waitingQuery>;
export const waitingPage = z.strictObject({
  items: z.array(waitingRow).describe('保留の行。古い順。'),
  next: id.describe('続きがあるときの cursor').optional(),
  waiting: z.int().describe('保留の数(10,000 まで)'),
  counts: fileCounts.optional(),
});
export type WaitingPage = z.infer<typeof waitingPage>;

export const waitingRowParams = z.strictObject({ ...pluginIdParams.shape, row: id.describe('保留の番号') });

/** What became of a row that a person has decided on: taken, or why it still waits, or closed. */
export const releasedRow = z.strictObject({
  id,
  state: z.enum(['released', 'waiting', 'closed']),
  outcome: ItemOutcome.optional(),
  code: code(40).describe('まだ保留のときの理由').optional(),
  says: line(300),
  remedy: line(300).optional(),
});
export type ReleasedRow = z.infer<typeof releasedRow>;

/** This record will not come right, and nobody waits for it. */
export const closeRow = z.strictObject({
  reason: line(200).describe('取り込まない理由。記録に残ります。氏名などは書かないでください。'),
});
export type CloseRow = z.infer<typeof closeRow>;
