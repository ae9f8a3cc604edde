// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { deliveriesQueueOf, type CloudEvent } from '@tsunagi/contracts';
import type { Courier } from '@tsunagi/messaging';
import { DeliveryDesk } from './delivery-desk';
import {
  claimDeliveries,
  type NewTry,
  lockDeliveries,
  lockInOrder,
  nextOfLane,
  setDeliveryState,
  voidApprovals,
} from './delivery.rows';
import { Lane } from './lane';
import { isLastTry, isOut, oneMoreTry, settleDeliveries } from './tries';
import { defaultTimings, type HubConfig, type HubTimings } from '../hub.config';
import { Clock, COURIER, Database, HUB_CONFIG, Log, newId } from '../platform';
import { PluginRegistry } from '../plugins';

/** Claimed at once: one transaction, one pipelined publish. */
const batch = 200;
/** Out without a receipt per lane; more would only wait in the broker, where a withdrawal reaches them later. */
export const maxOut = 500;
/** Between two passes: what becomes ready meanwhile goes together, and nobody waits for a message by the millisecond. */
const gatherMs = 40;
/** What the broker did not take is offered again after so long. */
const unpublishedPauseMs = 1_000;

/** A message that was claimed and committed, and has to be published now. */
export interface Departure {
  readonly plugin: string;
  readonly delivery: string;
  readonly claim: string;
  readonly event: CloudEvent;
}

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
  private gathering: NodeJS.Timeout | undefined;
  private again = false;
  private stopped = false;
  /** Lanes of plugins that are there to receive something, at the last look. */
  private open: readonly string[] = [];
  private departures: Departure[] = [];
  /** Somebody has queued something since the last look. */
  private isQueued = false;
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
    clearTimeout(this.gathering);
    for (const { lane } of this.lanes.values()) await lane.release(this.database).catch(() => undefined);
  }

  /** The lanes by which something may leave at once, as far as this process knows; the database knows better. */
  lanesAtHand(): Lane[] {
    if (this.stopped || !this.courier.connected) return [];
    return this.open.flatMap((plugin) => this.lanes.get(plugin)?.lane ?? []);
  }

  /** Publishes what was claimed elsewhere. What is lost before that is found like any other claim. Never throws. */
  handOver(departures: readonly Departure[]): void {
    if (departures.length === 0) return;
    this.departures.push(...departures);
    this.begin();
  }

  /** Something may be queued. Never throws, never waits. */
  wake(): void {
    this.isQueued = true;
    this.begin();
  }

  private begin(): void {
    if (this.stopped) return;
    if (this.passing || this.gathering) {
      this.again = true;
      return;
    }
    this.passing = this.pass()
      .catch((error: unknown) => this.log.failure('relay', error))
      .finally(() => {
        this.passing = undefined;
        this.gathering = setTimeout(() => this.goOn(), gatherMs);
      });
  }

  private goOn(): void {
    this.gathering = undefined;
    if (!this.again) return;
    this.again = false;
    this.begin();
  }

  private async pass(): Promise<void> {
    const departures = this.departures;
    this.departures = [];
    await this.publish(departures);
    if (!this.isQueued) return;
    this.isQueued = false;
    this.open = await this.registry.openLanes();
    await Promise.all(this.open.map((plugin) => this.drainLane(plugin)));
  }

  private async drainLane(plugin: string): Promise<void> {
    // Held anew before each batch: a long drain must not outlive its lease.
    let lane = await this.hold(plugin);
    if (!lane || !this.courier.connected) return;
    await this.findAgain(plugin);
    while (!this.stopped && lane && (await this.sendBatch(lane))) lane = await this.hold(plugin);
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

  /** Messages that may have been lost with the broker go out again, and those whose receipt never came. */
  private async findAgain(plugin: string): Promise<void> {
    const now = this.clock.now();
    const lostBefore = new Date(now.getTime() - this.timings.receipt);
    if (this.republish.delete(plugin))
      await this.database.query(`update delivery set state = 'queued' where plugin = $1 and state = 'sent'`, [plugin]);
    const lost = await this.database.query<{ id: string }>(
      `select id from delivery where plugin = $1 and ((state = 'sent' and sent_at < $2) or (state = 'claimed' and claimed_at < $2)) limit 1`,
      [plugin, lostBefore],
    );
    if (lost.length === 0) return;
    await this.database.transaction(async (tx) => {
      const ids = await tx.query<{ id: string }>(
        `select id from delivery where plugin = $1 and ((state = 'sent' and sent_at < $2) or (state = 'claimed' and claimed_at < $2))`,
        [plugin, lostBefore],
      );
      const deliveries = await lockDeliveries(
        tx,
        ids.map((d) => d.id),
      );
      // Its receipt may have come in the meantime.
      const waiting = deliveries.filter(isOut);
      settleDeliveries(
        tx,
        waiting.map((d) => oneMoreTry(d, 'RECEIPT_MISSING', now)),
      );
      await this.desk.stuck(tx, waiting.filter(isLastTry), now);
    });
  }

  /** @returns whether there may be more at once. */
  private async sendBatch(lane: Lane): Promise<boolean> {
    const { departures, full } = await this.claim(lane);
    return (await this.publish(departures)) && full;
  }

  /** @returns whether the broker took all of them. */
  private async publish(departures: readonly Departure[]): Promise<boolean> {
    if (departures.length === 0) return true;
    const results = await this.courier.publishAll(
      departures.map(({ plugin, event }) => ({ queue: deliveriesQueueOf(plugin), event })),
    );
    const ids = departures.map((d) => d.delivery);
    this.config.failpoint?.('published');
    const claims = departures.map((d) => d.claim);
    const published = ids.filter((_, n) => results[n]?.status === 'fulfilled');
    // Of its own claim only: since then the lane may have another owner, who has claimed it anew.
    await this.database.query(
      `update delivery set state = 'sent', sent_at = $2 where id in (select id from delivery where id = any($1::uuid[]) and claim = any($3::uuid[]) and state = 'claimed' order by seq for update)`,
      [published, this.clock.now(), claims],
    );
    if (published.length < ids.length) {
      await this.database.query(
        // No fault of the delivery: it does not count, but waits a moment.
        `update delivery set state = 'queued', not_before = $2 where id in (select id from delivery where id = any($1::uuid[]) and claim = any($3::uuid[]) and state = 'claimed' order by seq for update)`,
        [ids, new Date(this.clock.now().getTime() + unpublishedPauseMs), claims],
      );
      return false;
    }
    return true;
  }

  private claim(lane: Lane): Promise<{ departures: Departure[]; full: boolean }> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const departures: Departure[] = [];
      const next = await nextOfLane(tx, lane, now, { batch, maxOut });
      const full = next.length === batch;
      if (next.length === 0) return { departures, full };
      const locked = lockInOrder(tx, next).then((all) =>
        all
          .filter((d) => d.state === 'queued')
          .map((d) => ({ ...d, claimedBefore: d.claim !== null, claim: newId(now) })),
      );
      const claims = await this.desk.claim(tx, { ids: next, locked }, now);

      const leaving: NewTry[] = [];
      for (const { id, claim } of await locked) {
        const claimed = claims.get(id);
        if (!claimed) continue;
        if (claimed.leaves) {
          departures.push({ plugin: lane.plugin, delivery: id, claim, event: claimed.event });
          const { decision = null, feedback = null, contentVersion = null } = claimed;
          leaving.push({ id, claim, decision, feedback, contentVersion });
        } else if (claimed.state === 'queued') voidApprovals(tx, [id]);
        else setDeliveryState(tx, [id], claimed.state, claimed.code);
      }
      claimDeliveries(tx, leaving, now);
      return { departures, full };
    });
  }
}
