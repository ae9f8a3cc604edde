// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DataCategory, type AuthorityRow } from '@tsunagi/domain';
import type { Database } from '../platform';

type OnFile = Omit<
  AuthorityRow,
  'recipientTypes' | 'overRefusal' | 'hours' | 'occasional' | 'windows' | 'overrides' | 'validFrom' | 'validTo'
> & {
  categories: string[];
  recipient_types: string[] | null;
  over_refusal: AuthorityRow['overRefusal'];
  hours: number | null;
  occasional: number | null;
  windows: AuthorityRow['windows'] | null;
  overrides: string | null;
  valid_from: string;
  valid_to: string | null;
  checked_on: string | null;
  checked_by: string | null;
};

/** Every row of the law, whether it counts or not. */
export async function readAuthorities(database: Pick<Database, 'query'>): Promise<AuthorityRow[]> {
  const rows = await database.query<OnFile>(
    `select id, version, code, statute, senders, recipients, recipient_types, kinds, purposes, categories, needs, approval, approvers, hours,
       over_refusal, feedback, way, conditions, occasional, windows, overrides, valid_from, valid_to, checked_on, checked_by, active
     from authority_row order by code, valid_from, id`,
  );
  return rows.map(toAuthority);
}

const toAuthority = (row: OnFile): AuthorityRow => ({
  id: row.id,
  version: row.version,
  code: row.code,
  statute: row.statute,
  senders: row.senders,
  recipients: row.recipients,
  kinds: row.kinds,
  purposes: row.purposes,
  categories: row.categories.filter(isCategory),
  needs: row.needs,
  approval: row.approval,
  approvers: row.approvers,
  overRefusal: row.over_refusal,
  feedback: row.feedback,
  way: row.way,
  conditions: row.conditions,
  validFrom: row.valid_from,
  active: row.active,
  ...(row.recipient_types && { recipientTypes: row.recipient_types }),
  ...(row.hours !== null && { hours: row.hours }),
  ...(row.occasional !== null && { occasional: row.occasional }),
  ...(row.windows && { windows: row.windows }),
  ...(row.overrides !== null && { overrides: row.overrides }),
  ...(row.valid_to !== null && { validTo: row.valid_to }),
  ...(row.checked_on !== null && { checkedOn: row.checked_on }),
  ...(row.checked_by !== null && { checkedBy: row.checked_by }),
});

const isCategory = (name: string): name is DataCategory => DataCategory.safeParse(name).success;
