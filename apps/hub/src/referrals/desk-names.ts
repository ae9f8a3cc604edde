// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FunctionOutline } from '@tsunagi/contracts';
import type { ReferralRecord } from './referral.record';
import type { Viewpoint } from './viewpoint';
import type { Directory } from '../organizations';
import { sealedAmong } from '../people';
import type { Tx } from '../platform';

type Sides = Pick<ReferralRecord, 'fromFunction' | 'toFunction' | 'members'>;

/** How a desk of a referral is named to whoever looks at it from there. */
export type DeskNames = (
  referral: Sides,
  viewpoint: Pick<Viewpoint, 'sender' | 'recipient'> | undefined,
  desk: string,
) => FunctionOutline;

/**
 * S14: where somebody in it is protected, the other side does not read the name of a desk that gives the town away. Its own
 * people do, and those who coordinate, who must find it.
 */
export async function deskNames(
  tx: Pick<Tx, 'query'>,
  referrals: readonly Sides[],
  directory: Directory,
): Promise<DeskNames> {
  const telling = referrals.filter(
    (r) =>
      directory.givesTownAway(r.fromFunction) || (r.toFunction !== undefined && directory.givesTownAway(r.toFunction)),
  );
  const sealed = await sealedAmong(
    tx,
    telling.flatMap((r) => r.members.map((m) => m.person)),
  );
  return (referral, viewpoint, desk) => {
    const { sender = false, recipient = false } = viewpoint ?? {};
    const isOwn = (sender && desk === referral.fromFunction) || (recipient && desk === referral.toFunction);
    const isProtected = referral.members.some((m) => sealed.has(m.person));
    return directory.outline(desk, { hideTown: isProtected && (sender || recipient) && !isOwn });
  };
}
