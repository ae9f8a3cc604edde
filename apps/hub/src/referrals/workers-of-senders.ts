// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { openContent, referralsById } from './referral.record';
import { HUB_KEYS, type HubKeys, type Tx } from '../platform';
import { SenderWorkers } from '../support-units';

@Injectable()
export class WorkersOfSenders extends SenderWorkers {
  constructor(@Inject(HUB_KEYS) private readonly keys: HubKeys) {
    super();
  }

  async of(tx: Tx, id: string): Promise<string | undefined> {
    const referral = (await referralsById(tx, [id])).get(id);
    // What has been masked names nobody.
    return referral?.sealedContent ? openContent(this.keys.sealing, referral).worker : undefined;
  }
}
