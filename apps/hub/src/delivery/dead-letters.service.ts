// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Courier, DeadLetter } from '@tsunagi/messaging';
import { Clock, COURIER, Database, Log, newId } from '../platform';

/**
 * Drains the broker's dead-letter queue into the database, so that there is one list of failures. Kept is what it was
 * and why it died, never the body: whatever is lost by it is asked for again by its sender.
 */
@Injectable()
export class DeadLetters implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(COURIER) private readonly courier: Courier,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.courier.consumeDead((letter) => this.keep(letter));
  }

  private async keep({ event, account, queue, reason }: DeadLetter): Promise<void> {
    const type = event?.type ?? null;
    await this.database.transaction((tx) =>
      tx.insert('dead_message', [
        {
          id: newId(),
          queue: queue ?? 'unknown',
          type,
          source: account ?? null,
          code: reason ?? 'unknown',
          at: this.clock.now().toISOString(),
        },
      ]),
    );
    this.log.warn('message buried', { queue, type, account, code: reason });
  }
}
