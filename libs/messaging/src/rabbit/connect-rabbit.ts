// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubAccount } from '@tsunagi/contracts';
import type { Courier, CourierRole } from '../courier';
import { limits } from '../limits';
import { guarded, noLog, type MessagingLog } from '../log';
import { pause, type Pause } from '../pause';
import { ReconnectingCourier } from '../reconnecting-courier';
import { RabbitLink } from './rabbit-link';

export interface ConnectRabbitOptions {
  /** With the account and its password. */
  readonly url: string;
  readonly account: string;
  readonly role: CourierRole;
  /** Plugins whose queues the hub asserts from the start; `declarePlugin()` adds more. */
  readonly plugins?: readonly string[];
  /** @default 5 */
  readonly heartbeatSeconds?: number;
  /** @default 10000 */
  readonly confirmTimeoutMs?: number;
  /** How long the first connection may take. @default 30000 */
  readonly firstConnectMs?: number;
  /** How long `close()` waits for handlers in flight. @default 20000 */
  readonly drainMs?: number;
  readonly log?: MessagingLog;
  /** @default real time */
  readonly pause?: Pause;
}

/** Connects to RabbitMQ; rejects when it refuses the account, or cannot be reached for the first time. */
export function connectRabbit(options: ConnectRabbitOptions): Promise<Courier> {
  const { url, account, role } = options;
  const log = guarded(options.log ?? noLog);
  const heartbeatSeconds = options.heartbeatSeconds ?? limits.heartbeatSeconds;
  return ReconnectingCourier.connect({
    account,
    role,
    dial: () => RabbitLink.dial({ url, account, heartbeatSeconds, log }),
    pause: options.pause ?? pause,
    log,
    confirmTimeoutMs: options.confirmTimeoutMs ?? limits.confirmTimeoutMs,
    firstConnectMs: options.firstConnectMs ?? limits.firstConnectMs,
    drainMs: options.drainMs ?? limits.drainMs,
    plugins: options.plugins ?? [],
  });
}

/** Declares everything that the broker must hold, once; `tsunagi migrate` does it before the hub starts. */
export async function assertTopology(options: {
  url: string;
  plugins: readonly string[];
  log?: MessagingLog;
}): Promise<void> {
  const { url, plugins } = options;
  const log = guarded(options.log ?? noLog);
  const link = await RabbitLink.dial({ url, account: hubAccount, heartbeatSeconds: limits.heartbeatSeconds, log });
  try {
    await link.declareShared(plugins);
  } finally {
    await link.close();
  }
}
