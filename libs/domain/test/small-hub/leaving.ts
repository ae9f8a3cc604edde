// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { decideOn } from './deciding';
import { party } from './desks';
import type { Acting, HubState, InHand } from './hub-state';
import { moveOn, note } from './living';
import * as domain from '../../src';
import type { Permit } from '../../src';

/** It leaves, waits, or stays with its sender. */
export function begin(hub: HubState, draft: InHand, by: Acting): void {
  hub.referrals.set(draft.id, draft);
  hub.begun.set(draft.id, draft);
  note(hub, draft.id, { action: 'submit', to: 'draft' }, by, {});
  goOut(hub, draft.id, by);
}

function goOut(hub: HubState, id: string, by: Acting): void {
  const referral = hub.get(id);
  const decision = decideOn(hub, referral);
  if (decision.outcome === 'permit') send(hub, referral, decision, by);
  else if (decision.outcome === 'hold' && referral.state === 'draft')
    moveOn(hub, id, hub.rule.takeStep(referral, { action: 'await_authority', by: 'core', facts: {} }), by, {});
}

export function send(hub: HubState, referral: InHand, permit: Permit, by: Acting): void {
  const step = { action: 'send' as const, facts: { personInformed: {} }, permitted: true, meetingKnown: true };
  const openTwin = [...hub.referrals.values()].some((r) => isTwin(r, referral));
  if (openTwin || domain.isPhoneMissing(referral)) return;
  moveOn(hub, referral.id, hub.rule.takeStep(referral, { ...step, by: 'core' } as never), by, step.facts, {
    permit,
    sentAt: hub.now,
    ...sheetFor(referral, permit),
  });
  dispatch(hub, referral.id);
}

/** What the person gets to carry is what was permitted to the person when it was made. */
export const sheetFor = ({ carried, members }: InHand, permit: Permit): Partial<InHand> =>
  carried ? { sheet: permit.members.find((m) => m.ref === members[0]?.content.ref)?.categories ?? [] } : {};

export function isTwin(one: InHand, other: InHand): boolean {
  const same = one.from === other.from && one.to === other.to && one.members[0]?.person === other.members[0]?.person;
  const repeats = domain.kindRules[other.kind].repeats === true;
  return same && !repeats && one.id !== other.id && one.kind === other.kind && domain.openStates.has(one.state);
}

export function dispatch(hub: HubState, id: string): void {
  const referral = hub.get(id);
  const { to, from, kind, members, carried } = referral;
  const { plugin } = party(to);
  const goesBySystem = domain.kindRules[kind].channels.includes('plugin') && !hub.rule.staysIn(referral);
  if (plugin !== undefined && !carried && goesBySystem)
    hub.put({ id: hub.newId(), referral: id, plugin, state: 'queued' });
  if (kind === 'advice') return;
  const persons = members
    .map((m) => m.person)
    .filter((p) => ![...hub.units.values()].some((u) => u.members.some((m) => m.person === p)));
  if (persons.length === 0) return;
  const unit = domain.foundUnit(hub.newId(), persons, { function: from }, hub.now);
  hub.units.set(unit.id, unit);
}

export function recall(hub: HubState, id: string): void {
  hub.gone.delete(id);
  for (const d of hub.deliveries.values()) if (d.referral === id) hub.put({ ...d, state: 'recalled' });
}
