// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { HubUnderTest } from './hub-under-test';

interface Held {
  readonly host: string;
  readonly persons: readonly string[];
  readonly on: string;
  /** Of all its parts. */
  readonly kinds?: readonly [string, ...string[]];
}

/** A 重層的支援会議 that this desk has held about these persons; as it is kept, for specs that are not about how it came to that. */
export async function heldConference(
  under: Pick<HubUnderTest, 'rows'>,
  { host, persons, on, kinds: [kind, ...parts] = ['juso'] }: Held,
): Promise<string> {
  const id = randomUUID();
  await under.rows(
    `insert into conference (id, kind, parts, host_function, state, persons, proposed_by, proposed_at, held_on, held_days)
     values ($1, $5, $6::jsonb, $2, 'held', $3::uuid[], 'staff:test', now(), $4::date, array[$4::date])`,
    [id, host, persons, on, kind, JSON.stringify(parts)],
  );
  return id;
}

/** Somebody of this desk was called to a part of it, and has acknowledged secrecy or not. */
export async function calledTo(
  under: Pick<HubUnderTest, 'rows'>,
  conference: string,
  { desk, part = 0, acknowledged }: { readonly desk: string; readonly part?: number; readonly acknowledged: boolean },
): Promise<void> {
  await under.rows(
    `insert into conference_member (id, conference, part, function, attendance, called_at, acknowledged_at)
     values ($1, $2, $3, $4, 'obligatory', now(), case when $5 then now() end)`,
    [randomUUID(), conference, part, desk, acknowledged],
  );
}
