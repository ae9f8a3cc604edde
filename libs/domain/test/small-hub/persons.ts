// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done, type Move } from '@tsunagi/testing/invariants';
import { desks } from './desks';
import type { Acting, HubState, InHand, Link } from './hub-state';
import { note } from './living';
import { bringRecorded, recordedOf, takeBack } from './recorded';
import { around } from './saying';
import * as domain from '../../src';
import type { Viewer } from '../../src';

/** Who may say whether two are one, and knows these. The municipality carries it out, in the name of the desk that asks. */
function judging(hub: HubState, persons: readonly string[], who: number): Viewer | undefined {
  const there = desks.filter((d) => d.function !== hub.onlooker);
  const all = [...there.slice(who % there.length), ...there.slice(0, who % there.length)];
  const viewers = domain.rolesFor('persons.judge').flatMap((role) => [
    ...all.map((d): Viewer => ({
      kind: 'staff',
      holdings: [{ role, function: d.function }],
      functions: [d.function],
    })),
    { kind: 'staff', holdings: [{ role }], functions: [] } satisfies Viewer,
  ]);
  const knows = (viewer: Viewer, person: string) =>
    domain.mayForAll(viewer, 'persons.judge') ||
    domain
      .desksFor(viewer, 'persons.judge')
      .some((desk) =>
        [...hub.referrals.values()].some(
          (r) =>
            r.members.some((m) => m.person === person) &&
            ((r.from === desk && r.sentAt !== undefined) || (r.to === desk && hub.gone.has(r.id))),
        ),
      );
  return viewers.find((v) => domain.may(v, 'persons.judge') && persons.every((p) => knows(v, p)));
}

export function merge(hub: HubState, move: Extract<Move, { do: 'merge' }>): Done {
  const all = [...new Set([...hub.referrals.values()].flatMap((r) => r.members.map((m) => m.person)))];
  const kept = pick(all, move.one);
  const merged = pick(
    all.filter((p) => p !== kept),
    move.other,
  );
  if (kept === undefined || merged === undefined) return { line: 'nobody to compare', took: false };
  const viewer = judging(hub, [kept, merged], move.who);
  // ADR 17: two of whom one endangers the other never become one.
  const isFeared = hub.dangers.some((d) => [kept, merged].includes(d.person) && [kept, merged].includes(d.from));
  if (!viewer || isFeared) return { line: 'nobody knows both', took: false };
  const link: Link = {
    kept,
    merged,
    members: [...hub.referrals.values(), hub.own].flatMap((r) =>
      r.members.filter((m) => m.person === merged).map((m) => ({ referral: r.id, ref: m.content.ref })),
    ),
    words: hub.rule.comesAlong(wordsOf(hub, merged)),
    stayed: wordsOf(hub, kept),
    units: [...hub.units.values()].filter((u) => u.members.some((m) => m.person === merged)).map((u) => u.id),
    ...recordedOf(hub, kept, merged),
  };
  const by = { actor: 'staff', function: viewer.functions[0] };
  around(
    hub,
    [kept, merged],
    () => {
      hub.links = [...hub.links, link];
      standBehind(hub, link.members, merged, kept, 'persons_merged', by);
      give(hub, link.words, merged, kept);
      moveUnits(hub, link.units, merged, kept);
      bringRecorded(hub, kept, merged);
    },
    by,
  );
  return { line: 'two become one', took: true, asker: viewer.functions, words: [{ word: 'merge', kept, merged }] };
}

/** As the merge had found it; or, where nothing was merged, what the desk names is about somebody else. */
export function split(hub: HubState, move: Extract<Move, { do: 'split' }>): Done {
  const link = pick([...hub.links].reverse(), move.which);
  const kept = link?.kept ?? hub.chosen(move.which)?.members[0]?.person;
  const viewer = kept === undefined ? undefined : judging(hub, [kept], move.who);
  if (kept === undefined || !viewer) return { line: 'nobody to put apart', took: false };
  const desk = viewer.functions[0];
  const undone = hub.links.filter((l) => l.kept === kept && l.merged === link?.merged);
  const joint = [...hub.referrals.values()].filter((r) => r.members.some((m) => m.person === kept));
  const named = move.also || !link ? joint.filter((r) => isOf(hub, desk, r)).slice(-1) : [];
  if (!link && named.length === 0) return { line: 'nothing is named', took: false };
  const apart = [...joint, hub.own].flatMap((r) =>
    r.members
      .filter((m) => m.person === kept)
      .map((m) => ({ referral: r.id, ref: m.content.ref }))
      .filter(
        (m) =>
          named.includes(r) || undone.some((l) => l.members.some((b) => b.referral === m.referral && b.ref === m.ref)),
      ),
  );
  const members = hub.rule.standsApart(apart);
  const person = link?.merged ?? hub.newId();
  const going = new Set(members.map((m) => m.referral));
  const { goes, expired, ofBoth } = wordsApart(hub, { kept, desk, joint, going, undone });
  const by = { actor: 'staff', function: desk };
  around(
    hub,
    [kept, person],
    () => {
      hub.links = hub.links.filter((l) => !undone.includes(l));
      standBehind(hub, members, kept, person, 'person_split', by);
      give(hub, goes, kept, person);
      moveUnits(
        hub,
        undone.flatMap((l) => l.units),
        kept,
        person,
      );
      takeBack(hub, undone, kept, person);
      hub.consents = hub.consents.map((c) =>
        expired.includes(c.id) && c.status === 'active' ? { ...c, status: 'expired' } : c,
      );
      const twice = hub.refusals.filter((r) => ofBoth.includes(r.id));
      hub.refusals = [...hub.refusals, ...twice.map((r) => ({ ...r, id: hub.newId(), person }))];
    },
    by,
  );
  const word = { word: 'split', kept, person, by: desk ?? '', undoes: link !== undefined } as const;
  return { line: link ? 'one is two again' : 'one is two', took: true, asker: viewer.functions, words: [word] };
}

/** What was said since they were one is whose all referrals behind it are. */
function wordsApart(
  hub: HubState,
  on: {
    readonly kept: string;
    readonly desk: string | undefined;
    readonly joint: readonly InHand[];
    readonly going: ReadonlySet<string>;
    readonly undone: readonly Link[];
  },
): { readonly goes: readonly string[]; readonly expired: readonly string[]; readonly ofBoth: readonly string[] } {
  const { kept, desk, joint, going, undone } = on;
  const back = hub.rule.goesBack(undone.flatMap((l) => l.words));
  const settled = new Set(undone.flatMap((l) => [...l.words, ...l.stayed]));
  const sideOf = (at: string | undefined, behind: string | undefined) =>
    hub.rule.sideOf(behind === undefined ? joint.filter((r) => isOf(hub, at, r)).map((r) => r.id) : [behind], going);
  const isIn = (w: { readonly id: string; readonly person: string }) => w.person === kept && !settled.has(w.id);
  const consents = hub.consents.filter(isIn).map((c) => ({ ...c, side: sideOf(c.givenTo, hub.behind.get(c.id)) }));
  const refusals = hub.refusals.filter(isIn).map((r) => ({ ...r, side: sideOf(r.recordedBy, undefined) }));
  const clear = [...consents, ...refusals].filter((w) => w.side === 'goes').map((w) => w.id);
  const doubtful = consents.filter(
    (c) => c.side === 'unclear' && (c.manner === 'asserted_by_system' || c.givenTo !== desk),
  );
  const ofBoth = refusals.filter((r) => r.side === 'unclear' && r.recordedBy !== desk);
  return { goes: [...back, ...clear], expired: doubtful.map((c) => c.id), ofBoth: ofBoth.map((r) => r.id) };
}

const isOf = (hub: HubState, desk: string | undefined, r: InHand) =>
  r.from === desk || (r.to === desk && hub.gone.has(r.id));

const wordsOf = (hub: HubState, person: string): string[] =>
  [...hub.consents, ...hub.refusals].filter((w) => w.person === person).map((w) => w.id);

function give(hub: HubState, words: readonly string[], from: string, to: string): void {
  const moved = <W extends { readonly id: string; readonly person: string }>(w: W): W =>
    words.includes(w.id) && w.person === from ? { ...w, person: to } : w;
  hub.consents = hub.consents.map(moved);
  hub.refusals = hub.refusals.map(moved);
}

function standBehind(
  hub: HubState,
  members: Link['members'],
  from: string,
  to: string,
  action: string,
  by: Acting,
): void {
  for (const id of new Set(members.map((m) => m.referral))) {
    const refs = members.filter((m) => m.referral === id).map((m) => m.ref);
    const behind = (referral: InHand) =>
      referral.members.map((m) => (m.person === from && refs.includes(m.content.ref) ? { ...m, person: to } : m));
    if (id === hub.own.id) {
      hub.own = { ...hub.own, members: behind(hub.own) };
      continue;
    }
    const referral = hub.get(id);
    hub.change(id, { members: behind(referral) });
    note(hub, id, { action, from: referral.state, to: referral.state }, by, {});
  }
}

/** Where the other one is as well, the membership stays. */
function moveUnits(hub: HubState, units: readonly string[], from: string, to: string): void {
  for (const id of units) {
    const unit = hub.units.get(id)!;
    if (!unit.members.some((m) => m.person === to))
      hub.units.set(id, {
        ...unit,
        members: unit.members.map((m) => (m.person === from ? { ...m, person: to } : m)),
      });
  }
}
