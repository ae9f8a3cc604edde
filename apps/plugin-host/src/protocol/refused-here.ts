// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Courier } from '@tsunagi/messaging';
import { errorCode, type Clock, type Log } from '@tsunagi/plugin-sdk';
import { HubLine } from '@tsunagi/plugin-sdk/host';

export interface RefusedHereOptions {
  readonly plugin: string;
  readonly hostId: string;
  /** Why it cannot run here. */
  readonly code: string;
  readonly connect: () => Promise<Courier>;
  readonly clock: Clock;
  readonly log: Log;
  readonly heartbeatMs: number;
}

/** A plugin that cannot run on this host: the hub is told why with each heartbeat, for nobody looks into this log at first. */
export class RefusedHere {
  private courier: Courier | undefined;
  private closing = false;
  private saying: Promise<void> = Promise.resolve();
  private cancel: () => void = () => undefined;

  constructor(private readonly options: RefusedHereOptions) {}

  start(): Promise<void> {
    const { log, clock, heartbeatMs } = this.options;
    this.saying = this.say().catch((error: unknown) => {
      log.warn({ type: 'plugin.heartbeat.v1', code: errorCode(error, 'PUBLISH_FAILED') }, 'not said');
    });
    return this.saying.then(() => {
      if (!this.closing) this.cancel = clock.after(heartbeatMs, () => void this.start());
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    this.cancel();
    await this.saying;
    await this.courier?.close();
  }

  private async say(): Promise<void> {
    const { plugin, hostId, code, connect, clock } = this.options;
    this.courier ??= await connect();
    const beat = { plugin, running: false, inHand: 0, code };
    await new HubLine(plugin, this.courier, clock).say('plugin.heartbeat.v1', { hostId, plugins: [beat] });
  }
}
