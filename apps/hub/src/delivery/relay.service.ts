// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { deliveriesQueueOf, type CloudEvent } from '@tsunagi/contracts';
import type { Courier } from '@tsunagi/messaging';
import { DeliveryDesk } from './delivery-desk';
import { lockDeliveries, nextOfLane, personsOfDeliveries, setDeliveryState } from './delivery.rows';
import { Lane } from './lane';
import { defaultTimings, type HubConfig, type HubTimings } from '../hub.config';
import { lockPersons } from '../people';
import { Clock, COURIER, Database, HUB_CONFIG, Log, newId } from '../platform';
import { PluginRegistry } from '../plugins';

/** Claimed at once: one transaction, one pipelined publish. */
const batch = 200;
/** Out without a receipt per lane; more would only wait in the broker, where a withdrawal reaches them later. */
const maxOut = 500;

/**
 * Sends what is queued: claim (decide under lock, commit) → publish and confirm → mark; three short steps, never one
 * transaction. Whatever is cut off in between is found again and goes out once more; sinks are idempotent.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly me = newId();
  private readonly timings: HubTimings;
  private readonly lanes = new Map<string, { lane: Lane; renewedAt: number }>();
  private timer: NodeJS.Timeout | undefined;
  private passing: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  /** Lanes whose messages may have been lost with the broker. */
  private readonly republish = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly desk: DeliveryDesk,
    private readonly registry: PluginRegistry,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(COURIER) private readonly courier: Courier,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
  ) {
    this.timings = { ...defaultTimings, ...config.timings };
  }

  onApplicationBootstrap(): void {
    this.courier.onReconnected(() => {
      for (const plugin of this.lanes.keys()) this.republish.add(plugin);
      this.wake();
    });
    this.timer = setInterval(() => this.wake(), this.timings.poll);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.passing;
    for (const { lane } of this.lanes.values()) await lane.release(this.database).catch(() => undefined);
  }

  /** Something may be ready to go. Never throws, never waits. */
  wake(): void {
    if (this.stopped) return;
    if (this.passing) {
      this.again = true;
      return;
    }
    this.passing = this.pass()
      .catch((error: unknown) => this.log.failure('relay', error))
      .finally(() => {
        this.passing = undefined;
        if (this.again) {
          this.again = false;
          setImmediate(() => this.wake());
        }
      });
  }

  private async pass(): Promise<void> {
    const open = await this.registry.openLanes();
    await Promise.all(open.map((plugin) => this.drainLane(plugin)));
  }

  private async drainLane(plugin: string): Promise<void> {
    const lane = await this.hold(plugin);
    if (!lane || !this.courier.connected) return;
    await this.findAgain(plugin);
    while (!this.stopped && (await this.sendBatch(lane)));
  }

  private async hold(plugin: string): Promise<Lane | undefined> {
    const held = this.lanes.get(plugin);
    const now = Date.now();
    if (held) {
      if (now - held.renewedAt < this.timings.renew) return held.lane;
      if (await held.lane.renew(this.database, this.timings.lease)) {
        held.renewedAt = now;
        return held.lane;
      }
      this.lanes.delete(plugin);
    }
    const lane = await Lane.acquire(this.database, plugin, this.me, this.timings.lease);
    if (lane) this.lanes.set(plugin, { lane, renewedAt: now });
    return lane;
  }

  /** Messages that may have been lost with the broker, or whose receipt never came, go out again. */
  private async findAgain(plugin: string): Promise<void> {
    const lostBefore = new Date(this.clock.now().getTime() - this.timings.receipt);
    const everything = this.republish.delete(plugin);
    await this.database.query(
      `update delivery set state = 'queued', attempts = attempts + 1
       where (state = 'sent' and ($3 or sent_at < $2) and plugin = $1) or (state = 'claimed' and claimed_at < $2 and plugin = $1)`,
      [plugin, lostBefore, everything],
    );
  }

  /** @returns whether there may be more. */
  private async sendBatch(lane: Lane): Promise<boolean> {
    const events = await this.claim(lane);
    if (events.size === 0) return false;
    const queue = deliveriesQueueOf(lane.plugin);
    const results = await this.courier.publishAll([...events.values()].map((event) => ({ queue, event })));
    const ids = [...events.keys()];
    this.config.failpoint?.('published');
    const published = ids.filter((_, n) => results[n]?.status === 'fulfilled');
    await this.database.query(
      `update delivery set state = 'sent', sent_at = $2 where id = any($1::uuid[]) and state = 'claimed'`,
      [published, this.clock.now()],
    );
    if (published.length < ids.length) {
      await this.database.query(
        `update delivery set state = 'queued', attempts = attempts + 1 where id = any($1::uuid[]) and state = 'claimed'`,
        [ids],
      );
      return false;
    }
    return true;
  }

  private claim(lane: Lane): Promise<Map<string, CloudEvent>> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const events = new Map<string, CloudEvent>();
      if (!(await lane.isOurs(tx))) return events;
      const [out] = await tx.query<{ n: number }>(
        `select count(*)::int as n from delivery where plugin = $1 and state in ('claimed', 'sent')`,
        [lane.plugin],
      );
      const next = (await nextOfLane(tx, lane.plugin, now, Math.min(batch, maxOut - (out?.n ?? 0)))).map((d) => d.id);
      if (next.length === 0) return events;
      await lockPersons(tx, await personsOfDeliveries(tx, next));
      const deliveries = (await lockDeliveries(tx, next)).filter((d) => d.state === 'queued');
      const claims = await this.desk.claim(tx, deliveries, now);

      const leaving: { id: string; decision: string | null }[] = [];
      for (const [id, claim] of claims) {
        if (claim.leaves) {
          events.set(id, claim.event);
          leaving.push({ id, decision: claim.decision ?? null });
        } else await setDeliveryState(tx, [id], claim.state, claim.code);
      }
      await tx.query(
        `update delivery d set state = 'claimed', claimed_at = $3, decision = coalesce(c.decision, d.decision)
         from unnest($1::uuid[], $2::uuid[]) as c(id, decision) where d.id = c.id`,
        [leaving.map((c) => c.id), leaving.map((c) => c.decision), now],
      );
      return events;
    });
  }
}
