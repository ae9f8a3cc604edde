// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pairs, pick, saidOf, type Done, type Move } from '@tsunagi/testing/invariants';
import { desks } from './desks';
import type { HubState } from './hub-state';
import { begin } from './leaving';
import { note } from './living';
import { assertConsent } from './saying';
import * as domain from '../../src';

export function refer(hub: HubState, move: Extract<Move, { do: 'refer' }>, key: string): Done {
  const there = desks.filter((d) => d.function !== hub.onlooker);
  const [from, to] = pick(pairs(there, move.kind), move.from * 7 + move.to) ?? [
    pick(there, move.from)!,
    pick(there, move.to)!,
  ];
  const bySystem = from.plugin !== undefined && move.bySystem;
  const draft = hub.draft({ ...move, carried: move.carried && !bySystem, from: from.function, to: to.function, key });
  const atConference =
    move.kind === 'inquiry' && move.atConference === true ? [...hub.conferences.keys()].at(-1) : undefined;
  const said = { ...saidOf(move.kind, hub.now), howTheyMeet: 'accompanied', personInformed: {}, phoned: {} };
  const lacks = domain.lacksOf(move.kind, said as domain.SaidFacts);
  if (lacks.length > 0) return { line: `refused ${move.kind}`, took: false };
  const by = {
    actor: bySystem ? `plugin:${from.plugin}` : 'staff',
    function: from.function,
  };
  const asserted = bySystem && move.asserted;
  const words = asserted ? assertConsent(hub, draft, from, to) : [];
  begin(hub, { ...draft, phoned: true, ...(atConference !== undefined && { conference: atConference }) }, by);
  hub.files.set(key, { referral: draft.id, occurredAt: hub.now });
  return { line: `${move.kind} from ${from.domain} to ${to.domain}: ${hub.get(draft.id).state}`, took: true, words };
}

/** A newer record replaces what waits; an older one says nothing. */
export function sendRecord(hub: HubState, move: Extract<Move, { do: 'record' }>): Done {
  const [key, last] = pick([...hub.files].reverse(), move.which) ?? [];
  if (key === undefined || !last) return { line: 'no record', took: false };
  const occurredAt = new Date(last.occurredAt.getTime() + (move.newer ? 1 : -1));
  if (hub.rule.isOlder(occurredAt, last.occurredAt)) return { line: 'an older record', took: false, outdated: true };
  const referral = hub.get(last.referral);
  hub.files.set(key, { ...last, occurredAt });
  hub.change(referral.id, { content: (referral.content ?? 1) + 1 });
  note(
    hub,
    referral.id,
    { action: 'new_version', from: referral.state, to: referral.state },
    { actor: 'staff', function: referral.from },
    {},
  );
  return {
    line: move.newer ? 'a newer record' : 'an older record',
    took: true,
    ...(!move.newer && { outdated: true as const }),
  };
}
