// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** Views of the queue that everybody has. What each shows is said once, in the hub. */
export const QueueView = z.enum([
  'overdue',
  'awaiting_authority',
  'returned',
  'ping_pong',
  'unassigned',
  'without_lead',
]);
export type QueueView = z.infer<typeof QueueView>;

export const queueViewNames: Readonly<Record<QueueView, string>> = {
  overdue: '期限超過',
  awaiting_authority: '根拠待ち',
  returned: '差戻し',
  ping_pong: 'たらい回し',
  unassigned: '未割当',
  without_lead: '主担当なし',
};
