// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay } from '@tsunagi/domain';
import type { AuthorityChanges } from './authority-changes.service';
import { sealedAmong, writeSeals } from '../people';
import { newId, type Tx } from '../platform';

/**
 * What a record says of somebody, 不開示 or 支援措置, protects that person in everything else as well, and stands when a later
 * record does not say so.
 */
export async function sealIncoming(
  tx: Tx,
  authority: AuthorityChanges,
  by: { readonly actor: string; readonly function: string },
  persons: readonly string[],
  now: Date,
): Promise<void> {
  if (persons.length === 0) return;
  const sealed = await sealedAmong(tx, persons);
  const fresh = [...new Set(persons)].filter((p) => !sealed.has(p));
  if (fresh.length === 0) return;
  const from = japaneseDay(now);
  await authority.protect(tx, by, fresh, new Set(fresh), () =>
    writeSeals(
      tx,
      fresh.map((person) => ({ id: newId(now), person, ground: 'fukaiji', from })),
      { ...by, at: now },
    ),
  );
}
