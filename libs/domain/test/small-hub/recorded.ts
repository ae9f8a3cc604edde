// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DangerOnFile, HubState, Link, Protecting } from './hub-state';

type Recorded = Pick<Link, 'protecting' | 'caused' | 'protectingOther' | 'discussedAt' | 'brought'>;

const idsOf = (of: readonly { readonly id: string }[]) => of.map((one) => one.id);

/** What was recorded of each of two who become one: whose it is may be asked again. */
export function recordedOf(hub: HubState, kept: string, merged: string): Recorded {
  const protecting = (person: string) => idsOf([...hub.seals, ...hub.dangers].filter((p) => p.person === person));
  const caused = (person: string) => idsOf(hub.dangers.filter((d) => d.from === person));
  const placesIn = (persons: readonly string[]) => persons.flatMap((p, n) => (p === merged ? [n] : []));
  const all = [...hub.conferences.values()];
  return {
    protecting: protecting(merged),
    caused: caused(merged),
    protectingOther: [...protecting(kept), ...caused(kept)],
    discussedAt: new Map(all.map((c) => [c.id, placesIn(c.persons)])),
    brought: all.flatMap((c) => idsOf(c.items.filter((i) => i.person === merged))),
  };
}

/** All of it speaks of the one who stays. */
export function bringRecorded(hub: HubState, kept: string, merged: string): void {
  const of = (person: string) => (person === merged ? kept : person);
  hub.seals = hub.seals.map((s) => ({ ...s, person: of(s.person) }));
  hub.dangers = hub.dangers.map((d) => ({ ...d, person: of(d.person), from: of(d.from) }));
  hub.consents = hub.consents.map((c) => (c.giverPerson === merged ? { ...c, giverPerson: kept } : c));
  for (const [id, c] of hub.conferences)
    hub.conferences.set(id, {
      ...c,
      persons: c.persons.map(of),
      items: c.items.map((i) => ({ ...i, person: of(i.person) })),
    });
}

/** What each had is of each; what was recorded to protect while they were one stands with both (ADR 17). */
export function takeBack(hub: HubState, undone: readonly Link[], kept: string, person: string): void {
  const whose = (id: string, brought: readonly string[]) => {
    if (brought.includes(id)) return [person];
    return undone.some((l) => l.protectingOther.includes(id)) ? [kept] : hub.rule.standsWith([kept, person]);
  };
  const protecting = undone.flatMap((l) => l.protecting);
  const caused = undone.flatMap((l) => l.caused);
  const each = <P extends Protecting>(p: P): P[] =>
    p.person !== kept
      ? [p]
      : whose(p.id, protecting).map((one, n) => (n === 0 ? { ...p, person: one } : copyOf(hub, p, { person: one })));
  hub.seals = hub.seals.flatMap(each);
  hub.dangers = hub.dangers
    .flatMap(each)
    .flatMap((d) =>
      d.from !== kept
        ? [d]
        : whose(d.id, caused).map((from, n) => (n === 0 ? { ...d, from } : copyOf(hub, d, { from }))),
    )
    .filter((d) => d.person !== d.from);
  for (const { discussedAt, brought } of undone)
    for (const [id, c] of hub.conferences) {
      const places = discussedAt.get(id) ?? [];
      hub.conferences.set(id, {
        ...c,
        persons: c.persons.map((p, n) => (p === kept && places.includes(n) ? person : p)),
        items: c.items.map((i) => (i.person === kept && brought.includes(i.id) ? { ...i, person } : i)),
      });
    }
}

const copyOf = <P extends Protecting>(hub: HubState, one: P, over: Partial<DangerOnFile>): P => ({
  ...one,
  ...over,
  id: hub.newId(),
  isCopy: true,
});
