// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ActionFacts } from '@tsunagi/domain';
import { recallDeliveries } from './recalls';
import type { ReferralRecord } from './referral.record';
import { moved, type Stepped, type Stepping } from './stepping';
import { referralDeliveries } from '../delivery';
import { newId } from '../platform';

/**
 * 誤送付: its recipient reads it no more, what its system holds is recalled, and an incident is opened. Whose notice it
 * was, the history knows.
 */
export async function misdirect(stepping: Stepping<ActionFacts<'misdirected'>>): Promise<Stepped> {
  const { tx, changes, referral, acting, facts } = stepping;
  const after = moved(stepping);
  await takeBack(stepping, after);
  // What has not left has come to nobody; and said twice, it is the same incident.
  if (after.sentAt !== undefined && referral.misdirected !== true)
    tx.insert('incident', [
      {
        id: newId(changes.now),
        referral: after.id,
        kind: facts.what,
        opened_at: changes.now.toISOString(),
        opened_by: acting.actor,
      },
    ]);
  if (after.sentAt !== undefined && acting.function !== after.fromFunction)
    changes.remind({
      function: after.fromFunction,
      role: 'caseworker',
      kind: 'see_misdirected',
      referral: after.id,
    });
  return { after };
}

/** It should never have been entered: kept, read by nobody any more, and recalled. */
export async function markError(stepping: Stepping<ActionFacts<'mark-error'>>): Promise<Stepped> {
  const after = moved(stepping);
  await takeBack(stepping, after);
  return { after };
}

async function takeBack(
  { tx, changes }: Pick<Stepping<object>, 'tx' | 'changes'>,
  after: ReferralRecord,
): Promise<void> {
  await recallDeliveries(tx, changes, after, await referralDeliveries(tx, [after.id]));
}
