// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { DeliveryReceipt } from '@tsunagi/contracts';
import { DeliveryDesk } from './delivery-desk';
import { lockDeliveries, personsOfDeliveries, setDeliveryState, type Delivery } from './delivery.rows';
import { lockPersons } from '../people';
import { Clock, Database, type Tx } from '../platform';

/** What was not written is tried again after 1, 2, 4 … seconds, at most an hour; after so many attempts somebody must look. */
const maxAttempts = 10;
const backOffMs = (attempts: number) => Math.min(3_600_000, 1000 * 2 ** Math.min(attempts, 12));

/** The go-ahead before writing, and the receipts after it. */
@Injectable()
export class Receipts {
  constructor(
    private readonly database: Database,
    private readonly desk: DeliveryDesk,
    private readonly clock: Clock,
  ) {}

  /** Which of these deliveries the plugin's host may write now. From here on a `go` counts as disclosed. */
  goAhead(plugin: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const deliveries = (await this.lock(tx, plugin, ids)).filter((d) => d.state === 'claimed' || d.state === 'sent');
      const go = await this.desk.goAhead(tx, deliveries, now);
      await tx.query('update delivery set go_at = coalesce(go_at, $2) where id = any($1::uuid[])', [[...go], now]);
      const overtaken = deliveries.filter((d) => !go.has(d.id)).map((d) => d.id);
      // What is no longer right as it was claimed is decided and built anew, under the same id.
      await setDeliveryState(tx, overtaken, 'queued');
      return go;
    });
  }

  /** Takes receipts; one for a delivery that is not out any more is a repeat and changes nothing. */
  take(plugin: string, receipts: readonly DeliveryReceipt[]): Promise<void> {
    const now = this.clock.now();
    const byId = new Map(receipts.map((r) => [r.deliveryId, r]));
    return this.database.transaction(async (tx) => {
      const out = (await this.lock(tx, plugin, [...byId.keys()])).filter(
        (d) => d.state === 'claimed' || d.state === 'sent',
      );
      const taken = out.flatMap((delivery) => {
        const receipt = byId.get(delivery.id);
        return receipt ? [{ delivery, receipt }] : [];
      });
      await this.settle(tx, taken, now);
      await this.desk.received(tx, taken, now);
    });
  }

  private async settle(
    tx: Tx,
    taken: readonly { delivery: Delivery; receipt: DeliveryReceipt }[],
    now: Date,
  ): Promise<void> {
    const rows = taken.map(({ delivery, receipt }) => {
      // `recalled` for one that is out: the host was told no, or thought it too late. The next claim decides for good.
      const notWritten = receipt.outcome === 'recalled' || (receipt.outcome === 'failed' && receipt.retryable === true);
      const again = notWritten && delivery.attempts + 1 < maxAttempts;
      return {
        id: delivery.id,
        state: receipt.outcome === 'delivered' ? 'delivered' : again ? 'queued' : 'parked',
        error:
          receipt.outcome === 'failed'
            ? (receipt.code ?? 'FAILED')
            : receipt.outcome === 'recalled' && !again
              ? 'NOT_WRITTEN'
              : null,
        attempts: delivery.attempts + (receipt.outcome === 'delivered' ? 0 : 1),
        not_before: new Date(now.getTime() + (again ? backOffMs(delivery.attempts) : 0)).toISOString(),
        receipted_at: again ? null : now.toISOString(),
        not_carried: receipt.notCarried ?? null,
      };
    });
    await tx.query(
      `update delivery d set state = r.state, error = r.error, attempts = r.attempts, not_before = r.not_before, receipted_at = r.receipted_at, not_carried = r.not_carried
       from jsonb_populate_recordset(null::delivery, $1::jsonb) r where d.id = r.id`,
      [JSON.stringify(rows)],
    );
  }

  private async lock(tx: Tx, plugin: string, ids: readonly string[]): Promise<Delivery[]> {
    await lockPersons(tx, await personsOfDeliveries(tx, ids));
    return (await lockDeliveries(tx, ids)).filter((d) => d.plugin === plugin);
  }
}
