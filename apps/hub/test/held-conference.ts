// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { HubUnderTest } from './hub-under-test';

/** A 重層的支援会議 that this desk has held about these persons; as it is kept, for specs that are not about how it came to that. */
export async function heldConference(
  under: Pick<HubUnderTest, 'rows'>,
  { host, persons, on }: { readonly host: string; readonly persons: readonly string[]; readonly on: string },
): Promise<string> {
  const id = randomUUID();
  await under.rows(
    `insert into conference (id, kind, host_function, state, persons, proposed_by, proposed_at, held_on, held_days)
     values ($1, 'juso', $2, 'held', $3::uuid[], 'staff:test', now(), $4::date, array[$4::date])`,
    [id, host, persons, on],
  );
  return id;
}
