// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { hasSheet, safelyMet } from '@tsunagi/domain';
import { uuidToCode } from '@tsunagi/text';
import { channelOf } from './channel';
import { conditionsOf, isMasked, lookAt } from './looking';
import { isRouted, personsOf, subjectOf, type ReferralRecord } from './referral.record';
import { NothingToPrintError } from './referrals.errors';
import { contentSeenBy, type ContentSeen } from './seen-content';
import { sheetPage, type Sheet } from './sheet-page';
import type { Viewpoint } from './viewpoint';
import type { Caller } from '../access';
import { wishesOf } from '../consents';
import { sheetOf } from '../delivery';
import type { DisclosableReferral } from '../disclosure';
import { enterLook } from '../looks';
import { Directory } from '../organizations';
import { besideReferral, lockPersons, namesBeside } from '../people';
import { Clock, Database, HUB_KEYS, PdfPrinter, type HubKeys, type Tx } from '../platform';

type Routed = ReferralRecord & DisclosableReferral;

/** A referral as a sheet of paper: what its recipient may see, whoever of the two desks prints it. */
@Injectable()
export class PrintedSheets {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly pdf: PdfPrinter,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** @throws {ReferralUnknownError} @throws {NothingToPrintError} */
  async html(caller: Caller, id: string): Promise<string> {
    return sheetPage(await this.database.transaction((tx) => this.printed(tx, caller, id)));
  }

  /** @throws {ReferralUnknownError} @throws {NothingToPrintError} @throws {PdfUnavailableError} */
  async document(caller: Caller, id: string): Promise<Buffer> {
    // Before it stands in the ledger that something was printed.
    this.pdf.refuseWithoutBrowser();
    return this.pdf.print(await this.html(caller, id));
  }

  private async printed(tx: Tx, caller: Caller, id: string): Promise<Sheet> {
    const { directory } = this;
    const now = this.clock.now();
    const looking = { tx, directory, now };
    const before = await lookAt(caller, id, looking);
    await lockPersons(tx, personsOf(before.referral));
    const { referral, viewpoint } = await lookAt(caller, id, looking);
    if (!isRouted(referral) || isMasked(referral, viewpoint)) throw new NothingToPrintError();
    const channel = channelOf(referral, directory);
    // What stays in the hub is on no paper either.
    if (channel === 'hub_only') throw new NothingToPrintError();
    const seen = await this.seenBy(tx, referral, viewpoint, now);
    if (!seen) throw new NothingToPrintError();
    this.enter(tx, caller, referral, viewpoint, seen, now);
    const { content } = seen;
    const named = await namesBeside(tx, directory, [
      { desks: [referral.fromFunction, referral.toFunction], persons: personsOf(referral) },
    ]);
    // Paper is read by whoever finds it: beside who is protected it names neither desk that tells the town (S14).
    const nameOf = (desk: string) => named(desk, { ...besideReferral(referral.kind, personsOf(referral)), own: [] });
    return {
      code: uuidToCode(referral.id),
      ...{ kind: referral.kind, urgency: referral.urgency, purpose: referral.purpose, sentAt: referral.sentAt },
      ...{ from: nameOf(referral.fromFunction), to: nameOf(referral.toFunction), fromWorker: content.worker },
      howTheyMeet: referral.howTheyMeet && safelyMet(referral.howTheyMeet, content.subject),
      members: seen.members.length > 0 ? [content.subject, ...content.others] : [],
      said: content.said,
      conditions: (await conditionsOf(referral, tx)) ?? [],
      carried: channel === 'carried_by_person',
    };
  }

  /**
   * The recipient prints what it sees. The sender prints what goes by paper, from the moment it may leave, and judged by what it was
   * told: of what goes to a screen or a system the sheet would tell whether it was opened.
   */
  private async seenBy(
    tx: Tx,
    referral: Routed,
    { sender, recipient }: Viewpoint,
    now: Date,
  ): Promise<ContentSeen | undefined> {
    const { directory, keys } = this;
    const wishes = await wishesOf(tx, personsOf(referral));
    if (recipient) return contentSeenBy(referral, wishes, { tx, directory, keys, now });
    const isOut = hasSheet(channelOf(referral, directory)) && (await sheetOf(tx, referral.id)) === 'out';
    if (!sender || !isOut) return undefined;
    const asTold = { ...referral, state: referral.toldState };
    return contentSeenBy(asTold, wishes, { tx, directory, keys, now, onItsWay: true });
  }

  private enter(
    tx: Tx,
    { actor: viewer }: Caller,
    { id, members, contentVersion, fromFunction, toFunction }: Routed,
    { recipient }: Viewpoint,
    seen: ContentSeen,
    now: Date,
  ): void {
    const personOf = (ref: string) => members.find((m) => m.ref === ref)?.person ?? '';
    enterLook(
      tx,
      {
        ...{ way: 'print', what: 'referral', viewer, referral: id, person: subjectOf({ members }) },
        ...(recipient
          ? { function: toFunction, from: fromFunction, authority: seen.authority }
          : { function: fromFunction, authority: 'own_desk' }),
        members: seen.members.map(({ ref, categories }) => ({
          ref,
          person: personOf(ref),
          categories: [...categories],
        })),
        version: contentVersion,
      },
      now,
    );
  }
}
