// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { maxPayloadBytes } from '@tsunagi/contracts';

/** Every figure of the transport, with its reason. */
export const limits = {
  /** Above this a message is refused before it is published; the same as amqplib's largest frame, so a body is one frame. */
  maxPayloadBytes,

  /** A message that took so many consumers with it is dead. RabbitMQ 4's own default; 3.10 has none, so we say it. */
  deliveryLimit: 20,

  /** A frozen broker is noticed after two missed beats: 10 s, well inside a lane's lease times three. */
  heartbeatSeconds: 5,

  /** A confirm takes milliseconds, "a few hundred" when the disk is busy. After this the message counts as unsent. */
  confirmTimeoutMs: 10_000,

  /** Declaring or consuming; RabbitMQ itself waits up to 5 s for the leader of a quorum queue before it answers. */
  requestTimeoutMs: 8_000,

  /** So often a queue must fail to answer until it counts as broken; see `queue-repair.ts`. */
  brokenTries: 2,

  /** Unconfirmed messages of one `publishAll`: enough to keep the broker busy, at most 32 MiB. */
  publishWindow: 256,

  /** Handlers in flight may finish within this on closing; shorter than the 30 s a supervisor usually grants. */
  drainMs: 20_000,

  /** The hub asserts its topology again this often, so that a queue deleted by hand comes back on a quiet connection. */
  reassertMs: 30_000,

  /** The first connection: a wrong address should end the start, a broker that starts beside us should not. */
  firstConnectMs: 30_000,
} as const;

/** Back-off: doubling from `firstMs` to `maxMs`, spread by `jitter` so that hosts do not come back all at once. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
  readonly jitter: number;
}

export const backoffs = {
  /** A broker restart takes about five seconds. */
  reconnect: { firstMs: 100, maxMs: 5_000, jitter: 0.5 },
  /** A queue that is not there: its owner asserts it within seconds of its own reconnect. */
  resubscribe: { firstMs: 50, maxMs: 2_000, jitter: 0.5 },
  /** A handler that asked for another try, usually because the database is away. */
  retry: { firstMs: 200, maxMs: 15_000, jitter: 0.5 },
} as const satisfies Record<string, Backoff>;

export function backoffMs({ firstMs, maxMs, jitter }: Backoff, attempt: number, random = Math.random): number {
  const base = Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(base * (1 - jitter * random()));
}

/** Messages in hand per consumer, by kind of queue (`topology.ts`). */
export const prefetches = {
  /** Up to 200 items each, a transaction each: fewer than the pool has connections. */
  intake: 8,
  answers: 16,
  /** Small, and must not wait behind the others. */
  control: 16,
  /** A host takes a batch, asks for its go-ahead and writes one file. */
  deliveries: 100,
  pluginAnswers: 32,
  host: 8,
  /** Parts of one answer, each at once with the others in memory. */
  replies: 16,
  dead: 16,
} as const;
