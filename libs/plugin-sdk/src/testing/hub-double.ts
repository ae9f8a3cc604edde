// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  hubSource,
  messages,
  type Checkpoint,
  type CloudEvent,
  type DeliveryReceipt,
  type ItemAnswer,
  type MessageData,
  type MessageType,
  type Trial,
} from '@tsunagi/contracts';
import type { ItemType, OutgoingItem } from '../plugin/outgoing-item';
import type { DeliveryClaim } from '../plugin/sink';
import type { CourierPort } from '../runner/courier-port';
import type { Lane, LaneName } from '../runner/plugin-runner';
import type { DeliveryType } from '../runner/read-delivery';
import type { Clock } from '../surroundings/clock';
import { uuidV7 } from '../surroundings/uuid-v7';

/** An item as it came in a message, one for each sending. */
export type ArrivedItem = Pick<OutgoingItem, 'itemId' | 'type' | 'body'>;

export interface HubScript {
  /**
   * What becomes of an item; undefined: no answer comes, this time. Asked once per item id and then remembered, as the
   * hub does.
   * @default accepted with a new referral, `rejected` for a quarantined row
   */
  answer?: ((item: ArrivedItem) => Partial<Omit<ItemAnswer, 'itemId'>> | undefined) | undefined;
  /**
   * Are submissions only tried, because a person has yet to confirm the first file?
   * @default no
   */
  tries?: (() => boolean) | undefined;
  /**
   * May this delivery be written, under the claim it was last delivered with? Undefined: no answer comes. Any other claim
   * never may.
   * @default yes
   */
  go?: ((deliveryId: string) => boolean | undefined) | undefined;
}

/** The hub as a plugin knows it, in memory. What the plugin says is held against the message schemas. */
export class HubDouble implements CourierPort {
  readonly items: ArrivedItem[] = [];
  readonly checkpoints: Checkpoint[] = [];
  readonly checks: DeliveryClaim[][] = [];
  readonly receipts: DeliveryReceipt[] = [];
  /** Number of items in each message. */
  readonly messageSizes: number[] = [];
  /** Publishing fails while set. */
  unreachable = false;
  /** Submissions that were tried and not taken, and whether their host has tried all that it has. */
  readonly tried = new Set<string>();
  trial: Trial | undefined;
  private readonly answers = new Map<string, ItemAnswer>();
  /** Delivery id → the claim it was last delivered with. */
  private readonly claims = new Map<string, string>();
  private readonly listeners = new Set<() => void>();
  private readonly open = new Set<LaneName>();
  private readonly waiting: { lane: LaneName; event: CloudEvent; acked: () => void; refused: (e: unknown) => void }[] =
    [];
  private receive: (event: CloudEvent) => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly clock: Clock,
    readonly script: HubScript = {},
  ) {}

  /** Gives the plugin's messages to this function from now on. */
  attach(receive: (event: CloudEvent) => Promise<void>): void {
    this.receive = receive;
  }

  /** Delivers one message; resolves when the plugin has acked it, and rejects when it has not. */
  deliver<T extends DeliveryType>(type: T, data: MessageData<T>): Promise<void> {
    this.claims.set(data.deliveryId, data.claim);
    return this.queue('deliveries', this.event(type, data));
  }

  /** Any event, such as one that is none, or the message of an older claim. */
  inject(lane: LaneName, event: CloudEvent): Promise<void> {
    return this.queue(lane, event);
  }

  event<T extends MessageType>(type: T, data: MessageData<T>, causationid?: string): CloudEvent<T, MessageData<T>> {
    const now = this.clock.now();
    return {
      specversion: '1.0',
      id: uuidV7(now),
      source: hubSource,
      type,
      time: now.toISOString(),
      datacontenttype: 'application/json',
      ...(causationid === undefined ? {} : { causationid }),
      data,
    };
  }

  /** As after a lost connection. */
  reconnect(): void {
    for (const listener of this.listeners) listener();
  }

  openLane(lane: LaneName): Promise<Lane> {
    this.open.add(lane);
    this.handOut();
    return Promise.resolve({
      cancel: () => {
        this.open.delete(lane);
        return Promise.resolve();
      },
    });
  }

  publish(_queue: string, event: CloudEvent): Promise<void> {
    if (this.unreachable) return Promise.reject(Object.assign(new Error('unreachable'), { code: 'UNREACHABLE' }));
    const { type } = event;
    if (!(type in messages)) throw new Error(`no such message: ${type}`);
    // As it would arrive: what JSON leaves out is gone.
    this.take(messages[type as MessageType].parse(JSON.parse(JSON.stringify(event))));
    return Promise.resolve();
  }

  onReconnected(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private take(event: { [T in MessageType]: { type: T; id: string; data: MessageData<T> } }[MessageType]): void {
    switch (event.type) {
      case 'referral.submitted.v1':
      case 'referral.response.v1':
      case 'rows.quarantined.v1':
      case 'recall.acknowledged.v1':
        return this.takeItems(event.type, event.data);
      case 'deliveries.check.v1':
        return this.takeCheck(event.id, event.data.deliveries);
      case 'delivery.receipt.v1':
        this.receipts.push(...event.data.receipts);
        return;
      default:
        throw new Error(`a plugin does not say ${event.type}`);
    }
  }

  private takeItems(type: ItemType, data: MessageData<ItemType>): void {
    this.messageSizes.push(data.items.length);
    if (type === 'referral.submitted.v1' && this.script.tries?.())
      return this.try(data as MessageData<'referral.submitted.v1'>);
    const answers = data.items.flatMap(({ itemId, ...body }) => {
      // Of one type, which the compiler cannot see through the union.
      const item = { itemId, type, body } as ArrivedItem;
      this.items.push(item);
      return this.answerTo(item) ?? [];
    });
    if (answers.length === 0) return;
    if (answers.length === data.items.length && data.checkpoint) this.checkpoints.push(data.checkpoint);
    this.reply(this.event('items.answered.v1', { answers }));
  }

  /** As the hub does: who has tried everything is told only of what the hub has not seen yet. */
  private try({ items, trial }: MessageData<'referral.submitted.v1'>): void {
    const itemIds = items.map(({ itemId }) => itemId);
    const isNew = itemIds.some((itemId) => !this.tried.has(itemId));
    for (const itemId of itemIds) this.tried.add(itemId);
    this.trial = isNew ? 'goes_on' : trial;
    if (trial !== undefined && (isNew || trial === 'goes_on'))
      this.reply(this.event('items.answered.v1', { answers: [], tried: itemIds }));
  }

  private answerTo(item: ArrivedItem): ItemAnswer | undefined {
    const { itemId } = item;
    const known = this.answers.get(itemId);
    if (known) return known;
    const given = this.script.answer ? this.script.answer(item) : {};
    if (given === undefined) return undefined;
    const usual =
      item.type === 'rows.quarantined.v1'
        ? { outcome: 'rejected' as const, codes: [] }
        : { outcome: 'accepted' as const, codes: [], referralId: uuidV7(this.clock.now()) };
    const answer: ItemAnswer = { itemId, ...usual, ...given };
    this.answers.set(itemId, answer);
    return answer;
  }

  private takeCheck(checkId: string, deliveries: DeliveryClaim[]): void {
    this.checks.push(deliveries);
    const answers = deliveries.map(({ deliveryId, claim }) => ({
      deliveryId,
      go: this.claims.get(deliveryId) === claim && (this.script.go ? this.script.go(deliveryId) : true),
    }));
    if (answers.some(({ go }) => go === undefined)) return;
    const given = answers.map(({ deliveryId, go }) => ({ deliveryId, go: go === true }));
    this.reply(this.event('deliveries.checked.v1', { answers: given }, checkId));
  }

  private reply(event: CloudEvent): void {
    void this.queue('answers', event);
  }

  private queue(lane: LaneName, event: CloudEvent): Promise<void> {
    const arrived = JSON.parse(JSON.stringify(event)) as CloudEvent;
    const acked = new Promise<void>((resolve, reject) =>
      this.waiting.push({ lane, event: arrived, acked: resolve, refused: reject }),
    );
    setImmediate(() => this.handOut());
    return acked;
  }

  private handOut(): void {
    const ready = this.waiting.filter(({ lane }) => this.open.has(lane));
    for (const message of ready) {
      this.waiting.splice(this.waiting.indexOf(message), 1);
      this.receive(message.event).then(message.acked, message.refused);
    }
  }
}
