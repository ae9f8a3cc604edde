// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { japaneseDay } from '@tsunagi/domain';
import { isMasked } from './looking';
import {
  isRouted,
  openContent,
  personsOf,
  subjectOf,
  type ReferralContent,
  type ReferralRecord,
} from './referral.record';
import { nameAlone } from './redacted';
import { contentSeenByCoordinator, type Sighted } from './seen-by-coordinators';
import { contentSeenBy, type ContentSeen } from './seen-content';
import type { Viewpoint } from './viewpoint';
import type { Caller } from '../access';
import { wishesOf } from '../consents';
import { hasOpened, type DisclosableReferral } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { enterLook, type Look } from '../looks';
import { Directory } from '../organizations';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, type HubKeys } from '../platform';

/** The one rule of who sees what of a content, and what of it goes into the ledger when somebody looks. */
@Injectable()
export class ShownContent {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /**
   * The sender sees its own record whole, the recipient what has gone to it, those who coordinate what a decision of their
   * own permits, nobody else any content; and nobody what was entered in error.
   *
   * @param sighted what of it somebody lays eyes on; with `nothing` nobody does, and nothing is entered
   */
  async of(
    caller: Caller,
    referral: ReferralRecord,
    viewpoint: Viewpoint,
    sighted: Sighted | 'nothing' = 'content',
  ): Promise<ReferralContent | undefined> {
    if (isMasked(referral, viewpoint)) return undefined;
    if (viewpoint.has('content', 'whole')) {
      const content = openContent(this.keys.sealing, referral);
      if (typeof sighted === 'object') await this.enterOwnName(caller, referral, content, sighted.nameOf);
      return content;
    }
    const { directory, keys } = this;
    const now = this.clock.now();
    if (viewpoint.recipient && isRouted(referral)) {
      const wishes = await wishesOf(this.database, personsOf(referral));
      const seen = await contentSeenBy(referral, wishes, { tx: this.database, directory, keys, now });
      if (seen && sighted !== 'nothing') await this.enterReading(caller, referral, seen, sighted);
      return seen?.content;
    }
    if (!viewpoint.coordinator) return undefined;
    const { legal } = this.config;
    return this.database.transaction((tx) =>
      contentSeenByCoordinator(caller, referral.id, { tx, directory, keys, legal, now }, sighted),
    );
  }

  hasOpened(
    { actor: viewer }: Caller,
    { id, toFunction: desk, contentVersion: version }: ReferralRecord & DisclosableReferral,
  ): Promise<boolean> {
    return hasOpened(this.database, { referral: id, desk, viewer, version }, japaneseDay(this.clock.now()));
  }

  enterLook(
    { actor: viewer }: Caller,
    referral: ReferralRecord,
    seen: Pick<Look, 'what' | 'function' | 'from' | 'authority' | 'members' | 'version'>,
  ): Promise<void> {
    const of = { referral: referral.id, person: subjectOf(referral) };
    const now = this.clock.now();
    return this.database.transaction((tx) =>
      enterLook(tx, { way: 'read', what: 'referral', viewer, ...of, ...seen }, now),
    );
  }

  /** A list hides also the own record's names: to have one shown is entered, to open the record is not. */
  private async enterOwnName(
    caller: Caller,
    referral: ReferralRecord,
    { subject, others }: ReferralContent,
    ref: string,
  ): Promise<void> {
    const named = [subject, ...others].find((m) => m.ref === ref && m.items.identity !== undefined);
    const person = named && referral.members.find((m) => m.ref === ref)?.person;
    if (person === undefined) return;
    await this.enterLook(caller, referral, {
      ...{ what: 'name', function: referral.fromFunction, authority: 'own_desk' },
      members: [{ ref, person, categories: ['identity'] }],
      version: referral.contentVersion,
    });
  }

  /** Whoever opened it on this day is named by the line of that already. */
  private async enterReading(
    caller: Caller,
    referral: ReferralRecord & DisclosableReferral,
    seen: ContentSeen,
    sighted: Sighted,
  ): Promise<void> {
    if (await this.hasOpened(caller, referral)) return;
    const { fromFunction, toFunction, members, contentVersion } = referral;
    const personOf = (ref: string) => members.find((m) => m.ref === ref)?.person ?? '';
    const isName = sighted !== 'content';
    const read = isName ? nameAlone(seen.members, sighted.nameOf) : seen.members;
    if (isName && read.length === 0) return;
    await this.enterLook(caller, referral, {
      ...(isName && { what: 'name' as const }),
      function: toFunction,
      from: fromFunction,
      authority: seen.authority,
      members: read.map(({ ref, categories }) => ({ ref, person: personOf(ref), categories: [...categories] })),
      version: contentVersion,
    });
  }
}
