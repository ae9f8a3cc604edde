// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { statusCodeOf, takeStep, toldStateOf, type ActionFacts, type HistoryEntry } from '@tsunagi/domain';
import type { Acting, Changes } from './changes';
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
  return overFor(changes, referral, 'withdrawn', (also) => moved(stepping, also));
}

/** For its sender it has ended with this; at the other desk it goes on. */
export function tellItIsOver(
  changes: Changes,
  referral: ReferralRecord,
  toldState: 'withdrawn' | 'revoked',
  { action, by }: { readonly action: HistoryEntry; readonly by: Acting },
): ReferralRecord {
  return overFor(changes, referral, toldState, (also) => changes.record(referral, action, by, {}, also));
}

function overFor(
  changes: Changes,
  referral: ReferralRecord,
  toldState: 'withdrawn' | 'revoked',
  write: (also: Partial<ReferralRecord>) => ReferralRecord,
): ReferralRecord {
  const { now } = changes;
  const plugin = pluginOf(referral.sender);
  const status = statusCodeOf(toldState);
  const tells = plugin !== undefined && status !== undefined;
  const after = write({ toldState, toldAt: now, toldDueOn: undefined, ...(tells && { lastStatus: status }) });
  const about = { referral: after.id, person: subjectOf(after) };
  if (tells) changes.deliver({ plugin, kind: 'status', ...about, status, statusAt: now });
  return after;
}
