// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ChannelModel, ConfirmChannel } from 'amqplib';
import { CourierError } from '../courier.errors';
import { contentType } from '../envelope';
import { limits } from '../limits';
import type { Outgoing } from '../link';
import type { MessagingLog } from '../log';
import { exchange, policyOfQueue, routingKeyOf } from '../topology';
import { within } from '../within';

/** Publishes on one confirm channel of a connection; opens another when the broker has closed it. */
export class ConfirmPublisher {
  private channel: Promise<ConfirmChannel> | undefined;
  private sequence = 0;
  /** Messages that the broker sent back; its confirm follows. */
  private readonly returned = new Set<string>();
  private unblocked: Promise<void> | undefined;

  constructor(
    private readonly model: ChannelModel,
    private readonly account: string,
    private readonly log: MessagingLog,
  ) {
    let release: () => void = () => undefined;
    const unblock = () => {
      this.unblocked = undefined;
      release();
    };
    model.on('blocked', (reason) => {
      log({ level: 'warn', code: 'BROKER_BLOCKED', account, reason });
      this.unblocked = new Promise((resolve) => (release = resolve));
    });
    model.on('unblocked', () => {
      log({ level: 'info', code: 'BROKER_UNBLOCKED', account });
      unblock();
    });
    model.on('close', unblock);
  }

  async publish(message: Outgoing, signal: AbortSignal): Promise<void> {
    // While the broker is short of memory it reads nothing: what we wrote would pile up in this process.
    while (this.unblocked) {
      await this.unblocked;
      if (signal.aborted) return;
    }
    const channel = await this.open();
    if (signal.aborted) return;
    await this.confirmed(channel, message);
  }

  private confirmed(channel: ConfirmChannel, message: Outgoing): Promise<void> {
    const { queue, type, account, messageId, content, expiresMs } = message;
    const policy = policyOfQueue(queue);
    const correlationId = String((this.sequence += 1));
    const options = {
      // A queue that ends with its connection has nothing to bring through a restart: it need not be on any disk.
      persistent: policy?.durable !== false,
      ...(expiresMs !== undefined && { expiration: String(expiresMs) }),
      mandatory: true,
      contentType,
      contentEncoding: 'utf-8',
      messageId,
      type,
      userId: account,
      // Names this very publish in a return; an event may be under way twice.
      correlationId,
    };
    return new Promise((resolve, reject) => {
      const done = (error: unknown) => {
        const wasReturned = this.returned.delete(correlationId);
        if (wasReturned) reject(new CourierError('UNROUTABLE', `${queue}: no queue took it`));
        else if (error) reject(new CourierError('NOT_CONFIRMED', `${queue}: ${(error as Error).message}`));
        else resolve();
      };
      try {
        if (policy?.bound === false) channel.publish('', queue, content, options, done);
        else channel.publish(exchange, routingKeyOf(queue, type), content, options, done);
      } catch (error) {
        done(error);
      }
    });
  }

  /** Resolves when the channel is open. */
  async ready(): Promise<void> {
    await within(limits.requestTimeoutMs, this.open(), () => noChannel(this.account));
  }

  private open(): Promise<ConfirmChannel> {
    this.channel ??= this.openChannel();
    return this.channel;
  }

  private async openChannel(): Promise<ConfirmChannel> {
    try {
      const channel = await this.model.createConfirmChannel();
      channel.on('error', (error) => {
        this.log({ level: 'error', code: 'PUBLISH_CHANNEL_CLOSED', account: this.account, reason: error.message });
      });
      channel.on('handler-error', () => undefined);
      channel.on('return', ({ properties }) => this.returned.add(String(properties.correlationId)));
      channel.on('close', () => (this.channel = undefined));
      return channel;
    } catch (error) {
      this.channel = undefined;
      throw noChannel(this.account, error);
    }
  }
}

const noChannel = (account: string, cause?: unknown) =>
  new CourierError('NOT_CONFIRMED', `${account}: no channel`, { cause });
