// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { SheetOpened } from '@tsunagi/contracts';
import { Changes } from './changes';
import { openOnScreen } from './open-on-screen';
import { personsOf, referralsById } from './referral.record';
import { ReferralUnknownError } from './referrals.errors';
import { readSheetCode } from './sheet-code';
import { viewpointOf } from './viewpoint';
import { Views } from './views.service';
import type { Caller } from '../access';
import { sheetByCode } from '../delivery';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { lockPersons } from '../people';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, type HubKeys } from '../platform';

/** Paper and what the person carries: whoever at the receiving desk enters the code has the sheet. */
@Injectable()
export class Sheets {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly views: Views,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /**
   * Opens the referral of a sheet; the first time it has arrived by that. The same answer for a code that nobody has and
   * for one of another desk's sheet.
   * @throws {ReferralUnknownError}
   */
  async open(caller: Caller, typed: string): Promise<SheetOpened> {
    const code = readSheetCode(typed);
    const sheet = code === undefined ? undefined : await sheetByCode(this.database, code);
    if (!sheet) throw new ReferralUnknownError();
    await this.arrive(caller, sheet.referral);
    const referral = await this.views.detail(caller, sheet.referral);
    const { actions } = await this.views.actions(caller, sheet.referral);
    return { referral, actions };
  }

  private async arrive(caller: Caller, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = (await referralsById(tx, [id])).get(id);
      if (!before) throw new ReferralUnknownError();
      await lockPersons(tx, personsOf(before));
      const referral = (await referralsById(tx, [id])).get(id) ?? before;
      const viewpoint = viewpointOf(caller, referral, this.directory, { bySheet: true });
      if (!viewpoint?.recipient) throw new ReferralUnknownError();
      if (referral.state !== 'sent') return;
      const { sealing } = this.keys;
      const { directory } = this;
      const changes = new Changes({ sealing, directory, legal: this.config.legal }, this.clock.now());
      const acting = { actor: caller.actor, function: referral.toFunction };
      await openOnScreen({ tx, changes, directory }, referral, viewpoint.actors, acting, undefined);
      await changes.save(tx);
    });
  }
}
