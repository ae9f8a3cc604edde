// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Seen, Shown } from '@tsunagi/testing/invariants';
import { agendasOf } from './at-conference';
import { decideOn, onScreen, presentIn, redacted } from './deciding';
import { purpose, workersOf } from './desks';
import { atWorkIn } from './handing-over';
import { taxData, type HubState, type InHand } from './hub-state';
import { matterOf, workerAt } from './stepping';
import { todosIn } from './time';
import * as domain from '../../src';
import type { SupportUnit, Viewer } from '../../src';

export function look(hub: HubState): Seen {
  const referrals = [...hub.referrals.values()];
  // What a desk would send to itself it has anyway.
  const finders = (r: InHand) =>
    ([r.from, r.to] as const).flatMap((desk) =>
      ([0, 1] as const).flatMap((nth) =>
        r.from !== r.to && hub.rule.hatsOf(workerAt(hub, desk, nth, 'caseworker'), matterOf(r)).length > 0
          ? [{ desk, staff: workersOf(desk)[nth] }]
          : [],
      ),
    );
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
    referrals: referrals.map((r) => {
      const found = finders(r);
      return {
        ...r,
        purpose,
        content: r.content ?? 1,
        members: r.members.map(({ person, content }) => ({
          ref: content.ref,
          person,
          safeWishes: content.items.contact_wishes?.safe,
          taxData,
        })),
        sheet: r.sheet ?? (r.carried ? presentIn(r.members[0]!.content) : undefined),
        reached: hub.gone.has(r.id),
        found: found.some((f) => f.desk === r.to),
        finders: found.map((f) => f.staff),
      };
    }),
    events: [...hub.events],
    todos: todosIn(hub, referrals),
    units: [...hub.units.values()].map((unit) => {
      const lead = hub.rule.leadOf(unit, { inForce: () => true, takePart: atWorkIn(hub, unit) });
      return {
        id: unit.id,
        persons: unit.members.flatMap((m) => (m.movedTo === undefined ? m.person : [])),
        leads: unit.tenures.flatMap((t) => (t.until === undefined ? t.function : [])),
        alarm: lead !== undefined && 'alarm' in lead,
      };
    }),
    reminded: [],
    shown,
    left: [...hub.left],
    agendas: agendasOf(hub),
    kept: [...hub.texts.keys()],
    onlooker: toldTo(hub, hub.onlooker),
  };
}

/** Everything this desk is told: what it has in hand itself, and what it finds of others. */
function toldTo(hub: HubState, desk: string): Record<string, unknown> {
  const viewer: Viewer = workerAt(hub, desk, 0, 'caseworker', 'supervisor');
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
