// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { NotRevealed } from '@tsunagi/contracts';
import { protectedOf, type MemberItems } from '@tsunagi/domain';
import { personsOf, referralsById, subjectOf, type ReferralRecord } from './referral.record';
import { ShownContent } from './shown-content.service';
import { viewpointOf, type Viewpoint } from './viewpoint';
import type { Caller } from '../access';
import { Directory } from '../organizations';
import { protectionOf } from '../people';
import { Database } from '../platform';

export type Identity = NonNullable<MemberItems['identity']>;

/** What of a name a caller gets. */
export type NameSeen = { readonly identity: Identity } | { readonly because: NotRevealed };

/** Whose a referral is for a caller at a desk. */
export interface AtDesk {
  readonly desk: string;
  readonly person: string;
}

/** The name of whom a referral is about, as GET shows it to this caller. */
@Injectable()
export class Names {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly content: ShownContent,
  ) {}

  /**
   * Shown, and entered as a look. Of somebody who is protected only where another one has released it to the caller (ADR 27):
   * whether somebody is protected learns only who is shown the name, and with it `sealed`, by GET.
   *
   * Who became one with another one meanwhile is looked at anew: that one may be protected.
   */
  async reveal(caller: Caller, id: string, isReleased: () => Promise<boolean>): Promise<NameSeen> {
    for (;;) {
      const found = await this.find(caller, id);
      if (!found) return { because: 'NOT_FOUND' };
      const { referral, viewpoint } = found;
      const mayBeShown = !(await this.isProtected(referral)) || (await isReleased());
      const content = await this.content.of(caller, referral, viewpoint, mayBeShown ? 'name' : 'nothing');
      const identity = content?.subject.items.identity;
      if (!identity) return { because: 'NAME_NOT_SHOWN' };
      if (!mayBeShown) return { because: 'TWO_PERSONS' };
      const [now] = await this.database.query<{ version: number }>('select version from referral where id = $1', [id]);
      if (now?.version === referral.version) return { identity };
    }
  }

  /**
   * For whom of its desks the caller would be shown this name, and whether its owner is protected; `undefined` where GET shows
   * none.
   */
  async atDesk(caller: Caller, id: string): Promise<(AtDesk & { readonly protected: boolean }) | undefined> {
    const found = await this.find(caller, id);
    const desk = found && deskOf(found.referral, found.viewpoint);
    if (!found || desk === undefined) return undefined;
    const { referral, viewpoint } = found;
    const content = await this.content.of(caller, referral, viewpoint, 'nothing');
    if (!content?.subject.items.identity) return undefined;
    return { desk, person: subjectOf(referral), protected: await this.isProtected(referral) };
  }

  private async find(
    caller: Caller,
    id: string,
  ): Promise<{ referral: ReferralRecord; viewpoint: Viewpoint } | undefined> {
    const referral = (await referralsById(this.database, [id])).get(id);
    const viewpoint = referral && viewpointOf(caller, referral, this.directory);
    return viewpoint && { referral, viewpoint };
  }

  /** Whose name it is, as far as it may be told there; who else is in the referral is named by nobody here. */
  private async isProtected(referral: ReferralRecord): Promise<boolean> {
    const protection = await protectionOf(this.database, personsOf(referral));
    return protectedOf(referral.kind, personsOf(referral), protection).has(subjectOf(referral));
  }
}

const deskOf = ({ fromFunction, toFunction }: ReferralRecord, { sender, recipient }: Viewpoint): string | undefined =>
  sender ? fromFunction : recipient ? toFunction : undefined;
