// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Permit } from '@tsunagi/domain';
import { newId, type Tx } from '../platform';

/** 提供記録: one line per delivery. A line that goes out again keeps its id and names the newer decision. */
export interface LedgerLine {
  readonly decision: string;
  readonly delivery: string;
  readonly referral: string;
  readonly person: string;
  readonly senderFunction: string;
  readonly recipientFunction: string;
  readonly permit: Pick<Permit, 'authority' | 'members'>;
}

/** Written with the claim: no ledger line, no disclosure. */
export async function enterLedger(tx: Tx, lines: readonly LedgerLine[], now: Date): Promise<void> {
  await tx.insert(
    'disclosure',
    lines.map((l) => ({
      id: newId(now),
      decision: l.decision,
      delivery: l.delivery,
      referral: l.referral,
      person: l.person,
      sender_function: l.senderFunction,
      recipient_function: l.recipientFunction,
      authority: l.permit.authority,
      members: l.permit.members,
      state: 'claimed',
      at: now.toISOString(),
    })),
    'on conflict (delivery) do update set decision = excluded.decision, authority = excluded.authority, members = excluded.members, state = excluded.state, at = excluded.at',
  );
}

/** `written`: the recipient has it. `recalled`: it never arrived, and the line says so. */
export async function closeLedger(tx: Tx, deliveries: readonly string[], state: 'written' | 'recalled'): Promise<void> {
  if (deliveries.length === 0) return;
  await tx.query('update disclosure set state = $2 where delivery = any($1::uuid[])', [deliveries, state]);
}
