// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { messages, type CloudEvent } from '@tsunagi/contracts';
import type { DeadLetter, MessageHandler } from './courier';
import { codeOf } from './courier.errors';
import { isGenuine, readEvent } from './envelope';
import { failureOf, failurePolicies, type FailureCode } from './failure-policies';
import { backoffMs, backoffs } from './limits';
import type { Delivery } from './link';
import type { MessagingLog, MessagingLogEntry } from './log';
import type { Pause } from './pause';

export interface HandlingContext {
  readonly queue: string;
  readonly pause: Pause;
  readonly log: MessagingLog;
  /** Aborted when the consumer stops or is lost: no further try, the broker will hand the message out again. */
  readonly ending: AbortSignal;
}

/** Takes one delivery to its end: acked when its handler has resolved, else what the table of failure policies says. */
export async function handleDelivery(
  delivery: Delivery,
  handler: MessageHandler,
  context: HandlingContext,
): Promise<void> {
  const event = readEvent(delivery.content);
  if (!event) return bury(delivery, 'NOT_AN_ENVELOPE', context);
  const { account, redelivered } = delivery;
  if (!isGenuine(event, account, context.queue)) return bury(delivery, 'FORGED_SOURCE', context, event);
  const settled = await attempt(() => handler({ event, redelivered, account }), delivery, context, failureOf, event);
  if (settled === 'done') delivery.ack();
  else if (settled !== 'given back') bury(delivery, settled.failure, context, event, settled.error);
}

/** The same for a dead letter: there is nowhere to bury it, so it is kept until the handler takes it. */
export async function handleDeadLetter(
  delivery: Delivery,
  handler: (letter: DeadLetter) => Promise<void>,
  context: HandlingContext,
): Promise<void> {
  const { content, account, messageId, death } = delivery;
  const event = readEvent(content);
  const letter: DeadLetter = { content, event, account, messageId, queue: death?.queue, reason: death?.reason };
  const settled = await attempt(
    () => handler(letter),
    delivery,
    context,
    () => 'RETRYABLE',
    event,
  );
  if (settled === 'done') delivery.ack();
}

type Outcome = 'done' | 'given back' | { failure: FailureCode; error: unknown };

/** Runs the handler until it resolves or fails for good. */
async function attempt(
  handle: () => Promise<void>,
  delivery: Delivery,
  context: HandlingContext,
  judge: (error: unknown) => FailureCode,
  event: CloudEvent | undefined,
): Promise<Outcome> {
  for (let count = 1; ; count++) {
    try {
      await handle();
      return 'done';
    } catch (error) {
      const failure = judge(error);
      if (failurePolicies[failure].remedy === 'dead') return { failure, error };
      report(delivery, failure, context, event, error, count);
    }
    await context.pause(backoffMs(backoffs.retry, count), context.ending);
    if (context.ending.aborted) return 'given back';
  }
}

function bury(
  delivery: Delivery,
  failure: FailureCode,
  context: HandlingContext,
  event?: CloudEvent,
  error?: unknown,
): void {
  report(delivery, failure, context, event, error);
  delivery.bury();
}

/** Ids, types and codes only: whatever a sender or a handler could have filled with a person's data stays out. */
function report(
  delivery: Delivery,
  failure: FailureCode,
  { queue, log }: HandlingContext,
  event: CloudEvent | undefined,
  error: unknown,
  attempt?: number,
): void {
  const entry: MessagingLogEntry = {
    level: failurePolicies[failure].level,
    code: failure,
    queue,
    account: delivery.account,
    messageId: event?.id,
    type: event && (Object.hasOwn(messages, event.type) ? event.type : 'unknown'),
    cause: codeOf(error) ?? (error instanceof Error ? error.name : undefined),
    attempt,
  };
  log(entry);
}
