// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What becomes of a message that cannot be handled. One table; nothing else in the transport decides.
 *
 * `dead`: given to the dead-letter queue, which the hub drains into the database.
 * `retry`: kept in hand unacked and tried again after a pause. Not by giving it back: a requeue counts towards the delivery
 * limit, so an hour without a database would kill every message in hand, and order would be lost.
 */
export const failurePolicies = {
  /** Not JSON, or not an envelope of ours: no later try can change that. */
  NOT_AN_ENVELOPE: { remedy: 'dead', level: 'error' },
  /** The account that published it may not speak as its source, or not into this queue. */
  FORGED_SOURCE: { remedy: 'dead', level: 'error' },
  /** No handler takes this type: an older hub or host got a newer message. */
  UNKNOWN_TYPE: { remedy: 'dead', level: 'error' },
  /** The handler asked for another try (`retryable: true` on its error): something it needs is away. */
  RETRYABLE: { remedy: 'retry', level: 'warn' },
  /** The error came through Nest's own filter, which hides class and code: `RethrowFilter` is missing. Lose nothing, be loud. */
  FILTER_MISSING: { remedy: 'retry', level: 'error' },
  /** Anything else: trying again would fail again. */
  HANDLER_FAILED: { remedy: 'dead', level: 'error' },
  /** Not ours to decide: the broker counts (`limits.deliveryLimit`) a message that took its consumer with it, and buries it. */
  KILLS_ITS_CONSUMER: { remedy: 'dead', level: 'error' },
} as const satisfies Record<string, FailurePolicy>;

export interface FailurePolicy {
  readonly remedy: 'dead' | 'retry';
  readonly level: 'warn' | 'error';
}

export type FailureCode = keyof typeof failurePolicies;

/** Thrown by a dispatcher that has no handler for the type. */
export class UnknownTypeError extends Error {
  override readonly name = 'UnknownTypeError';
  readonly code = 'UNKNOWN_TYPE';
}

/** Thrown by a dispatcher that got something else than an error out of a handler. */
export class FilterMissingError extends Error {
  override readonly name = 'FilterMissingError';
  readonly code = 'FILTER_MISSING';
}

/** Which line of the table an error of a handler falls under. */
export function failureOf(error: unknown): FailureCode {
  if (error instanceof UnknownTypeError) return 'UNKNOWN_TYPE';
  if (error instanceof FilterMissingError) return 'FILTER_MISSING';
  return (error as { retryable?: unknown } | null | undefined)?.retryable === true ? 'RETRYABLE' : 'HANDLER_FAILED';
}
