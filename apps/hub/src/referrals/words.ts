// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Permit, ReferralAction } from '@tsunagi/domain';
import { isReadable, takesNotes } from './readable';
import { isRouted, personsOf, type ReferralRecord } from './referral.record';
import { moved, type Stepped, type Stepping } from './stepping';
import { decideWords, enter, isHeldBack, noteBrought, type Words } from './words-decided';
import { wishesOf } from '../consents';
import { decideOnWords, isPermit } from '../disclosure';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

/** Steps with which the sender writes something to the recipient's desk. */
export const bringsWords: ReadonlySet<ReferralAction> = new Set<ReferralAction>(['answer', 'send-back']);

/** The step is taken, and its words go to the other desk: no line in the ledger, no disclosure. */
export async function say(stepping: Stepping<object>, words: Words | undefined): Promise<Stepped> {
  const { tx, referral, acting } = stepping;
  const after = moved(stepping);
  if (words && isRouted(referral) && !(await isHeldBack(tx, referral, acting.actor)))
    enter(stepping, referral, words, { there: true });
  return { after };
}

/**
 * The sender adds a note, whatever it adds beside it. What is permitted is entered at once, as on its way as long as the
 * other desk does not have the referral itself; for the rest it waits, like a correction.
 */
export async function sayBeside(
  at: Pick<Stepping<object>, 'tx' | 'changes' | 'directory' | 'acting'>,
  after: ReferralRecord,
): Promise<ReferralRecord> {
  const { changes } = at;
  if (after.sentAt === undefined || !isRouted(after) || after.misdirected === true || !takesNotes(after.state))
    return after;
  if (await isHeldBack(at.tx, after, at.acting.actor)) return after;
  const words = await decideWords(at, after);
  const permitted = words !== undefined && isPermit(words.decision);
  const isThere = after.everReceived === true;
  if (permitted) enter(at, after, words, { there: isThere });
  if (permitted && isThere) return noteBrought(changes, after);
  const waiting = changes.noteWaits(after, true);
  if (!permitted) changes.wait(waiting, 'authority');
  return changes.latest(waiting);
}

/** On what the recipient may still read what was written to it, if it may. As long as the content itself could be shown there. */
export async function seesWords(
  tx: Pick<Tx, 'query'>,
  referral: ReferralRecord,
  directory: Directory,
  now: Date,
): Promise<Permit | undefined> {
  if (!isReadable(referral) || referral.noteWaits === true || !isRouted(referral)) return undefined;
  const decision = decideOnWords(referral, await wishesOf(tx, personsOf(referral)), directory, now);
  return isPermit(decision) ? decision : undefined;
}
