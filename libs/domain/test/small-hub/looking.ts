// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Seen, Shown } from '@tsunagi/testing/invariants';
import { decideOn, onScreen, redacted } from './deciding';
import { purpose } from './desks';
import type { HubState } from './hub-state';
import { matterOf } from './stepping';
import { todosIn } from './time';
import * as domain from '../../src';
import type { SupportUnit, Viewer } from '../../src';

export function look(hub: HubState): Seen {
  const referrals = [...hub.referrals.values()];
  const shown = referrals.flatMap((r): Shown[] => {
    const decision = decideOn(hub, r);
    const at = { referral: r.id, desk: r.to };
    const screen = onScreen(hub, r, decision);
    const would = decision.outcome === 'permit' ? redacted(hub, r, decision.members, hub.rule.redactForPreview) : [];
    return [
      { ...at, way: 'preview', members: would },
      ...(screen ? [{ ...at, way: 'screen' as const, members: screen }] : []),
    ];
  });
  return {
    now: hub.now,
    referrals: referrals.map((r) => ({
      ...r,
      purpose,
      members: r.members.map(({ person, content }) => ({ ref: content.ref, person })),
    })),
    events: [...hub.events],
    todos: todosIn(hub, referrals),
    units: [...hub.units.values()].map((unit) => {
      const lead = hub.rule.leadOf(unit, () => true);
      return {
        id: unit.id,
        persons: unit.members.flatMap((m) => (m.movedTo === undefined ? m.person : [])),
        leads: unit.tenures.flatMap((t) => (t.until === undefined ? t.function : [])),
        alarm: lead !== undefined && 'alarm' in lead,
      };
    }),
    shown,
    left: [...hub.left],
    onlooker: toldTo(hub, hub.onlooker),
  };
}

/** Everything this desk is told: what it has in hand itself, and what it finds of others. */
function toldTo(hub: HubState, desk: string): Record<string, unknown> {
  const viewer: Viewer = {
    kind: 'staff',
    holdings: [
      { role: 'caseworker', function: desk },
      { role: 'supervisor', function: desk },
    ],
    functions: [desk],
  };
  const all = [...hub.referrals.values()];
  const found = all.filter((r) => hub.rule.hatsOf(viewer, matterOf(r)).length > 0);
  const lists = domain.todoListsOf(viewer);
  const mine = todosIn(hub, [hub.own, ...all]).filter((t) =>
    lists.some((l) => l.role === t.role && l.function === t.function),
  );
  const knows = (unit: SupportUnit) => domain.membersSeen(unit, new Set(), () => false);
  return {
    referrals: found.map((r) => [r.id, r.kind, r.state, r.version]),
    todos: mine.map((t) => `${t.referral} ${t.role} ${t.kind}`),
    own: decideOn(hub, hub.own),
    units: [...hub.units.values()].flatMap(knows),
  };
}
