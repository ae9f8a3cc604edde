// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay, rolesFor } from '@tsunagi/domain';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

/** Could anybody work on referrals at this function's desk today: staff who hold a role there, or a program that speaks for it? */
export async function worksAnybodyAt(
  tx: Pick<Tx, 'query'>,
  directory: Directory,
  desk: string,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query<{ organization: string | null }>(
    `select s.organization from membership m join staff s on s.id = m.staff
     where m.function = $1 and m.role = any($2::text[]) and s.active and m.valid_from <= $3 and (m.valid_to is null or m.valid_to >= $3)
     union all
     select organization from client where active and $1 = any(functions) and roles && $2::text[]`,
    [desk, rolesFor('referrals.work'), japaneseDay(now)],
  );
  return rows.some(({ organization }) => directory.standing(desk, organization ?? undefined) === 'works');
}
