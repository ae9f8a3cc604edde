// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Checkpoint, CloudEvent, ItemAnswer, MessageToHub } from '@tsunagi/contracts';
import { IntakeStoppedError } from '../plugin/plugin.errors';
import { mattersOf, type ItemType, type OutgoingItem } from '../plugin/outgoing-item';
import type { SettledItem, Tryable } from '../plugin/source';
import type { Clock } from '../surroundings/clock';
import { errorCode } from '../surroundings/error-code';
import type { Log } from '../surroundings/log';
import type { HubLine } from './courier-port';
import type { RunnerLimits } from './runner-limits';
import { withResolvers } from './with-resolvers';

export interface ItemSenderOptions {
  readonly line: HubLine;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: RunnerLimits;
}

/** From where the items of a message come, as a waiting row is told apart by it. */
interface ComesFrom {
  readonly source?: string | undefined;
  readonly fileName?: string | undefined;
}

/** A message in flight: the items of it that are not answered yet. */
interface Flight {
  readonly type: ItemType;
  readonly matters: ReadonlySet<string>;
  readonly unanswered: Map<string, OutgoingItem>;
  readonly checkpoint: Checkpoint | undefined;
  readonly from: ComesFrom;
  readonly onSettled: ((settled: SettledItem) => void) | undefined;
  readonly tryable: Tryable | undefined;
  readonly land: () => void;
  readonly fail: (error: Error) => void;
  cancelTimer: () => void;
}

/**
 * Brings items to the hub until each is answered. Nothing is kept on disk: what is not answered is sent again, under the
 * same names, and the hub gives the same answers.
 */
export class ItemSender {
  private readonly flights = new Set<Flight>();
  private waiting: (() => void)[] = [];
  private stopped = false;

  constructor(private readonly options: ItemSenderOptions) {}

  /** Items sent and not answered. */
  get inHand(): number {
    let count = 0;
    for (const { unanswered } of this.flights) count += unanswered.size;
    return count;
  }

  /**
   * Resolves when every item is answered. A checkpoint goes with the last message, which leaves when all before it are
   * answered: it must not be committed while one of them could still be lost. What the hub only tries completes none.
   * @throws IntakeStoppedError
   */
  async send(
    items: Iterable<OutgoingItem>,
    options: ComesFrom & {
      checkpoint?: Checkpoint | undefined;
      onSettled?: ((settled: SettledItem) => void) | undefined;
      tryable?: Tryable | undefined;
    } = {},
  ): Promise<void> {
    const { onSettled, checkpoint, source, fileName } = options;
    let tried = false;
    const onTried = () => {
      tried = true;
      options.tryable?.onTried();
    };
    const tryable = options.tryable && { ...options.tryable, onTried };
    const from = { ...(source !== undefined && { source }), ...(fileName !== undefined && { fileName }) };
    const landings: Promise<void>[] = [];
    const dispatch = async (message: readonly OutgoingItem[], withCheckpoint?: Checkpoint) => {
      const { landing } = await this.dispatch(message, from, withCheckpoint, { onSettled, tryable });
      // Looked at further down; a stop meanwhile must not count as unhandled.
      landing.catch(() => undefined);
      landings.push(landing);
    };
    const open = new Map<ItemType, { items: OutgoingItem[]; bytes: number }>();
    for (const item of items) {
      const message = open.get(item.type);
      if (message && this.hasRoom(message, item)) {
        message.items.push(item);
        message.bytes += item.bytes;
      } else {
        open.set(item.type, { items: [item], bytes: item.bytes });
        if (message) await dispatch(message.items);
      }
    }
    const rest = [...open.values()];
    const last = checkpoint === undefined ? undefined : rest.pop();
    for (const message of rest) await dispatch(message.items);
    await Promise.all(landings);
    if (last) {
      await dispatch(last.items, tried ? undefined : checkpoint);
      await Promise.all(landings);
    }
  }

  answered(answers: readonly ItemAnswer[]): void {
    for (const flight of [...this.flights]) {
      for (const answer of answers) {
        const item = flight.unanswered.get(answer.itemId);
        if (!item) continue;
        flight.unanswered.delete(answer.itemId);
        flight.onSettled?.({ itemId: item.itemId, origin: item.origin, answer, fault: item.fault });
      }
      if (flight.unanswered.size === 0) this.end(flight, flight.land);
    }
  }

  /** The hub has looked at these and taken nothing: whoever sent them sends them again, from where they came. */
  tried(itemIds: readonly string[]): void {
    for (const flight of [...this.flights]) {
      if (!flight.tryable) continue;
      const ours = itemIds.filter((itemId) => flight.unanswered.delete(itemId));
      if (ours.length > 0) flight.tryable.onTried();
      if (flight.unanswered.size === 0) this.end(flight, flight.land);
    }
  }

  /** After a reconnect: what was on its way may be lost. */
  resendAll(): void {
    for (const flight of this.flights) this.post(flight);
  }

  start(): void {
    this.stopped = false;
  }

  /** Every `send` under way fails; late answers are of no use, the items will be sent again one day. */
  stop(): void {
    this.stopped = true;
    for (const flight of [...this.flights]) this.end(flight, () => flight.fail(new IntakeStoppedError()));
    this.wakeWaiting();
  }

  private hasRoom(message: { items: readonly OutgoingItem[]; bytes: number }, item: OutgoingItem): boolean {
    const { itemsPerMessage, bytesPerMessage } = this.options.limits;
    return message.items.length < itemsPerMessage && message.bytes + item.bytes <= bytesPerMessage;
  }

  /** Resolves when the message is on its way; `landing` is its last answer. */
  private async dispatch(
    items: readonly OutgoingItem[],
    from: ComesFrom,
    checkpoint: Checkpoint | undefined,
    { onSettled, tryable }: Pick<Flight, 'onSettled' | 'tryable'>,
  ): Promise<{ landing: Promise<void> }> {
    const matters = new Set(items.flatMap(mattersOf));
    while (this.mustWait(matters) && !this.stopped) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (this.stopped) throw new IntakeStoppedError();
    const { promise, resolve, reject } = withResolvers();
    const flight: Flight = {
      type: items[0]!.type,
      matters,
      unanswered: new Map(items.map((item) => [item.itemId, item])),
      checkpoint,
      from,
      onSettled,
      tryable,
      land: resolve,
      fail: reject,
      cancelTimer: () => undefined,
    };
    this.flights.add(flight);
    this.post(flight);
    return { landing: promise };
  }

  /** Also for an earlier message about the same: the hub takes several at once, in whatever order. */
  private mustWait(matters: ReadonlySet<string>): boolean {
    if (this.flights.size >= this.options.limits.messagesInFlight) return true;
    return [...this.flights].some((flight) => [...matters].some((matter) => flight.matters.has(matter)));
  }

  private post(flight: Flight): void {
    const { clock, limits, line, log } = this.options;
    flight.cancelTimer();
    flight.cancelTimer = clock.after(limits.resendAfterMs, () => {
      log.warn({ type: flight.type, items: flight.unanswered.size }, 'items unanswered, sent again');
      this.post(flight);
    });
    line.publish(this.eventOf(flight)).catch((error: unknown) => {
      // The time-out or the reconnect sends it again.
      log.warn({ type: flight.type, code: errorCode(error, 'PUBLISH_FAILED') }, 'items not sent');
    });
  }

  private eventOf({ type, unanswered, checkpoint, from, tryable }: Flight): CloudEvent<MessageToHub> {
    const items = [...unanswered.values()].map(({ itemId, body }) => ({ itemId, ...body }));
    // The items of a flight are of one type, which the compiler cannot see through the map.
    const data = {
      items,
      ...from,
      ...(checkpoint === undefined ? {} : { checkpoint }),
      // Whatever else comes is taken at once.
      ...(tryable && type === 'referral.submitted.v1' && { trial: tryable.trial }),
    } as never;
    return this.options.line.prepare(type, data);
  }

  private end(flight: Flight, settle: () => void): void {
    flight.cancelTimer();
    this.flights.delete(flight);
    settle();
    this.wakeWaiting();
  }

  private wakeWaiting(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const wake of waiting) wake();
  }
}
