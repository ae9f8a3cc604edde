// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * UNROUTABLE no queue took it · NOT_CONFIRMED time-out or lost connection, in doubt · PAYLOAD_TOO_LARGE · CLOSED this courier
 * was closed · FORGED_SOURCE the account is not the event's source · ACCESS_REFUSED not this account's queue · QUEUE_MISSING ·
 * QUEUE_BROKEN it is there but does not work · QUEUE_LOCKED another connection has it exclusively · TIMED_OUT the broker did not answer · UNREACHABLE no connection ·
 * TOPOLOGY_MISMATCH a queue exists with other properties.
 */
export type CourierErrorCode =
  | 'UNROUTABLE'
  | 'NOT_CONFIRMED'
  | 'PAYLOAD_TOO_LARGE'
  | 'CLOSED'
  | 'FORGED_SOURCE'
  | 'ACCESS_REFUSED'
  | 'QUEUE_MISSING'
  | 'QUEUE_BROKEN'
  | 'QUEUE_LOCKED'
  | 'TIMED_OUT'
  | 'UNREACHABLE'
  | 'TOPOLOGY_MISMATCH';

const passing: ReadonlySet<CourierErrorCode> = new Set([
  'UNROUTABLE',
  'NOT_CONFIRMED',
  'CLOSED',
  'QUEUE_MISSING',
  'QUEUE_BROKEN',
  'QUEUE_LOCKED',
  'TIMED_OUT',
  'UNREACHABLE',
]);

/** Its text names queues and accounts, never anything out of a message. */
export class CourierError extends Error {
  override readonly name = 'CourierError';

  constructor(
    readonly code: CourierErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** True when the same may succeed later. A handler that lets this error through is tried again. */
  get retryable(): boolean {
    return passing.has(this.code);
  }
}

export const codeOf = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
};
