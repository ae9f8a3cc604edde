// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { kindRules, type Permit } from '@tsunagi/domain';
import { mayArrive } from './claim-referral';
import { isReadable, isSeenOnItsWay } from './readable';
import { openContent, personsOf, type ReferralContent, type ReferralRecord } from './referral.record';
import { redacted, saidToOthers } from './redacted';
import type { Wishes } from '../consents';
import { newestBrought } from '../delivery';
import { decideOn, disclosedTo, isPermit, type DisclosableReferral } from '../disclosure';
import type { Directory } from '../organizations';
import { mergedInto } from '../people';
import type { HubKeys, Tx } from '../platform';

/** What a recipient sees, and by what. */
export interface ContentSeen extends Pick<Permit, 'authority' | 'members'> {
  readonly content: ReferralContent;
}

interface Seeing {
  readonly tx: Pick<Tx, 'query'>;
  readonly directory: Directory;
  readonly keys: HubKeys;
  readonly now: Date;
  readonly onItsWay?: boolean;
}

/**
 * The content as its recipient may see and use it: what the ledger says has gone to it, as far as a decision still permits
 * it now. `undefined` = nothing.
 *
 * @param onItsWay what a sheet brings is on it before anybody at the desk has it
 */
export async function contentSeenBy(
  referral: ReferralRecord & DisclosableReferral,
  wishes: Wishes,
  { tx, directory, keys, now, onItsWay = false }: Seeing,
): Promise<ContentSeen | undefined> {
  if (!(onItsWay ? isSeenOnItsWay(referral) : isReadable(referral))) return undefined;
  const decision = decideOn(referral, wishes, directory, now);
  if (!isPermit(decision)) return undefined;
  // What its sender has written since nothing comes here any more is not this desk's.
  if (!mayArrive(referral) && (await newestBrought(tx, referral.id)) < referral.contentVersion) return undefined;
  const gone = await disclosedTo(tx, referral.id, referral.toFunction);
  // Where nobody is in it, there is no category to have gone.
  const content = openContent(keys.sealing, referral);
  const { said: _, ...unsaid } = content;
  const shown = { ...unsaid, ...saidToOthers(content, referral, wishes) };
  const { authority } = decision;
  if (kindRules[referral.kind].persons === 'none') return { content: shown, authority, members: [] };
  // Who was merged since, the ledger knows under the other id.
  const ids = await mergedInto(tx, personsOf(referral));
  const permitted = decision.members.flatMap((permit) => {
    const person = referral.members.find((m) => m.ref === permit.ref)?.person ?? '';
    const theirs = (ids.get(person) ?? []).flatMap((id) => gone.get(id) ?? []);
    const categories = permit.categories.filter((c) => theirs.some((has) => has.has(c)));
    return theirs.length > 0 ? [{ ...permit, categories }] : [];
  });
  if (permitted.length === 0) return undefined;
  const { system } = directory.function(referral.toFunction);
  return { content: { ...shown, ...redacted(content, permitted, system) }, authority, members: permitted };
}
