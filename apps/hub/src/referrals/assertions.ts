// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consent } from '@tsunagi/domain';
import { fromConsent } from '../consents';
import type { Tx } from '../platform';

/** Keeps the consents that a system asserted; a person confirms them later. */
export async function keepAssertions(tx: Tx, consents: readonly Consent[], sender: string): Promise<void> {
  await tx.insert(
    'consent',
    consents.map((c) => fromConsent(c, { assertedBy: sender })),
  );
}

/** A later code 2, 3 or 9 of the same system ends what it asserted. */
export async function endAssertions(tx: Tx, consents: readonly string[]): Promise<void> {
  if (consents.length === 0) return;
  await tx.query(`update consent set status = 'expired' where id = any($1::uuid[])`, [consents]);
}
