// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConsentOnFile } from '@tsunagi/contracts';
import { consentAlarm, type Consent, type ConsentScope } from '@tsunagi/domain';
import type { Row, Sealing, Tx } from '../platform';

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
  giver_person: string | null;
  entitled: boolean;
  entitled_until: string | null;
  excluded_staff: string[];
  withdrawn_by: Consent['withdrawnBy'] | null;
  withdrawn_how: Consent['withdrawnHow'] | null;
}

/** What is sealed of a consent. */
export type SealedOfConsent = Pick<ConsentOnFile, 'evidence' | 'capacity' | 'oral'>;

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
    ...(row.giver_person !== null && { giverPerson: row.giver_person }),
    ...(!row.entitled && { entitled: false as const }),
    ...(row.entitled_until !== null && { entitledUntil: row.entitled_until }),
    ...(row.excluded_staff.length > 0 && { excludedStaff: row.excluded_staff }),
    ...(row.withdrawn_by && { withdrawnBy: row.withdrawn_by }),
    ...(row.withdrawn_how && { withdrawnHow: row.withdrawn_how }),
  };
}

export function fromConsent(consent: Consent, more: { sealed?: Row; assertedBy?: string; form?: string } = {}): Row {
  return {
    id: consent.id,
    person: consent.person,
    given_to: consent.givenTo,
    giver: consent.giver,
    manner: consent.manner,
    scope: consent.scope,
    form_version: consent.formVersion ?? null,
    named_organization: consent.namedOrganization ?? null,
    exclusions: consent.exclusions,
    status: consent.status,
    granted_at: consent.grantedAt,
    asserted_by: more.assertedBy ?? null,
    giver_person: consent.giverPerson ?? null,
    entitled: consent.entitled ?? true,
    entitled_until: consent.entitledUntil ?? null,
    excluded_staff: consent.excludedStaff ?? [],
    form: more.form ?? null,
    // When its desk is asked for something next (ADR 10).
    clock_at: consentAlarm(consent, new Date(consent.grantedAt))?.toISOString() ?? null,
    evidence: null,
    capacity: null,
    oral: null,
    ...more.sealed,
  };
}

export const consentColumns =
  'id, person, given_to, giver, manner, scope, form_version, named_organization, exclusions, status, granted_at, withdrawn_at, superseded_by, confirmed_at, giver_person, entitled, entitled_until, excluded_staff, withdrawn_by, withdrawn_how';

const sealedParts = ['evidence', 'capacity', 'oral'] as const satisfies readonly (keyof SealedOfConsent)[];
/** Evidence was there first, and stands under the consent itself. */
const placeOf = (id: string, part: (typeof sealedParts)[number]) =>
  part === 'evidence' ? `consent:${id}` : `consent:${id}:${part}`;

/** As the columns keep it. */
export const sealParts = (sealing: Sealing, id: string, parts: SealedOfConsent): Row =>
  Object.fromEntries(
    sealedParts.flatMap((part) => {
      const said = parts[part];
      return said === undefined ? [] : [[part, sealing.seal(placeOf(id, part), said)]];
    }),
  );

/** What these consents have sealed, by id. */
export async function sealedOf(
  database: Pick<Tx, 'query'>,
  sealing: Sealing,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SealedOfConsent>> {
  const rows = await database.query<SealedRow>(
    'select id, evidence, capacity, oral, assertion_file, assertion_row from consent where id = any($1::uuid[])',
    [ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...evidenceOfRecord(row),
        ...Object.fromEntries(
          sealedParts.flatMap((part) => {
            const sealed = row[part];
            return sealed ? [[part, sealing.open(placeOf(row.id, part), sealed)]] : [];
          }),
        ),
      },
    ]),
  );
}

type SealedRow = { id: string; assertion_file: string | null; assertion_row: number | null } & Record<
  keyof SealedOfConsent,
  Buffer | null
>;

/** What stands behind the word of a system is its file and the row in it. */
const evidenceOfRecord = ({ assertion_file, assertion_row }: SealedRow): Pick<SealedOfConsent, 'evidence'> =>
  assertion_file === null ? {} : { evidence: { reference: `${assertion_row ?? 0}行目`, sha256: assertion_file } };

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
