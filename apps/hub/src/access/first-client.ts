// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addClient } from './clients.service';
import { audit } from '../audit';
import type { Database } from '../platform';

/**
 * The way in to a hub that has none: a client for IT, by which everything else is registered. Made once, by who holds the
 * database itself.
 *
 * @returns its secret; `undefined` when there is a client for IT already
 */
export function addFirstClient(database: Database, id: string, now: Date): Promise<string | undefined> {
  return database.transaction(async (tx) => {
    await tx.query('lock table client in share row exclusive mode');
    const [there] = await tx.query(
      `select 1 from client where active and 'it_admin' = any(roles) and functions = '{}' limit 1`,
    );
    if (there) return undefined;
    const secret = await addClient(tx, { id, functions: [], roles: ['it_admin'] });
    audit(tx, {
      actor: 'hub',
      action: 'client.created',
      objectKind: 'client',
      object: id,
      details: { first: true },
      at: now,
    });
    return secret;
  });
}
