// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  incidentDues,
  isSensitive,
  japaneseDay,
  type DataCategory,
  type IncidentKind,
  type IncidentRule,
} from '@tsunagi/domain';
import { audit } from '../audit';
import { newId, type Row, type Tx } from '../platform';

/** Whose items have come to somebody. */
export interface Affected {
  readonly person: string;
  readonly categories: readonly DataCategory[];
  /** What of these has come to which function, where several had something; of older incidents it is not known. */
  readonly at?: Readonly<Record<string, readonly DataCategory[]>>;
}

/** What has come to a recipient, if it has come to one. */
interface Went {
  readonly recipient: string | undefined;
  readonly persons: readonly Affected[];
}

/** Who is affected by what has gone out, and where that is. */
export const affectedBy = (went: readonly Went[]): Pick<Noticed, 'persons' | 'recipients'> => ({
  persons: went.flatMap(({ recipient, persons }) =>
    persons.map((p) => ({ ...p, ...(recipient !== undefined && { at: { [recipient]: p.categories } }) })),
  ),
  recipients: went.flatMap((w) => w.recipient ?? []),
});

/** As one of several desks that had something hears of it (invariant 8): what has come to others is not its matter. */
export function affectedAt(
  persons: readonly Affected[],
  recipients: readonly string[],
  desks: readonly string[],
): readonly Affected[] {
  if (recipients.length < 2) return persons;
  // Of older ones it is not known what came to whom: who they are is told, and not what of them.
  if (persons.every((p) => p.at === undefined)) return persons.map(({ person }) => ({ person, categories: [] }));
  return persons.flatMap(({ person, at = {} }) => {
    const theirs = desks.flatMap((desk) => at[desk] ?? []);
    return theirs.length === 0 ? [] : [{ person, categories: [...new Set(theirs)] }];
  });
}

/** What is known of an incident as soon as somebody notices it. */
export interface Noticed {
  readonly kind: IncidentKind;
  /** What it came with: a referral, or what the desk `from` had brought to a conference. */
  readonly came: { readonly referral: string } | { readonly conference: string; readonly from: string };
  readonly persons: readonly Affected[];
  /** The functions that had it. */
  readonly recipients: readonly string[];
  readonly noticedAt: Date;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Opens incidents with the days by which the law wants them reported and the persons told. Answers their ids, in order. */
export async function openIncidents(
  tx: Tx,
  incidents: readonly Noticed[],
  by: { readonly actor: string; readonly function?: string | undefined },
  now: Date,
): Promise<string[]> {
  if (incidents.length === 0) return [];
  // Rows that nobody has checked count as well: an incident without a date is worse than one with an unchecked date.
  const rules = (await readIncidentRules(tx)).filter((rule) => rule.active);
  const rows = incidents.map((i) => rowOf(i, rules, by.actor, now));
  tx.insert('incident', rows);
  audit(
    tx,
    rows.map(({ id, kind, referral, conference }) => ({
      at: now,
      actor: by.actor,
      function: by.function,
      action: 'incident.opened',
      objectKind: 'incident',
      object: id,
      details: { kind, ...(referral !== null && { referral }), ...(conference !== null && { conference }) },
    })),
  );
  return rows.map((r) => r.id);
}

function rowOf(
  { kind, came, persons, recipients, noticedAt, details = {} }: Noticed,
  rules: readonly IncidentRule[],
  actor: string,
  now: Date,
): Row & { readonly id: string } {
  const affected = together(persons);
  const dues = incidentDues({ kind, noticedOn: japaneseDay(noticedAt), persons: affected.length }, rules);
  return {
    id: newId(now),
    kind,
    referral: 'referral' in came ? came.referral : null,
    conference: 'conference' in came ? came.conference : null,
    from_function: 'from' in came ? came.from : null,
    persons: affected,
    sensitive: affected.some((a) => a.categories.some(isSensitive)),
    recipients: [...new Set(recipients)],
    noticed_at: noticedAt.toISOString(),
    opened_at: now.toISOString(),
    opened_by: actor,
    first_report_due: dues.firstReport ?? null,
    final_report_due: dues.finalReport ?? null,
    tell_by: dues.tell ?? null,
    details,
    version: 1,
  };
}

/** Everybody once, with all of the items. */
function together(persons: readonly Affected[]): Affected[] {
  const all = new Map<string, Affected>();
  for (const { person, categories, at } of persons) {
    const before = all.get(person);
    const there = { ...before?.at };
    for (const [desk, some] of Object.entries(at ?? {})) there[desk] = [...new Set([...(there[desk] ?? []), ...some])];
    const both = [...new Set([...(before?.categories ?? []), ...categories])];
    all.set(person, { person, categories: both, ...(Object.keys(there).length > 0 && { at: there }) });
  }
  return [...all.values()];
}

/** As it is kept. */
export interface IncidentRuleOnFile extends IncidentRule {
  readonly id: string;
  readonly version: number;
  readonly active: boolean;
  readonly checkedOn?: string;
  readonly checkedBy?: string;
}

export async function readIncidentRules(tx: Pick<Tx, 'query'>): Promise<IncidentRuleOnFile[]> {
  const rows = await tx.query<{
    id: string;
    version: number;
    name: IncidentRule['name'];
    days: number;
    from_persons: number | null;
    valid_from: string;
    valid_to: string | null;
    active: boolean;
    checked_on: string | null;
    checked_by: string | null;
  }>(
    `select id, version, name, days, from_persons, valid_from::text, valid_to::text, active, checked_on::text, checked_by
     from incident_rule order by valid_from, name, from_persons nulls first, id`,
  );
  return rows.map(({ from_persons, valid_from, valid_to, checked_on, checked_by, ...rule }) => ({
    ...rule,
    validFrom: valid_from,
    ...(from_persons !== null && { fromPersons: from_persons }),
    ...(valid_to !== null && { validTo: valid_to }),
    ...(checked_on !== null && { checkedOn: checked_on }),
    ...(checked_by !== null && { checkedBy: checked_by }),
  }));
}
