// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AgeRuleView, DeskFunctionView, ListQuery, OrganizationView, Page, RouteView } from '@tsunagi/contracts';
import type { AgeRuleOnFile } from './consent-form.rows';
import type { Directory } from './directory.service';
import type { DeskFunction, Organization, Route } from './organization.entities';

const defaultLimit = 200;

/** The page behind the last one that was seen, in the order given. Nothing is ever deleted, so that one is still there. */
export function pageAfter<T extends { readonly id: string }>(all: readonly T[], { cursor, limit }: ListQuery): Page<T> {
  const size = limit ?? defaultLimit;
  const seen = cursor === undefined ? -1 : all.findIndex((item) => item.id === cursor);
  const rest = cursor !== undefined && seen < 0 ? [] : all.slice(seen + 1);
  const items = rest.slice(0, size);
  const last = items.at(-1);
  return { items, ...(rest.length > size && last && { next: last.id }) };
}

export const ageRuleViewOf = (
  { givers, needs, ...rule }: AgeRuleOnFile,
  { inForce }: { readonly inForce: boolean },
): AgeRuleView => ({
  ...rule,
  givers: givers.filter((giver) => giver !== 'family'),
  needs: [...needs],
  inForce,
});

const ending = (validTo: string | null) => (validTo === null ? {} : { validTo });

export const organizationViewOf = (directory: Directory, o: Organization): OrganizationView => ({
  id: o.id,
  name: o.name,
  bodyKind: o.bodyKind,
  desks: directory
    .desks()
    .filter((d) => d.organization === o.id)
    .map((d) => ({ id: d.id, name: d.name })),
  validFrom: o.validFrom,
  ...ending(o.validTo),
  version: o.version,
});

export function functionView(directory: Directory, { id }: Pick<DeskFunction, 'id'>): DeskFunctionView {
  const f = directory.registered(id) ?? directory.function(id);
  const desk = directory.desks().find((d) => d.id === f.desk);
  const named = (id: string | undefined) => ({
    id: id ?? '',
    name: directory.organizations().find((o) => o.id === id)?.name ?? '',
  });
  return {
    id: f.id,
    code: f.code,
    name: f.name,
    // Of a function that nobody operates any more, or not yet: whose place it is.
    organization: named(directory.operator(f.id)?.organization ?? desk?.organization),
    desk: { id: f.desk, name: desk?.name ?? '' },
    domain: f.domain,
    functionType: f.functionType,
    bodyKind: f.bodyKind,
    purposes: f.purposes,
    channel: f.channel,
    ...(f.system !== null && { system: f.system }),
    sends: f.sends,
    receives: f.receives,
    ...(f.kinds.length > 0 && { kinds: f.kinds }),
    ...(f.area !== null && { area: f.area }),
    ...(f.calendar !== null && { calendar: f.calendar }),
    ...(f.dutyTelephone !== null && { dutyTelephone: f.dutyTelephone }),
    ...(f.nextDutyTelephone !== null && { nextDutyTelephone: f.nextDutyTelephone }),
    ...(f.givesTownAway && { givesTownAway: true as const }),
    validFrom: f.validFrom,
    ...ending(f.validTo),
    inForce: directory.inForce(f.id),
    operators: directory.operators(f.id).map((o) => ({
      organization: named(o.organization),
      validFrom: o.validFrom,
      ...ending(o.validTo),
      ...(o.secrecyAcknowledgedAt && { secrecyAcknowledgedAt: o.secrecyAcknowledgedAt.toISOString() }),
    })),
    version: f.version,
  };
}

export const routeViewOf = (r: Route): RouteView => ({
  id: r.id,
  priority: r.priority,
  domain: r.domain,
  function: r.function,
  ...(r.fromFunction !== null && { fromFunction: r.fromFunction }),
  ...(r.area !== null && { area: r.area }),
  ...(r.functionType !== null && { functionType: r.functionType }),
  ...(r.kind !== null && { kind: r.kind }),
  validFrom: r.validFrom,
  ...ending(r.validTo),
  version: r.version,
});
