// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { DeliveryReceipt } from '@tsunagi/contracts';
import { DeliveryDesk, type TakenReceipt } from './delivery-desk';
import { lockInOrder, type Delivery } from './delivery.rows';
import { isLastTry, isOut, oneMoreTry, settleDeliveries } from './tries';
import { Clock, Database, type Row } from '../platform';

/** The go-ahead before writing, and the receipts after it. */
@Injectable()
export class Receipts {
  constructor(
    private readonly database: Database,
    private readonly desk: DeliveryDesk,
    private readonly clock: Clock,
  ) {}

  /**
   * Which of these deliveries the plugin's host may write now: only the message of the last claim, and only while the
   * decision it was built on still holds. From here on a `go` counts as disclosed.
   */
  goAhead(plugin: string, asked: readonly { deliveryId: string; claim: string }[]): Promise<ReadonlySet<string>> {
    const now = this.clock.now();
    const claims = new Map(asked.map((a) => [a.deliveryId, a.claim]));
    return this.database.transaction(async (tx) => {
      const ids = [...claims.keys()];
      const locked = lockInOrder(tx, ids).then((all) =>
        all.filter((d) => d.plugin === plugin && isOut(d) && d.claim === claims.get(d.id)),
      );
      const go = await this.desk.goAhead(tx, { ids, locked }, now);
      const current = await locked;
      tx.change('delivery', 'update delivery set go_at = coalesce(go_at, $2) where id = any($1::uuid[])', [
        [...go],
        now,
      ]);
      // What is no longer right as it was claimed is decided and built anew, under the same id.
      const overtaken = current.filter((d) => !go.has(d.id));
      settleDeliveries(
        tx,
        overtaken.map((d) => oneMoreTry(d, 'OVERTAKEN', now, now)),
      );
      await this.desk.stuck(tx, overtaken.filter(isLastTry), now);
      return go;
    });
  }

  /**
   * Takes receipts. `delivered` counts whichever message brought it; what else a host says of an older message than the
   * last one says nothing about that one. A repeat changes nothing.
   */
  take(plugin: string, receipts: readonly DeliveryReceipt[]): Promise<void> {
    const now = this.clock.now();
    const byId = new Map(receipts.map((r) => [r.deliveryId, r]));
    return this.database.transaction(async (tx) => {
      const ids = [...byId.keys()];
      const locked = lockInOrder(tx, ids).then((all) =>
        all.flatMap((delivery): TakenReceipt[] => {
          const receipt = delivery.plugin === plugin ? byId.get(delivery.id) : undefined;
          return receipt && speaksOf(receipt, delivery) ? [{ delivery, receipt }] : [];
        }),
      );
      await this.desk.received(tx, { ids, locked }, now);
      const taken = await locked;
      settleDeliveries(
        tx,
        taken.map((t) => this.outcomeOf(t, now)),
      );
      const failed = taken.filter(
        ({ delivery, receipt }) => receipt.outcome !== 'delivered' && isFinal(delivery, receipt),
      );
      await this.desk.stuck(
        tx,
        failed.map((f) => f.delivery),
        now,
      );
    });
  }

  private outcomeOf({ delivery, receipt }: TakenReceipt, now: Date): Row {
    const { id, attempts } = delivery;
    const notCarried = receipt.notCarried ?? null;
    if (receipt.outcome === 'delivered') {
      // What is being taken back stays recalled; that it was written after all stands in the ledger.
      const state = delivery.state === 'recalled' ? 'recalled' : 'delivered';
      return settled({ id, attempts, state, error: null, at: now, notCarried });
    }
    // `recalled` for the last message: the host was told no, or thought it too late. The next claim decides for good.
    const error = receipt.outcome === 'failed' ? (receipt.code ?? 'FAILED') : 'NOT_WRITTEN';
    return isFinal(delivery, receipt)
      ? settled({ id, attempts: attempts + 1, state: 'parked', error, at: now, notCarried })
      : oneMoreTry(delivery, error, now);
  }
}

const isWritten = ({ state }: Delivery) => state === 'delivered' || state === 'read';
const isFinal = (delivery: Delivery, receipt: DeliveryReceipt) =>
  isLastTry(delivery) || (receipt.outcome === 'failed' && receipt.retryable !== true);

function speaksOf(receipt: DeliveryReceipt, delivery: Delivery): boolean {
  if (isOut(delivery) && receipt.claim === delivery.claim) return true;
  // Written by an earlier message that had its go-ahead, whatever was thought of it since.
  return receipt.outcome === 'delivered' && delivery.go_at !== null && !isWritten(delivery);
}

function settled(s: {
  id: string;
  attempts: number;
  state: 'delivered' | 'parked' | 'recalled';
  error: string | null;
  at: Date;
  notCarried: readonly string[] | null;
}): Row {
  return {
    id: s.id,
    state: s.state,
    error: s.error,
    attempts: s.attempts,
    not_before: s.at.toISOString(),
    receipted_at: s.at.toISOString(),
    not_carried: s.notCarried,
  };
}
