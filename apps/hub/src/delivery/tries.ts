// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Delivery } from './delivery.rows';
import type { Row, Tx } from '../platform';

/** What was not written is tried again after 1, 2, 4 … seconds, then every hour. */
const longestPauseMs = 3_600_000;
/** About a day in all: a legacy system may be away for its nightly work, or for a morning. Then somebody must look. */
export const maxAttempts = 36;

/** How long to wait after so many attempts before this one. */
export const backOffMs = (attempts: number): number => Math.min(longestPauseMs, 1000 * 2 ** Math.min(attempts, 12));

/** A message of it is under way. */
export const isOut = ({ state }: Pick<Delivery, 'state'>): boolean => state === 'claimed' || state === 'sent';
export const isLastTry = ({ attempts }: Pick<Delivery, 'attempts'>): boolean => attempts + 1 >= maxAttempts;

/** It is queued again after a pause that grows, or given up after the last time: no receipt has settled it. */
export function oneMoreTry(
  delivery: Pick<Delivery, 'id' | 'attempts'>,
  error: string,
  now: Date,
  notBefore = new Date(now.getTime() + backOffMs(delivery.attempts)),
): Row {
  const isOver = isLastTry(delivery);
  return {
    id: delivery.id,
    state: isOver ? 'parked' : 'queued',
    error,
    attempts: delivery.attempts + 1,
    not_before: (isOver ? now : notBefore).toISOString(),
    receipted_at: null,
    not_carried: null,
  };
}

/** Writes what has become of deliveries. */
export function settleDeliveries(tx: Tx, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  tx.change(
    'delivery',
    `update delivery d set state = r.state, error = r.error, attempts = r.attempts, not_before = r.not_before, receipted_at = r.receipted_at, not_carried = r.not_carried
     from jsonb_populate_recordset(null::delivery, $1::jsonb) r where d.id = r.id`,
    [JSON.stringify(rows)],
  );
}
