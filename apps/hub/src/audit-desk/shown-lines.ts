// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuditDetail, AuditGroup, AuditLine, AuditWorded, AuditWordedKind } from '@tsunagi/contracts';
import { hiddenKinds, mayForAll, wearing, type Hat, type Viewer } from '@tsunagi/domain';

/** Which lines of the audit who audits may read. What is not named here is not shown: neither an action, nor a kind, nor a detail; and what is shown has words. */

/** The municipality's own. What was done to it tells of no person. */
export const openKinds = [
  ...['staff', 'membership', 'deputy', 'client', 'audit', 'municipality'],
  ...['organization', 'desk_function', 'function', 'route', 'authority', 'age_rule', 'incident_rule', 'consent_form'],
  ...['plugin', 'quarantined_row'],
  // That so many names were revealed, somebody searched, a list was taken along: of whom or what does not stand in it.
  ...['reveal', 'search', 'queue', 'list'],
] as const satisfies readonly AuditWordedKind[];

const lookedAt = ['person.read', 'person.printed'] as const satisfies readonly AuditWorded[];
/** What is done to a person, and tells neither of a danger nor of a seal. */
export const personActions = [
  ...lookedAt,
  ...['disclosures.asked', 'consent.registered', 'consent.withdrawn', 'consent.confirmed', 'refusal.recorded'],
  ...['application.recorded', 'application.withdrawn', 'person_fact.recorded', 'person.merged', 'person.split'],
] as const satisfies readonly AuditWorded[];
/** DOMAIN §6: whoever unseals sees which seals stand. */
const ofSeals = ['person.sealed', 'person.unseal_asked', 'person.unsealed'] as const satisfies readonly AuditWorded[];

export const groups: Readonly<Record<AuditGroup, readonly AuditWorded[]>> = {
  seen: ['referral.read', 'referral.content_seen', 'person.read'],
  printed: ['referral.printed', 'person.printed'],
  revealed: ['names.revealed'],
  exported: ['referrals.exported', 'list.exported'],
  searched: ['persons.searched', 'audit.read'],
};

/**
 * The rule as SQL, of a line `e`, with its parameters: the same as of the lists. A 通報, what rests on a conference, and what has
 * not left its sender, is there for nobody who oversees; a person, only as the function knows her that the line is of. A matter
 * of a conference, a case, a support unit, a 利用勧奨: for those who are in it.
 */
export function isShownTo(viewer: Viewer, first: number): { readonly sql: string; readonly parameters: unknown[] } {
  const unseals = mayForAll(viewer, 'persons.unseal');
  // Whoever is both sees what either may see; of referrals their rules are one.
  const hat: Hat = mayForAll(viewer, 'incidents.handle') ? 'privacy_officer' : 'auditor';
  const { notKinds = hiddenKinds } = wearing[hat];
  const [kinds, open, persons] = [`$${first}::text[]`, `$${first + 1}::text[]`, `$${first + 2}::text[]`];
  const seen = (r: string) => `${r}.sent_at is not null and ${r}.conference is null and ${r}.kind <> all(${kinds})`;
  return {
    sql: `e.action not like 'todo.%' and e.action not like '%.reminded' and case e.object_kind
      when 'referral' then exists (select 1 from referral k where k.id = e.object::uuid and ${seen('k')})
      when 'delivery' then exists (select 1 from delivery d join referral k on k.id = d.referral where d.id = e.object::uuid and ${seen('k')})
      when 'person' then e.action = any(${persons}) and exists (select 1 from referral k where ${seen('k')}
        and (k.subject = e.object::uuid or (jsonb_array_length(k.members) > 1 and k.members @> jsonb_build_array(jsonb_build_object('person', e.object))))
        and (e.function is null or e.function in (k.from_function, k.to_function)))
      when 'incident' then ${mayForAll(viewer, 'incidents.handle')}
      else e.object_kind = any(${open}) end`,
    parameters: [notKinds, openKinds, unseals ? [...personActions, ...ofSeals] : personActions],
  };
}

/** Of `details`. The id of another object has a rule of its own, and a text is nobody's business here. */
const shownDetails: ReadonlySet<string> = new Set<string>([
  ...['what', 'page', 'askedBy', 'authority', 'contentVersion', 'version', 'code', 'row', 'categories', 'answer'],
  ...['plugin', 'day', 'forced', 'ok', 'rows', 'written', 'fields', 'validFrom', 'validTo', 'checkedOn', 'group'],
  ...['action', 'actor', 'objectKind', 'from', 'to', 'roles', 'role', 'purpose', 'count', 'found', 'more', 'encoding'],
] as const satisfies readonly AuditDetail[]);
/** Ids and codes; no blank and no Japanese, so no sentence and no name; and no number of anybody. */
const isCode = (value: unknown): value is string | number | boolean =>
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && /^[\w.:/-]{1,120}$/.test(value) && !/^(?!\d{4}-\d\d-\d\d$)[\d-]{7,}$/.test(value));

export function detailsShown(details: Readonly<Record<string, unknown>>): AuditLine['details'] {
  return Object.fromEntries(
    Object.entries(details).flatMap(([key, value]): [string, AuditLine['details'][string]][] => {
      if (!shownDetails.has(key)) return [];
      if (isCode(value)) return [[key, value]];
      return Array.isArray(value) && value.every(isCode) ? [[key, value]] : [];
    }),
  );
}
