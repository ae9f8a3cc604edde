// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consent, ConsentScope } from '@tsunagi/domain';
import type { Row, Tx } from '../platform';

export interface ConsentRow {
  id: string;
  person: string;
  given_to: string;
  giver: Consent['giver'];
  manner: Consent['manner'];
  scope: ConsentScope;
  form_version: string | null;
  named_organization: string | null;
  exclusions: string[];
  status: Consent['status'];
  granted_at: Date;
  withdrawn_at: Date | null;
  superseded_by: string | null;
  confirmed_at: Date | null;
}

/** A consent as the database holds it. Evidence stays sealed in its own column and is read apart. */
export function toConsent(row: ConsentRow): Consent {
  return {
    id: row.id,
    person: row.person,
    givenTo: row.given_to,
    giver: row.giver,
    manner: row.manner,
    scope: row.scope,
    exclusions: row.exclusions,
    status: row.status,
    grantedAt: row.granted_at.toISOString(),
    ...(row.form_version !== null && { formVersion: row.form_version }),
    ...(row.named_organization !== null && { namedOrganization: row.named_organization }),
    ...(row.withdrawn_at && { withdrawnAt: row.withdrawn_at.toISOString() }),
    ...(row.superseded_by !== null && { supersededBy: row.superseded_by }),
    ...(row.confirmed_at && { confirmedAt: row.confirmed_at.toISOString() }),
  };
}

export function fromConsent(consent: Consent, more: { evidence?: string; assertedBy?: string } = {}): Row {
  return {
    id: consent.id,
    person: consent.person,
    given_to: consent.givenTo,
    giver: consent.giver,
    manner: consent.manner,
    scope: consent.scope,
    form_version: consent.formVersion ?? null,
    named_organization: consent.namedOrganization ?? null,
    evidence: more.evidence ?? null,
    exclusions: consent.exclusions,
    status: consent.status,
    granted_at: consent.grantedAt,
    asserted_by: more.assertedBy ?? null,
  };
}

export const consentColumns =
  'id, person, given_to, giver, manner, scope, form_version, named_organization, exclusions, status, granted_at, withdrawn_at, superseded_by, confirmed_at';

/** The first day after this one on which a consent of each of these persons begins. */
export async function beginningsOf(
  tx: Pick<Tx, 'query'>,
  persons: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, string>> {
  if (persons.length === 0) return new Map();
  const rows = await tx.query<{ person: string; begins: string }>(
    `select person, min(scope->>'from') as begins from consent
     where person = any($1::uuid[]) and status = 'active' and superseded_by is null and scope->>'from' > $2 group by person`,
    [persons, today],
  );
  return new Map(rows.map((r) => [r.person, r.begins]));
}

export async function consentById(tx: Tx, id: string): Promise<Consent | undefined> {
  const [row] = await tx.query<ConsentRow>(`select ${consentColumns} from consent where id = $1`, [id]);
  return row && toConsent(row);
}
