// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { maxItems, maxPayloadBytes } from '@tsunagi/contracts';
import { frameBytes } from '../plugin/map-item';

/** Every figure of the runtime, with its reason. Specs and hosts may set some of them. */
export const runnerLimits = {
  /** Items of one message. */
  itemsPerMessage: maxItems,
  bytesPerMessage: maxPayloadBytes - frameBytes,
  /** Messages whose items wait for answers: as many as the hub takes at once, so that neither side waits for the other. */
  messagesInFlight: 8,
  /** Unanswered items are sent again: well beyond a transaction that waits for its lock. */
  resendAfterMs: 15_000,
  /** What arrives within this is one batch: the broker hands out one by one what the hub has sent together. */
  gatherMs: 15,
  /** Deliveries of one batch, one question and one file. */
  deliveriesPerBatch: 200,
  /** First patience with a question for the go-ahead; it doubles up to the second figure. */
  checkTimeoutMs: 5_000,
  longestCheckTimeoutMs: 60_000,
  /** Pause between two tries to say a receipt. */
  receiptRetryMs: 1_000,
  /** A delivery that was in hand at this many deaths of the host is parked; the last ones it was in hand alone. */
  killsBeforeParking: 3,
  /** Between two passes of a source that names no interval. */
  pollMs: 5_000,
  /** What is in hand may finish within this when the plugin is disabled. */
  drainMs: 20_000,
} as const;
export type RunnerLimits = { readonly [K in keyof typeof runnerLimits]: number };
