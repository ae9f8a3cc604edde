// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuthorityRow, Ground } from '@tsunagi/domain';
import type { Tx } from '../platform';
import type { Reminder } from '../referrals';

type About = Pick<Ground, 'referral' | 'function'>;

/** Whoever decides on it by 専決 is asked to, at the sender's function where the row names no other. */
export const approversAsked = ({ referral, function: from }: About, row: AuthorityRow, at: Date): Reminder[] =>
  row.approval === 'none'
    ? []
    : row.approvers.map(({ role, function: desk = from }) => ({ function: desk, role, kind: 'ratify', referral, at }));

/** 緊急: the person could not be asked, and is told when that is safe. */
export const tellWhenSafe = ({ referral, function: from, code }: About & Pick<Ground, 'code'>, at: Date): Reminder[] =>
  code === 'emergency' ? [{ function: from, role: 'caseworker', kind: 'tell_person_when_safe', referral, at }] : [];

export const exceptionsRepeated = ({ referral, function: from }: About, at: Date): Reminder[] => [
  { function: from, role: 'privacy_officer', kind: 'exceptions_repeated', referral, at },
];

/** Its end is near: after it nothing more leaves on it. */
export const endIsNear = ({ referral, function: from }: About, at: Date): Reminder => ({
  function: from,
  role: 'caseworker',
  kind: 'ground_ends',
  referral,
  at,
});

/** Nobody is asked any more, once no ground of the referral waits for a word. */
export function settleRatify(tx: Tx, referral: string, by: string, now: Date): void {
  tx.change(
    'todo',
    `update todo set done_at = $2, done_by = $3 where referral = $1 and kind = 'ratify' and done_at is null
       and not exists (select 1 from ground g join authority_row a on a.id = g.authority_row
                       where g.referral = $1 and g.decided_at is null and a.approval <> 'none')`,
    [referral, now, by],
  );
}

/** Time runs out: it stands before the others. */
export function hastenRatify(tx: Tx, referrals: readonly string[]): void {
  tx.change(
    'todo',
    `update todo set escalated = true where referral = any($1::uuid[]) and kind = 'ratify' and done_at is null`,
    [referrals],
  );
}
