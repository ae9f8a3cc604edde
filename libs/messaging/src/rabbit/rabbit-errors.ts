// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { CourierError, type CourierErrorCode } from '../courier.errors';

/** AMQP reply codes that we can be told, and what they mean to us. */
const meanings: Record<number, CourierErrorCode> = {
  403: 'ACCESS_REFUSED',
  404: 'QUEUE_MISSING',
  405: 'QUEUE_LOCKED',
  406: 'TOPOLOGY_MISMATCH',
};

/** An error of amqplib or the broker in our words. It speaks of queues, exchanges and accounts. */
export function asCourierError(error: unknown, what: string): CourierError {
  if (error instanceof CourierError) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const meaning = typeof code === 'number' ? meanings[code] : undefined;
  // A refused log-in has no code of its own: it comes as a text, or as a closed handshake.
  const refused = /ACCESS_REFUSED|Handshake terminated by server: 403/.test(String(message));
  return new CourierError(meaning ?? (refused ? 'ACCESS_REFUSED' : 'UNREACHABLE'), `${what}: ${String(message)}`, {
    cause: error,
  });
}
