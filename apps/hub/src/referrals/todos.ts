// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Role } from '@tsunagi/domain';
import { newId, type Tx } from '../platform';

/** What a to-do asks for. The sentence is rendered from the code; no personal data in it. */
export type TodoKind =
  | 'complete_draft'
  | 'find_recipient'
  | 'authority_needed'
  | 'asserted_after_withdrawal'
  | 'support_ended'
  | 'answer_question'
  | 'confirm_return'
  | 'agree_return'
  | 'act_on_return'
  | 'talk_after_withdrawal'
  | 'stop_using'
  | 'see_correction'
  | 'take_referral'
  | 'work_on'
  | 'twin_open'
  | 'delivery_stuck';

export interface Reminder {
  readonly function: string;
  readonly role: Role;
  readonly kind: TodoKind;
  readonly referral: string;
  readonly at: Date;
}

/** Writes to-dos; one that stands already is not doubled. */
export function remind(tx: Tx, reminders: readonly Reminder[]): void {
  tx.insert(
    'todo',
    reminders.map((r) => ({
      id: newId(r.at),
      function: r.function,
      role: r.role,
      kind: r.kind,
      referral: r.referral,
      created_at: r.at.toISOString(),
    })),
    'on conflict do nothing',
  );
}

/** To-dos that wait for the referral to move on; the others wait for something to be done beside it. */
const movedOnBy: readonly TodoKind[] = [
  'complete_draft',
  'find_recipient',
  'authority_needed',
  'asserted_after_withdrawal',
  'answer_question',
  'confirm_return',
  'agree_return',
  'act_on_return',
  'take_referral',
  'work_on',
  'twin_open',
];

/** It asks for something beside the referral's own steps, so whoever has done it says so. */
export const isTickable = (kind: string): boolean => !(movedOnBy as readonly string[]).includes(kind);

/** A step was taken: what waited for these referrals to move on is done. */
export function settle(tx: Tx, referrals: readonly string[], now: Date): void {
  if (referrals.length === 0) return;
  tx.change(
    'todo',
    'update todo set done_at = $2 where referral = any($1::uuid[]) and kind = any($3::text[]) and done_at is null',
    [referrals, now, movedOnBy],
  );
}
