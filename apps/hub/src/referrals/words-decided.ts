// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DisclosureDecision } from '@tsunagi/domain';
import { isProtected } from './protected-content';
import { isReadable, takesNotes } from './readable';
import { isRouted, personsOf, subjectOf, type ReferralRecord } from './referral.record';
import type { Reminder } from './todos';
import { wishesOf, type Wishes } from '../consents';
import { bringWords, decideOnWords, enterWords, isPermit, recallWords, type DisclosableReferral } from '../disclosure';
import type { Directory } from '../organizations';
import { protectionOf } from '../people';
import type { Tx } from '../platform';

/** What words need of what a transaction gathers (`Changes`). */
interface Gathering {
  readonly now: Date;
  decide(
    referral: DisclosableReferral,
    decision: DisclosureDecision,
    wishes: Wishes,
    how: { readonly goesOutOnIt: boolean },
  ): string;
  afterDecisions(work: () => Promise<void>): void;
  wait(referral: ReferralRecord, waitsFor: 'authority'): void;
  noteWaits(referral: ReferralRecord, waits: boolean): ReferralRecord;
  remind(reminder: Omit<Reminder, 'at'>): void;
}

interface Deciding {
  readonly tx: Tx;
  readonly changes: Gathering;
  readonly directory: Directory;
}

/** What is written to the recipient is decided like the content itself; on a sheet it never is. */
export interface Words {
  readonly decision: DisclosureDecision;
  readonly wishes: Wishes;
}

export async function decideWords(
  { tx, changes, directory }: Deciding,
  referral: ReferralRecord,
): Promise<Words | undefined> {
  if (!isRouted(referral)) return undefined;
  const wishes = await wishesOf(tx, personsOf(referral));
  return { decision: decideOnWords(referral, wishes, directory, changes.now), wishes };
}

/** Of whoever is protected no program speaks: what it writes stays with the desk for which it does, and is no disclosure. */
export const isHeldBack = async (tx: Pick<Tx, 'query'>, referral: ReferralRecord, actor: string): Promise<boolean> =>
  !actor.startsWith('staff:') && isProtected(referral, await protectionOf(tx, personsOf(referral)));

/** Who wrote last beside the content at its sender's. */
async function lastWriter(tx: Tx, { id, fromFunction }: ReferralRecord): Promise<string> {
  const [last] = await tx.query<{ actor: string }>(
    `select actor from referral_event where referral = $1 and function = $2 and action = 'supplement' and facts is not null
     order by version desc limit 1`,
    [id, fromFunction],
  );
  return last?.actor ?? 'core';
}

/** A note has waited: it is there as soon as the referral itself is, and may be read. */
export async function bringNote(at: Deciding, referral: ReferralRecord): Promise<void> {
  const { changes } = at;
  if (!isRouted(referral) || referral.everReceived !== true || !isReadable(referral) || !takesNotes(referral.state))
    return;
  if (await isHeldBack(at.tx, referral, await lastWriter(at.tx, referral))) {
    recallWords(at.tx, referral.id);
    changes.noteWaits(referral, false);
    return;
  }
  const words = await decideWords(at, referral);
  if (!words || !isPermit(words.decision)) return changes.wait(referral, 'authority');
  enter(at, referral, words, { there: true, before: true });
  noteBrought(changes, referral);
}

export function noteBrought(changes: Gathering, referral: ReferralRecord & DisclosableReferral): ReferralRecord {
  changes.remind({ function: referral.toFunction, role: 'caseworker', kind: 'see_correction', referral: referral.id });
  return changes.noteWaits(referral, false);
}

/**
 * The line in the ledger, where something permits the words.
 *
 * @param on.there the other desk can read them; otherwise they are on their way
 * @param on.before a line of words may be on its way already
 */
export function enter(
  { tx, changes }: Pick<Deciding, 'tx' | 'changes'>,
  referral: ReferralRecord & DisclosableReferral,
  { decision: permit, wishes }: Words,
  { there, before = false }: { readonly there: boolean; readonly before?: boolean },
): void {
  if (!isPermit(permit)) return;
  const decision = changes.decide(referral, permit, wishes, { goesOutOnIt: false });
  const { id, fromFunction: senderFunction, toFunction: recipientFunction, members } = referral;
  const parties = { senderFunction, recipientFunction };
  const line = { decision, permit, referral: id, person: subjectOf(referral), subject: members[0], ...parties };
  changes.afterDecisions(async () => {
    if (!before || !(await bringWords(tx, line, changes.now))) enterWords(tx, { ...line, there }, changes.now);
  });
}
