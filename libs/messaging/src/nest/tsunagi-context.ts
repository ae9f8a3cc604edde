// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { BaseRpcContext } from '@nestjs/microservices';
import type { ReceivedMessage } from '../courier';

/** What a handler can know of its message beside the event. */
export class TsunagiContext extends BaseRpcContext<[ReceivedMessage, string]> {
  get queue(): string {
    return this.args[1];
  }

  get redelivered(): boolean {
    return this.args[0].redelivered;
  }

  /** The broker account that published it; the event's source is its own. */
  get account(): string {
    return this.args[0].account;
  }
}
