// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueQuery } from '@tsunagi/contracts';
import { desksFor } from '@tsunagi/domain';
import { deskNames } from './desk-names';
import { referralsWhere } from './referral.record';
import { viewpointOf } from './viewpoint';
import type { Caller } from '../access';
import { isUnnamed, type Directory } from '../organizations';
import { isProtectedSql } from '../people';
import type { Tx } from '../platform';

/**
 * Whoever asks for what goes to or from a certain desk, and finds a referral in which that desk is not named, has its name. So
 * these are not found by it (DOMAIN §6 Seal).
 */
export async function notFoundByDesk(
  tx: Pick<Tx, 'query'>,
  caller: Caller,
  { from, to, function: either, lead }: QueueQuery,
  directory: Directory,
): Promise<string[]> {
  const mine = desksFor(caller, 'referrals.work');
  const asked = [from, to, either, lead].flatMap((f) => f ?? []);
  const telling = asked.filter((desk) => directory.givesTownAway(desk) && !mine.includes(desk));
  if (telling.length === 0 || mine.length === 0) return [];
  const meeting = await referralsWhere(
    tx,
    `(from_function = any($1::uuid[]) or to_function = any($1::uuid[]) or lead = any($1::uuid[]))
       and (from_function = any($2::uuid[]) or to_function = any($2::uuid[]) or lead = any($2::uuid[])) and ${isProtectedSql('members')}`,
    [telling, mine],
    { content: false },
  );
  const named = await deskNames(tx, meeting, directory);
  return meeting
    .filter((r) => telling.some((desk) => isUnnamed(named(r, viewpointOf(caller, r, directory), desk))))
    .map((r) => r.id);
}
