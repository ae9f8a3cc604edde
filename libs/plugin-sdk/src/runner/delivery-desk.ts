// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CloudEvent, DeliveryReceipt, DisclosedReferral } from '@tsunagi/contracts';
import { dataCategories, type DataCategory } from '@tsunagi/domain';
import type { Journal } from '../journal/journal';
import type { Delivery, DeliveryClaim, Sink, WriteOutcome } from '../plugin/sink';
import { pause, type Clock } from '../surroundings/clock';
import { errorCode } from '../surroundings/error-code';
import type { Log } from '../surroundings/log';
import type { HubLine } from './courier-port';
import type { GoAheadDesk } from './go-ahead';
import { DeliveryUnreadableError, readDelivery } from './read-delivery';
import type { RunnerLimits } from './runner-limits';
import { withResolvers } from './with-resolvers';

export interface DeliveryDeskOptions {
  readonly line: HubLine;
  readonly goAheads: GoAheadDesk;
  readonly sink: Sink;
  readonly notCarried: readonly DataCategory[];
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: RunnerLimits;
  readonly failpoint: (name: string) => void;
}

/** The plugin is being disabled: the message goes back to the queue. */
export class DeliveryGivenBackError extends Error {
  readonly code = 'GIVEN_BACK';
  readonly retryable = true;

  constructor() {
    super('the plugin is being disabled');
    this.name = 'DeliveryGivenBackError';
  }
}

interface Waiting {
  readonly delivery: Delivery;
  readonly receipted: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Takes deliveries in the order of the queue and brings each to its receipt: asked for, written, receipted, and only then
 * acked. One batch at a time, so one person's deliveries keep their order.
 */
export class DeliveryDesk {
  private queue: Waiting[] = [];
  /** Everything without a receipt, by delivery and claim: a message that comes again joins its first. */
  private readonly open = new Map<string, Waiting>();
  private working: Promise<void> | undefined;
  private closed = true;
  private abandoning = new AbortController();

  constructor(private readonly options: DeliveryDeskOptions) {}

  get inHand(): number {
    return this.open.size;
  }

  /** Resolves when the receipt is with the hub: the message may be acked. */
  async accept(event: CloudEvent): Promise<void> {
    const delivery = await this.read(event);
    if (delivery === undefined) return;
    const known = this.open.get(keyOf(delivery));
    if (known) return known.receipted;
    if (this.closed) throw new DeliveryGivenBackError();
    const { promise, resolve, reject } = withResolvers();
    const waiting: Waiting = { delivery, receipted: promise, resolve, reject };
    this.open.set(keyOf(delivery), waiting);
    this.queue.push(waiting);
    this.working ??= this.work().finally(() => (this.working = undefined));
    return promise;
  }

  start(): void {
    this.closed = false;
    this.abandoning = new AbortController();
    this.options.goAheads.resume();
  }

  /** Gives back what was not begun, and resolves when the rest has its receipts. */
  async drain(): Promise<void> {
    this.closed = true;
    this.giveBack(this.queue.splice(0));
    await this.working;
  }

  /** Gives back what is in hand as well, because the hub does not answer. Idempotent sinks make that harmless. */
  abandon(): void {
    this.options.goAheads.giveUp();
    this.abandoning.abort();
  }

  /** A message that says at least which delivery and claim it was gets a failed receipt; any other is for the dead letters. */
  private async read(event: CloudEvent): Promise<Delivery | undefined> {
    try {
      return readDelivery(event);
    } catch (error) {
      if (!(error instanceof DeliveryUnreadableError) || error.delivery === undefined) throw error;
      const { code, delivery } = error;
      this.options.log.error({ deliveryId: delivery.deliveryId, code }, 'delivery not understood');
      await this.say([{ ...claimOf(delivery), outcome: 'failed', code, retryable: false }]);
      return undefined;
    }
  }

  private async work(): Promise<void> {
    const { limits } = this.options;
    while (this.queue.length > 0) {
      // Real time, whatever the clock says: it is about messages on their way.
      await new Promise((resolve) => setTimeout(resolve, limits.gatherMs));
      const batch = this.nextBatch();
      try {
        const receipts = await this.receiptsFor(batch.map(({ delivery }) => delivery));
        if (receipts === undefined || !(await this.say(receipts))) this.giveBack(batch);
        else for (const { delivery, resolve } of batch) this.settle(delivery, resolve);
      } catch (error) {
        // The journal or the sink's memory failed: nothing is known, so the messages stay with the broker.
        this.options.log.error({ code: errorCode(error, 'DESK_FAILED') }, 'deliveries given back');
        await pause(this.options.clock, this.options.limits.receiptRetryMs, this.abandoning.signal);
        this.giveBack(batch);
      }
    }
  }

  /**
   * A delivery that waits under two claims is taken under one after the other: what became of the first decides about the
   * second.
   */
  private nextBatch(): Waiting[] {
    const seen = new Set<string>();
    const end = this.queue.findIndex(({ delivery: { deliveryId } }) => {
      if (seen.has(deliveryId)) return true;
      seen.add(deliveryId);
      return false;
    });
    const upTo = end === -1 ? this.queue.length : end;
    return this.queue.splice(0, Math.min(upTo, this.options.limits.deliveriesPerBatch));
  }

  /** Undefined: given up; what was written until then is known by the journal. */
  private async receiptsFor(deliveries: readonly Delivery[]): Promise<DeliveryReceipt[] | undefined> {
    const settled = new Map<string, DeliveryReceipt>();
    const undecided: Delivery[] = [];
    for (const delivery of deliveries) {
      const receipt = this.withoutAsking(delivery);
      if (receipt) settled.set(delivery.deliveryId, receipt);
      else undecided.push(delivery);
    }
    if (undecided.length > 0) {
      const goAheads = await this.options.goAheads.ask(undecided.map(claimOf));
      if (goAheads === undefined) return undefined;
      const going: Delivery[] = [];
      for (const delivery of undecided) {
        const receipt = await this.withoutWriting(delivery, goAheads.get(delivery.deliveryId));
        if (receipt) settled.set(delivery.deliveryId, receipt);
        else going.push(delivery);
      }
      for (const portion of this.portionsOf(going)) {
        if (this.abandoning.signal.aborted) return undefined;
        for (const receipt of await this.write(portion)) settled.set(receipt.deliveryId, receipt);
      }
    }
    return deliveries.flatMap(({ deliveryId }) => settled.get(deliveryId) ?? []);
  }

  /**
   * What was in hand when the host died is written alone, and after the others: whichever kills it takes nothing with it.
   * It is asked for like any other, as a question for each would hold up the lane while the hub is busy.
   */
  private portionsOf(deliveries: readonly Delivery[]): Delivery[][] {
    const isSuspect = ({ deliveryId }: Delivery) => this.options.journal.killsOf(deliveryId) > 0;
    const others = deliveries.filter((delivery) => !isSuspect(delivery));
    return [...(others.length > 0 ? [others] : []), ...deliveries.filter(isSuspect).map((suspect) => [suspect])];
  }

  private withoutAsking(delivery: Delivery): DeliveryReceipt | undefined {
    if (this.options.sink.wasWritten(delivery.deliveryId) === true) return this.delivered(delivery, undefined);
    return this.isPast(delivery) ? this.unwritten(delivery) : undefined;
  }

  private async withoutWriting(delivery: Delivery, go: boolean | undefined): Promise<DeliveryReceipt | undefined> {
    const { journal, limits } = this.options;
    if (go === undefined) return { ...claimOf(delivery), outcome: 'failed', code: 'NOT_ANSWERED', retryable: true };
    if (!go || this.isPast(delivery)) return this.unwritten(delivery);
    // Only now: the hub does not hear a receipt of an older claim, and the deaths would be forgotten for nothing.
    return journal.killsOf(delivery.deliveryId) >= limits.killsBeforeParking ? this.park(delivery) : undefined;
  }

  /** The deaths are forgotten, so that a person may have it tried again. */
  private async park(delivery: Delivery): Promise<DeliveryReceipt> {
    const { journal, log } = this.options;
    const { deliveryId } = delivery;
    log.error({ deliveryId }, 'delivery parked: it kills the host');
    await journal.append({ entry: 'in-hand', deliveries: [deliveryId] });
    await journal.append({ entry: 'put-down' });
    return { ...claimOf(delivery), outcome: 'failed', code: 'KILLED_HOST', retryable: false };
  }

  private async write(deliveries: readonly Delivery[]): Promise<DeliveryReceipt[]> {
    const { failpoint, journal } = this.options;
    await journal.append({ entry: 'in-hand', deliveries: deliveries.map(({ deliveryId }) => deliveryId) });
    failpoint('before-write');
    const outcomes = await this.writeOrFail(deliveries);
    failpoint('delivery-written');
    await journal.append({ entry: 'put-down' }, { sync: false });
    return deliveries.map((delivery) => this.receiptOf(delivery, outcomes.get(delivery.deliveryId)));
  }

  private async writeOrFail(deliveries: readonly Delivery[]): Promise<ReadonlyMap<string, WriteOutcome>> {
    let outcomes: readonly WriteOutcome[];
    try {
      outcomes = await this.options.sink.write(deliveries);
    } catch (error) {
      const code = errorCode(error, 'SINK_FAILED');
      this.options.log.error({ deliveries: deliveries.length, code }, 'deliveries not written');
      outcomes = deliveries.map(({ deliveryId }) => ({ deliveryId, ok: false, code, retryable: true }));
    }
    return new Map(outcomes.map((outcome) => [outcome.deliveryId, outcome]));
  }

  private receiptOf(delivery: Delivery, outcome: WriteOutcome | undefined): DeliveryReceipt {
    const named = claimOf(delivery);
    if (outcome === undefined) return { ...named, outcome: 'failed', code: 'NO_OUTCOME', retryable: true };
    if (outcome.ok) return this.delivered(delivery, outcome.notCarried);
    return { ...named, outcome: 'failed', code: outcome.code, retryable: outcome.retryable ?? false };
  }

  private delivered(delivery: Delivery, own: readonly DataCategory[] | undefined): DeliveryReceipt {
    const notCarried = own ?? this.leftOut(delivery);
    return {
      ...claimOf(delivery),
      outcome: 'delivered',
      ...(notCarried.length === 0 ? {} : { notCarried: [...notCarried] }),
    };
  }

  private leftOut(delivery: Delivery): readonly DataCategory[] {
    if (referralIn(delivery) === undefined) return [];
    const { notCarried, sink } = this.options;
    return sink.notCarried?.(delivery) ?? notCarried.filter((category) => holds(delivery, category));
  }

  /** `recalled` says that nothing was written; where that is not certain a person has to look. */
  private unwritten(delivery: Delivery): DeliveryReceipt {
    return this.options.sink.wasWritten(delivery.deliveryId) === false
      ? { ...claimOf(delivery), outcome: 'recalled' }
      : { ...claimOf(delivery), outcome: 'failed', code: 'MAYBE_WRITTEN', retryable: false };
  }

  private isPast(delivery: Delivery): boolean {
    const notAfter = referralIn(delivery)?.notAfter;
    return notAfter !== undefined && this.options.clock.now().getTime() > Date.parse(notAfter);
  }

  /** Until the hub has them: without receipts the messages must not be acked. False: given up. */
  private async say(receipts: readonly DeliveryReceipt[]): Promise<boolean> {
    const { clock, limits, line, log } = this.options;
    const { signal } = this.abandoning;
    for (;;) {
      try {
        await line.say('delivery.receipt.v1', { receipts: [...receipts] });
        return true;
      } catch (error) {
        log.warn({ code: errorCode(error, 'PUBLISH_FAILED'), receipts: receipts.length }, 'receipts not sent');
      }
      await pause(clock, limits.receiptRetryMs, signal);
      if (signal.aborted) return false;
    }
  }

  private giveBack(batch: readonly Waiting[]): void {
    for (const { delivery, reject } of batch) this.settle(delivery, () => reject(new DeliveryGivenBackError()));
  }

  private settle(delivery: Delivery, how: () => void): void {
    this.open.delete(keyOf(delivery));
    how();
  }
}

const claimOf = ({ deliveryId, claim }: DeliveryClaim): DeliveryClaim => ({ deliveryId, claim });
const keyOf = ({ deliveryId, claim }: DeliveryClaim): string => `${deliveryId}/${claim}`;

/** What it tells of a person; a recall and a status tell nothing. */
function referralIn(delivery: Delivery): DisclosedReferral | undefined {
  return delivery.kind === 'referral' || delivery.kind === 'supplement' ? delivery.referral : undefined;
}

/** Does it bring this category? The mask says so for the subject, and for `household` whether others go along. */
function holds(delivery: Delivery, category: DataCategory): boolean {
  return referralIn(delivery)?.mask[dataCategories.indexOf(category)] === '1';
}
