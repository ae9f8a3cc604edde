// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MessageData } from '@tsunagi/contracts';
import type { DeliveryClaim } from '../plugin/sink';
import type { Clock } from '../surroundings/clock';
import { errorCode } from '../surroundings/error-code';
import type { Log } from '../surroundings/log';
import type { HubLine } from './courier-port';
import type { RunnerLimits } from './runner-limits';
import { withResolvers } from './with-resolvers';

/** Delivery id → may it be written? */
export type GoAheads = ReadonlyMap<string, boolean>;

/**
 * Asks the hub, just before writing, which deliveries may still be written. Only the answer to the last question counts:
 * an older one may be from before a withdrawal.
 */
export class GoAheadDesk {
  private open: { readonly checkId: string; readonly answer: (answers: GoAheads | undefined) => void } | undefined;
  private givenUp = false;

  constructor(
    private readonly options: {
      readonly line: HubLine;
      readonly clock: Clock;
      readonly log: Log;
      readonly limits: RunnerLimits;
    },
  ) {}

  /**
   * Resolves with undefined when given up.
   * @param deliveries no delivery twice: the answers name them by their ids alone.
   */
  async ask(deliveries: readonly DeliveryClaim[]): Promise<GoAheads | undefined> {
    const { limits } = this.options;
    for (let patienceMs = limits.checkTimeoutMs; !this.givenUp;) {
      const answers = await this.askOnce(deliveries, patienceMs);
      if (answers) return answers;
      patienceMs = Math.min(patienceMs * 2, limits.longestCheckTimeoutMs);
    }
    return undefined;
  }

  /** An answer of the hub; `checkId` is the question that led to it. */
  answered(checkId: string | undefined, answers: MessageData<'deliveries.checked.v1'>['answers']): void {
    if (this.open === undefined || checkId !== this.open.checkId) {
      return this.options.log.warn({ checkId }, 'go-ahead to no open question, not used');
    }
    this.open.answer(new Map(answers.map(({ deliveryId, go }) => [deliveryId, go])));
  }

  /** Asks again at once: after a reconnect question or answer may be lost. */
  askAgain(): void {
    this.open?.answer(undefined);
  }

  giveUp(): void {
    this.givenUp = true;
    this.open?.answer(undefined);
  }

  resume(): void {
    this.givenUp = false;
  }

  private async askOnce(deliveries: readonly DeliveryClaim[], patienceMs: number): Promise<GoAheads | undefined> {
    const { line, clock, log } = this.options;
    const question = line.prepare('deliveries.check.v1', { deliveries: [...deliveries] });
    const { promise, resolve } = withResolvers<GoAheads | undefined>();
    this.open = { checkId: question.id, answer: resolve };
    const cancelTimer = clock.after(patienceMs, () => {
      log.warn({ deliveries: deliveries.length }, 'go-ahead not given in time, asked again');
      resolve(undefined);
    });
    line.publish(question).catch((error: unknown) => {
      // The time-out or the reconnect asks again.
      log.warn({ code: errorCode(error, 'PUBLISH_FAILED') }, 'go-ahead not asked');
    });
    try {
      return await promise;
    } finally {
      cancelTimer();
      this.open = undefined;
    }
  }
}
