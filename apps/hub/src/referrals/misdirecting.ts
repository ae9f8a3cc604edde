// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ActionFacts } from '@tsunagi/domain';
import { recallDeliveries } from './recalls';
import type { ReferralRecord } from './referral.record';
import { moved, type Stepped, type Stepping } from './stepping';
import { referralDeliveries } from '../delivery';
import { whatWent } from '../disclosure';
import { affectedBy, openIncidents } from '../incidents';

/**
 * 誤送付: its recipient reads it no more, what its system holds is recalled, and an incident is opened. Whose notice it
 * was, the history knows.
 */
export async function misdirect(stepping: Stepping<ActionFacts<'misdirected'>>): Promise<Stepped> {
  const { changes, referral, acting } = stepping;
  const after = moved(stepping);
  await takeBack(stepping, after);
  // What has not left has come to nobody; and said twice, it is the same incident.
  if (after.sentAt !== undefined && referral.misdirected !== true) await openAstray(stepping, after);
  if (after.sentAt !== undefined && acting.function !== after.fromFunction)
    changes.remind({
      function: after.fromFunction,
      role: 'caseworker',
      kind: 'see_misdirected',
      referral: after.id,
    });
  return { after };
}

async function openAstray(
  { tx, changes, acting, facts }: Stepping<ActionFacts<'misdirected'>>,
  after: ReferralRecord,
): Promise<void> {
  const went = after.fromFunction === undefined ? [] : await whatWent(tx, after.id, after.fromFunction);
  const incident = {
    kind: facts.what,
    came: { referral: after.id },
    ...affectedBy(went),
    noticedAt: changes.now,
  };
  await openIncidents(tx, [incident], acting, changes.now);
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
