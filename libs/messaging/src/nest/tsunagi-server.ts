// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CloudEvent } from '@tsunagi/contracts';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Courier, ReceivedMessage, Subscription } from '../courier';
import { FilterMissingError, UnknownTypeError } from '../failure-policies';
import { noLog, type MessagingLog } from '../log';
import { TsunagiContext } from './tsunagi-context';

export interface TsunagiServerOptions {
  readonly courier: Courier;
  readonly queues: readonly { readonly queue: string; readonly prefetch?: number }[];
  readonly log?: MessagingLog;
}

// A type, not an interface: Nest asks for an index signature.
export type TsunagiEvents = { reconnected: () => void };

/**
 * Nest's transport strategy over a courier: `@EventPattern('referral.submitted.v1')` methods get `(event, TsunagiContext)`.
 * The message is acked when all its handlers have resolved; an error reaches the courier's failure policies.
 */
export class TsunagiServer extends Server<TsunagiEvents, 'connected'> implements CustomTransportStrategy {
  override readonly transportId = Symbol('tsunagi');
  private subscriptions: Subscription[] = [];

  constructor(private readonly options: TsunagiServerOptions) {
    super();
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    const { courier, queues, log = noLog } = this.options;
    try {
      for (const { queue, prefetch } of queues) {
        const options = prefetch === undefined ? {} : { prefetch };
        const subscription = await courier.consume(queue, options, (message) => this.dispatch(queue, message));
        this.subscriptions.push(subscription);
        log({ level: 'info', code: subscription.live ? 'SUBSCRIBED' : 'WAITING_FOR_QUEUE', queue });
      }
      this._status$.next('connected');
    } catch (error) {
      await this.close();
      return callback(error);
    }
    callback();
  }

  /** Drains the handlers in flight. The courier stays open: it belongs to whoever made it. */
  async close(): Promise<void> {
    const subscriptions = this.subscriptions;
    this.subscriptions = [];
    await Promise.all(subscriptions.map((subscription) => subscription.cancel()));
  }

  on<Event extends keyof TsunagiEvents>(event: Event, callback: TsunagiEvents[Event]): () => void {
    if (event !== 'reconnected') throw new Error(`TsunagiServer has no event "${String(event)}"`);
    return this.options.courier.onReconnected(callback);
  }

  unwrap<T = Courier>(): T {
    return this.options.courier as T;
  }

  /** Runs the handlers of the message's type and resolves when they have, or rejects with their own error. */
  private async dispatch(queue: string, message: ReceivedMessage): Promise<void> {
    const { event } = message;
    // Looked up as it stands: Nest's own look-up would parse the sender's text as JSON first.
    const handler = this.messageHandlers.get(event.type);
    if (!handler) throw new UnknownTypeError(`${queue}: no handler for this type`);
    const context = new TsunagiContext([message, queue]);
    await new Promise<void>((resolve, reject) => {
      this.onProcessingStartHook(this.transportId, context, () =>
        this.run(handler, event, context).then(resolve, reject),
      );
    });
  }

  private async run(handler: MessageHandler, event: CloudEvent, context: TsunagiContext): Promise<void> {
    try {
      // Nest hides errors in a stream; nobody would see them if it were not read to its end.
      const result: unknown = await handler(event, context);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    } catch (error) {
      if (!isNestsOwn(error)) throw error;
      throw new FilterMissingError(`A handler threw no error: does its class carry @UseFilters(RethrowFilter)?`);
    } finally {
      this.onProcessingEndHook?.(this.transportId, context);
    }
  }
}

/** What Nest's own filter puts in the place of an error. */
const isNestsOwn = (error: unknown): boolean =>
  !(error instanceof Error) && (error as { status?: unknown } | null | undefined)?.status === 'error';
