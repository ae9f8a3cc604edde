// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done, type Move } from '@tsunagi/testing/invariants';
import { workersOf } from './desks';
import type { DangerOnFile, HubState, InHand } from './hub-state';
import { note } from './living';
import { around } from './saying';
import * as domain from '../../src';

/** Somebody of the referral must not be found. */
export function seal(hub: HubState, move: Extract<Move, { do: 'seal' }>): Done {
  const person = pick(hub.chosen(move.referral)?.members ?? [], move.member)?.person;
  if (person === undefined) return { line: 'nobody to protect', took: false };
  const id = hub.newId();
  const until = move.days === undefined ? undefined : domain.addDays(domain.japaneseDay(hub.now), move.days);
  around(hub, [person], () => {
    hub.seals = [...hub.seals, { id, person, until }];
  });
  const line = until === undefined ? 'somebody is sealed' : `somebody is sealed for ${move.days} days`;
  return { line, took: true, words: [{ word: 'seal', id, person, at: hub.now }] };
}

/** Somebody endangers somebody: another one whom the hub knows, or everybody at home. */
export function danger(hub: HubState, move: Extract<Move, { do: 'danger' }>): Done {
  const referral = hub.chosen(move.referral);
  const person = pick(referral?.members ?? [], move.member)?.person;
  const all = [...new Set([...hub.referrals.values()].flatMap((r) => r.members.map((m) => m.person)))];
  const others = all.filter((p) => p !== person);
  const from = move.from === 'household' ? move.from : pick(others, move.from);
  if (!referral || person === undefined || from === undefined) return { line: 'nobody is in danger', took: false };
  const id = hub.newId();
  const [staff] = workersOf(referral.from);
  around(hub, [person, ...all], () => {
    hub.dangers = [...hub.dangers, { id, person, from, by: staff }];
  });
  const line = from === 'household' ? 'the household endangers somebody' : 'one endangers the other';
  return { line, took: true, words: [{ word: 'danger', id, person, from, staff, at: hub.now }] };
}

/** One wants it to end; then another one, or the same once more. */
export function unprotect(hub: HubState, move: Extract<Move, { do: 'unprotect' }>): Done {
  const standing = [...hub.dangers, ...hub.seals].filter((p) => p.isCopy !== true);
  const what = pick(standing.reverse(), move.which);
  if (!what) return { line: 'nobody is protected', took: false };
  const two = ['the approver', move.alone ? 'the approver' : 'the privacy officer'] as const;
  const words = two.map((staff) => ({ word: 'unprotect', what: what.id, staff, at: hub.now }) as const);
  if (!hub.rule.isAnother(...two))
    return { line: 'one alone wants a protection to end', took: false, words: [words[0]!] };
  const all = [...hub.referrals.values()].flatMap((r) => r.members.map((m) => m.person));
  around(hub, all, () => {
    hub.seals = hub.seals.filter((s) => s.id !== what.id);
    hub.dangers = hub.dangers.filter((d) => d.id !== what.id);
  });
  return { line: 'a protection ends', took: true, words };
}

/** Somebody of its sender has read this content. */
export function clear(hub: HubState, move: Extract<Move, { do: 'clear' }>): Done {
  const referral = hub.chosen(move.referral);
  const hidden = domain.mustNotBeFound(hub);
  if (!referral?.members.some((m) => hidden.has(m.person)) || domain.finalStates.has(referral.state))
    return { line: 'nothing to read through', took: false };
  const { id, from, state, content = 1 } = referral;
  hub.change(id, { read: content });
  note(
    hub,
    id,
    { action: 'supplement', from: state, to: state },
    { actor: 'staff', function: from, staff: workersOf(from)[0] },
    {},
  );
  return { line: 'its texts are read', took: true, words: [{ word: 'cleared', referral: id, content }] };
}

/**
 * From which referrals this member of staff is shut out: of whoever has excluded her or him in a consent, and of those
 * whom somebody endangers on whose referral she or he has acted. Not who has recorded the danger.
 */
export function excludedFrom(hub: HubState, staff: string): domain.Excluded {
  if (hub.dangers.length === 0 && !hub.consents.some((c) => c.excludedStaff?.includes(staff))) return fromNothing;
  const all = [...hub.referrals.values()];
  const of = (person: string) => all.filter((r) => isIn(person, r));
  const byConsent = hub.consents
    .filter((c) => c.status === 'active' && c.excludedStaff?.includes(staff) === true)
    .flatMap((c) => of(c.person).map((r) => r.id));
  const worked = new Set(
    hub.events.flatMap((e) => (e.staff === staff ? (hub.referrals.get(e.referral)?.members[0]?.person ?? []) : [])),
  );
  const byDanger = hub.dangers
    .filter((d) => d.by !== staff)
    .flatMap((d) =>
      fearedBy(hub, d)
        .filter((feared) => worked.has(feared))
        .flatMap((feared) => of(d.person).flatMap((r) => (r.members[0]?.person === feared ? [] : r.id))),
    );
  const referrals = [...hub.rule.shutOut('consent', byConsent), ...hub.rule.shutOut('danger', byDanger)];
  return { persons: new Set(), referrals: new Set(referrals) };
}

const fromNothing: domain.Excluded = { persons: new Set(), referrals: new Set() };
const isIn = (person: string, { members }: InHand) => members.some((m) => m.person === person);

/** Whom this one has to fear: of a household everybody with whom there is a referral, but who is protected as well. */
function fearedBy(hub: HubState, { person, from }: DangerOnFile): string[] {
  if (from !== 'household') return [from];
  const together = [...hub.referrals.values()].filter((r) => isIn(person, r)).flatMap((r) => r.members);
  return together.flatMap((m) => (m.person !== person && domain.endangers(m.person, person, hub) ? m.person : []));
}
