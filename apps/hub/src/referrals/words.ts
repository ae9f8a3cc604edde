// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DisclosureDecision, ReferralAction } from '@tsunagi/domain';
import { isRouted, personsOf, subjectOf, type ReferralRecord } from './referral.record';
import { unseenStates } from './seen-content';
import { moved, type Here, type Stepped, type Stepping } from './stepping';
import { wishesOf, type Wishes } from '../consents';
import { decideOnWords, enterWords, isPermit } from '../disclosure';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

/** Steps with which the sender writes something to the recipient's desk. */
export const bringsWords: ReadonlySet<ReferralAction> = new Set<ReferralAction>(['answer', 'send-back']);

/** What is written to the recipient is decided like the content itself; on a sheet it never is. */
export interface Words {
  readonly decision: DisclosureDecision;
  readonly wishes: Wishes;
}

export async function decideWords(
  { tx, changes, directory }: Pick<Here, 'tx' | 'changes' | 'directory'>,
  referral: ReferralRecord,
): Promise<Words | undefined> {
  if (!isRouted(referral)) return undefined;
  const wishes = await wishesOf(tx, personsOf(referral));
  return { decision: decideOnWords(referral, wishes, directory, changes.now), wishes };
}

/** The step is taken, and its words go to the other desk: no line in the ledger, no disclosure. */
export function say(stepping: Stepping<object>, words: Words | undefined): Stepped {
  const { tx, changes, referral } = stepping;
  const after = moved(stepping);
  if (!words || !isPermit(words.decision) || !isRouted(referral)) return { after };
  const { decision: permit, wishes } = words;
  const decision = changes.decide(referral, permit, wishes, { goesOutOnIt: false });
  const { id, fromFunction: senderFunction, toFunction: recipientFunction, members } = referral;
  const parties = { senderFunction, recipientFunction };
  const line = { decision, permit, referral: id, person: subjectOf(referral), subject: members[0], ...parties };
  changes.afterDecisions(() => Promise.resolve(enterWords(tx, line, changes.now)));
  return { after };
}

/** May the recipient still read what was written to it? As long as the content itself could be shown there. */
export async function seesWords(
  tx: Pick<Tx, 'query'>,
  referral: ReferralRecord,
  directory: Directory,
  now: Date,
): Promise<boolean> {
  if (unseenStates.has(referral.state) || referral.misdirected === true || !isRouted(referral)) return false;
  return isPermit(decideOnWords(referral, await wishesOf(tx, personsOf(referral)), directory, now));
}
