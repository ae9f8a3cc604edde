// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  hubQueueOf,
  pluginSource,
  repliesQueueOf,
  type CloudEvent,
  type MessageData,
  type MessageToHub,
  type ReplyToHub,
} from '@tsunagi/contracts';
import type { Clock } from '../surroundings/clock';
import { uuidV7 } from '../surroundings/uuid-v7';

/** The little the runtime asks of the courier; the host's satisfies it as it is. */
export interface CourierPort {
  /** Resolves when the broker has confirmed and routed the message. */
  publish(queue: string, event: CloudEvent, options?: { readonly expiresMs?: number | undefined }): Promise<void>;
  /** Returns how to unsubscribe. */
  onReconnected(listener: () => void): () => void;
}

/** What a plugin says to the hub, in its name. */
export class HubLine {
  constructor(
    private readonly plugin: string,
    private readonly courier: CourierPort,
    private readonly clock: Clock,
  ) {}

  /** The event can be told from others before it is on its way. */
  prepare<T extends MessageToHub | ReplyToHub>(type: T, data: MessageData<T>): CloudEvent<T, MessageData<T>> {
    const now = this.clock.now();
    return {
      specversion: '1.0',
      id: uuidV7(now),
      source: pluginSource(this.plugin),
      type,
      time: now.toISOString(),
      datacontenttype: 'application/json',
      data,
    };
  }

  publish(event: CloudEvent<MessageToHub>): Promise<void> {
    return this.courier.publish(hubQueueOf[event.type], event);
  }

  say<T extends MessageToHub>(type: T, data: MessageData<T>): Promise<void> {
    return this.publish(this.prepare(type, data));
  }

  /** Answers the one instance of the hub that has asked, while it waits. */
  reply<T extends ReplyToHub>(to: string, type: T, data: MessageData<T>, expiresMs: number): Promise<void> {
    return this.courier.publish(repliesQueueOf(to), this.prepare(type, data), { expiresMs });
  }

  onReconnected(listener: () => void): () => void {
    return this.courier.onReconnected(listener);
  }
}
