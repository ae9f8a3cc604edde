// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { conferenceOfLeads, id as idSchema, isEntrusted, type Viewer } from '@tsunagi/domain';
import type { Tx } from '../platform';

/** Where somebody says that something was decided. */
export interface SaidToBeHeld {
  readonly id: string;
  readonly on: string;
  /** It held the conference, or sat there with secrecy acknowledged for that part; absent for the municipality, which always sits there. */
  readonly desk?: string | undefined;
}

/**
 * Who was discussed in this 重層的支援会議, which was held on that day with this desk. One that is not there, was not held, or is of
 * others has discussed nobody: by asking nobody learns that a conference exists.
 */
export async function discussedIn(tx: Tx, { id, on, desk }: SaidToBeHeld): Promise<readonly string[]> {
  if (!idSchema.safeParse(id).success) return [];
  const [found] = await tx.query<{ persons: string[] }>(
    `select c.persons from conference c where c.id = $1 and $2::date = any(c.held_days) and (c.kind = $3 or c.parts ? $3)
       and ($4::uuid is null or c.host_function = $4
         or exists (select 1 from conference_member m where m.conference = c.id and m.function = $4
           and m.acknowledged_at is not null and (jsonb_build_array(c.kind) || c.parts)->>m.part = $3))`,
    [id, on, conferenceOfLeads, desk ?? null],
  );
  return found?.persons ?? [];
}

/**
 * As whose desk somebody sat there. The municipality always sits there; whoever coordinates for it as a contractor sits there
 * as the 多機関協働 that the contractor runs, or not at all.
 */
export function seatOf(
  caller: Pick<Viewer, 'holdings' | 'functions'>,
  desk: string | undefined,
  isMultiAgency: (desk: string) => boolean,
): Pick<SaidToBeHeld, 'desk'> | undefined {
  if (desk !== undefined && isMultiAgency(desk)) return { desk };
  if (!isEntrusted(caller)) return {};
  const own = caller.functions.find(isMultiAgency);
  return own === undefined ? undefined : { desk: own };
}
