// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isEntrusted, multiAgency } from '@tsunagi/domain';
import {
  openContent,
  personsOf,
  referralsById,
  subjectOf,
  type ReferralContent,
  type ReferralRecord,
} from './referral.record';
import { nameAlone, redacted } from './redacted';
import type { Here } from './stepping';
import { isSeenOnItsWay } from './readable';
import type { Caller } from '../access';
import { audit } from '../audit';
import { wishesOf, type Wishes } from '../consents';
import { decideForCoordinatorsOn, decisionRow, enterSight, isPermit, stillCovers, type Sight } from '../disclosure';
import { enterLooks } from '../looks';
import type { Directory } from '../organizations';
import { lockPersons } from '../people';

/** What somebody lays eyes on: all that may be shown, or the name of one who is in it. */
export type Sighted = 'content' | { readonly nameOf: string };

/**
 * The content of a referral that is neither from nor to the coordinators' desk, as far as a decision of its own permits them
 * to see it now: by the redaction of message and screen, into the ledger with this reading, and into the audit every time.
 * The sender's words on the hand-over are for its recipient, and stay out. `undefined` = nothing.
 */
export async function contentSeenByCoordinator(
  caller: Caller,
  id: string,
  { tx, directory, keys, legal, now }: Omit<Here, 'changes'> & { readonly legal: string; readonly now: Date },
  sighted: Sighted | 'nothing' = 'content',
): Promise<ReferralContent | undefined> {
  const before = (await referralsById(tx, [id])).get(id);
  const desk = coordinatorsDeskOf(caller, directory);
  if (!before || desk === undefined || caller.kind !== 'staff') return undefined;
  // Whom the person has shut out by name oversees as before, and reads nothing.
  if (caller.excluded?.referrals.has(id)) return undefined;
  await lockPersons(tx, personsOf(before));
  const referral = (await referralsById(tx, [id])).get(id) ?? before;
  const isTheirs = referral.fromFunction === desk || referral.toFunction === desk;
  if (isTheirs || referral.sentAt === undefined || !isSeenOnItsWay(referral)) return undefined;
  const wishes = await wishesOf(tx, personsOf(referral));
  const atTheirs = { ...referral, toFunction: desk };
  const municipalStaff = !isEntrusted(caller);
  const decision = decideForCoordinatorsOn(atTheirs, municipalStaff, wishes, directory, now);
  if (!isPermit(decision)) return undefined;
  const content = redacted(openContent(keys.sealing, referral), decision.members, directory.function(desk).system);
  if (sighted === 'nothing') return content;
  const { fromFunction: senderFunction, members, contentVersion } = referral;
  const isName = sighted !== 'content';
  const seen = isName ? nameAlone(decision.members, sighted.nameOf) : decision.members;
  if (seen.length === 0) return content;
  const isNamed = await enterSight(
    tx,
    {
      decision: decisionRow(decision, { ...atTheirs, purpose: 'coordination' }, wishes, { directory, legal }, now),
      referral: id,
      person: subjectOf(referral),
      senderFunction,
      recipientFunction: desk,
      permit: { ...decision, members: seen },
      members,
      viewer: caller.actor,
    },
    contentVersion,
    now,
  );
  // Whoever looks at what another one has looked at before.
  if (!isNamed)
    enterLooks(
      tx,
      [
        {
          ...{ way: 'read', what: isName ? 'name' : 'referral', viewer: caller.actor, function: desk },
          from: senderFunction,
          ...{ authority: decision.authority, person: subjectOf(referral), referral: id, version: contentVersion },
          members: seen.map(({ ref, categories }) => ({
            ref,
            person: members.find((m) => m.ref === ref)?.person ?? '',
            categories: [...categories],
          })),
        },
      ],
      now,
    );
  audit(tx, {
    at: now,
    actor: caller.actor,
    function: desk,
    action: 'referral.content_seen',
    objectKind: 'referral',
    object: id,
    details: { authority: decision.authority, contentVersion, ...(isName && { what: 'name' }) },
  });
  return content;
}

/** Of what those who coordinate have looked at: what no decision permits them any more. */
export function sightsLost(
  referral: ReferralRecord,
  sights: readonly Sight[],
  wishes: Wishes,
  directory: Directory,
  now: Date,
): Sight[] {
  return sights.filter(({ desk, permit }) => {
    if (!isSeenOnItsWay(referral)) return true;
    const atTheirs = { ...referral, toFunction: desk };
    // Whoever looked as municipal staff is so still; the purpose does not end with a consent.
    const asStaff = permit.authority === 'within_purpose';
    return !stillCovers(decideForCoordinatorsOn(atTheirs, asStaff, wishes, directory, now), permit);
  });
}

/** The desk of 多機関協働 at which the caller works; without one, the only one that there is. */
function coordinatorsDeskOf({ acting, functions }: Caller, directory: Directory): string | undefined {
  const desks = directory
    .all()
    .filter((f) => f.functionType === multiAgency && directory.inForce(f.id))
    .map((f) => f.id);
  const own = desks.filter((desk) => functions.includes(desk));
  return own.find((desk) => desk === acting) ?? own[0] ?? (desks.length === 1 ? desks[0] : undefined);
}
