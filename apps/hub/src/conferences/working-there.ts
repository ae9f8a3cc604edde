// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay } from '@tsunagi/domain';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

export interface WorkingThere {
  readonly staff: string;
  readonly name: string;
  readonly function: string;
}

/** Who works today at one of these functions, by name: whoever may be called to a conference for it. */
export async function workingThere(
  tx: Pick<Tx, 'query'>,
  directory: Directory,
  functions: readonly string[],
  now: Date,
): Promise<WorkingThere[]> {
  const rows = await tx.query<WorkingThere & { readonly organization: string }>(
    `select distinct m.staff, s.name, m.function, s.organization from membership m join staff s on s.id = m.staff
     where m.function = any($1::uuid[]) and s.active and m.valid_from <= $2 and (m.valid_to is null or m.valid_to >= $2)
     order by s.name, m.staff`,
    [functions, japaneseDay(now)],
  );
  return rows.filter((r) => directory.standing(r.function, r.organization) === 'works');
}
