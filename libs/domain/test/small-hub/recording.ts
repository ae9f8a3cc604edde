// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done, type Move } from '@tsunagi/testing/invariants';
import { authorities, party, purpose, workersOf } from './desks';
import type { HubState } from './hub-state';
import { around } from './saying';
import * as domain from '../../src';

const approver = 'the approver';

/** Its sender records why there is no consent. */
export function ground(hub: HubState, move: Extract<Move, { do: 'ground' }>): Done {
  const referral = hub.chosen(move.referral);
  if (!referral || referral.members.length === 0) return { line: 'nothing to disclose', took: false };
  const { id: at, from, to, kind, members } = referral;
  const line = `a ground of ${move.code} for a ${kind}`;
  const sides = { now: hub.now, kind, purpose, sender: party(from), recipient: party(to) } as const;
  const row = hub.rule.rowForGround(move.code, sides, authorities);
  if (typeof row === 'string') return { line: `${line}: ${row}`, took: false };
  const said = move.said ? [...row.needs] : [];
  const missing = hub.rule.missingFacts(row, said);
  if (missing.length > 0) return { line: `${line} lacks ${missing.join(', ')}`, took: false };
  const refs = members.map((m) => m.content.ref).slice(0, move.forAll ? undefined : 1);
  const [staff] = workersOf(from);
  const id = hub.newId();
  const { code } = move;
  const categories = [...move.categories];
  around(
    hub,
    members.map((m) => m.person),
    () => {
      const recordedAt = hub.now.toISOString();
      const recorded = { id, version: 1, referral: at, row: row.id, code, function: from, recipient: to, by: staff };
      hub.grounds = [...hub.grounds, { ...recorded, refs, categories, said, recordedAt }];
    },
  );
  const isWhole = authorities.find((r) => r.id === row.id)?.needs.every((fact) => said.includes(fact)) === true;
  return {
    line,
    took: true,
    words: [
      {
        word: 'ground',
        ...{ id, at: hub.now, referral: at, code, by: from, staff, toward: to, refs, categories },
        said: isWhole,
      },
    ],
  };
}

/** Somebody who may decides on it, once. */
export function ratify(hub: HubState, move: Extract<Move, { do: 'ratify' }>): Done {
  const waiting = hub.grounds.filter((g) => g.decided === undefined && rowOf(g.row)?.approval !== 'none');
  const on = pick([...waiting].reverse(), move.which);
  if (!on) return { line: 'nothing to approve', took: false };
  const staff = move.by === 'drafter' ? on.by : approver;
  const line = `the ${move.by} ${move.approved ? 'approves' : 'refuses'} ${on.code}`;
  if (!hub.rule.mayApprove(on.by, staff)) return { line: `${line}: NOT_YOURS`, took: false };
  const categories = move.approved ? [...move.categories] : [];
  const until = domain.addDays(domain.japaneseDay(hub.now), move.days);
  const { approved, overRefusal } = move;
  const referral = hub.get(on.referral);
  around(
    hub,
    referral.members.map((m) => m.person),
    () => {
      const outcome = approved ? ('approved' as const) : ('refused' as const);
      const decided = { at: hub.now.toISOString(), by: staff, outcome, categories, overRefusal };
      hub.grounds = hub.grounds.map((g) => (g.id === on.id ? { ...g, decided, ...(approved && { until }) } : g));
    },
  );
  const word = {
    word: 'ratified',
    ground: on.id,
    at: hub.now,
    staff,
    approved,
    categories,
    until,
    overRefusal,
  } as const;
  return { line, took: true, words: [word] };
}

const rowOf = (id: string) => authorities.find((row) => row.id === id);
