// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { takeStep, toldStateOf, type ActionFacts } from '@tsunagi/domain';
import type { Changes } from './changes';
import { recallDeliveries } from './recalls';
import { pluginOf, subjectOf, type ReferralRecord } from './referral.record';
import { moved, type Stepped, type Stepping } from './stepping';
import { referralDeliveries } from '../delivery';

/**
 * Before 引受 it is withdrawn, and what has gone is recalled. Later the recipient is asked, and says so when it agrees. For
 * a sender that was told of no 引受 it is withdrawn either way: the answer would tell.
 */
export async function withdraw(stepping: Stepping<ActionFacts<'withdraw'>>): Promise<Stepped> {
  const { tx, changes, referral, taken } = stepping;
  if (taken.to === 'withdrawn') {
    const after = moved(stepping);
    await recallDeliveries(tx, changes, after, await referralDeliveries(tx, [after.id]));
    return { after };
  }
  if (toldStateOf(referral) === referral.state) return { after: moved(stepping) };
  return { after: withdrawnForSender(stepping) };
}

/** The person has died, and it has not left: it never will. Its sender is asked to write and call no more. */
export function withdrawUnsent(changes: Changes, referral: ReferralRecord): ReferralRecord {
  changes.remind({
    function: referral.fromFunction,
    role: 'caseworker',
    kind: 'person_deceased',
    referral: referral.id,
  });
  return changes.move(referral, takeStep(referral, { action: 'withdraw', by: 'core', facts: {} }), { actor: 'core' });
}

function withdrawnForSender(stepping: Stepping<ActionFacts<'withdraw'>>): ReferralRecord {
  const { changes, referral } = stepping;
  const { now } = changes;
  const plugin = pluginOf(referral.sender);
  const told = { toldState: 'withdrawn', toldAt: now, toldDueOn: undefined } as const;
  const after = moved(stepping, { ...told, ...(plugin !== undefined && { lastStatus: '60' }) });
  if (plugin !== undefined) {
    const about = { referral: after.id, person: subjectOf(after) };
    changes.deliver({ plugin, kind: 'status', ...about, status: '60', statusAt: now });
  }
  return after;
}
