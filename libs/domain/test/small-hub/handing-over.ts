// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done, type Move } from '@tsunagi/testing/invariants';
import { desks, party, takikan } from './desks';
import { hasIt } from './deciding';
import type { HubState, InHand } from './hub-state';
import * as domain from '../../src';
import type { SupportUnit } from '../../src';

export function handOver(hub: HubState, move: Extract<Move, { do: 'lead' }>): Done {
  const referral = hub.chosen(move.referral);
  const unit = [...hub.units.values()].find((u) => u.members.some((m) => m.person === referral?.members[0]?.person));
  if (!unit) return { line: 'no unit', took: false };
  const others = desks.filter((d) => d.function !== hub.onlooker);
  const leading = unit.tenures.find((t) => t.until === undefined)?.function;
  const actors = [leading, unit.offeredTo, pick(others, move.who)!.function];
  const by = pick(actors, move.who);
  const to = move.step === 'agree' ? String(by) : pick(others, move.to)!.function;
  const told = { by: '試験', at: hub.now.toISOString(), how: '電話' };
  const said = { worker: '試験　一郎', ...(move.informed && { personInformed: told }) };
  const conference = { id: '01900000-0000-7000-8000-0000000000c7', heldOn: domain.japaneseDay(hub.now) };
  const steps = {
    propose: { step: 'propose', to },
    agree: { step: 'agree', ...said },
    by_conference: { step: 'by_conference', to, conference, ...said },
  } as const;
  const convenes = by !== undefined && party(by).functionType === takikan;
  const actor = { function: by, convenes, wasHeld: convenes, met: metBy(hub, by, unit) };
  const at = { inForce: () => true, takePart: atWorkIn(hub, unit) };
  try {
    hub.units.set(unit.id, hub.rule.takeLeadStep(unit, steps[move.step], actor, at, hub.now));
  } catch (error) {
    if (!(error instanceof domain.DomainError)) throw error;
    return { line: `the lead, ${move.step}: ${error.code}`, took: false };
  }
  return { line: `the lead, ${move.step}`, took: true, lead: { step: move.step, to, informed: move.informed } };
}

/** What has gone out about who is in it. */
function goneOutAbout(hub: HubState, unit: SupportUnit): InHand[] {
  const here = domain.personsHere(unit);
  return [...hub.referrals.values()].filter(
    (r) =>
      r.sentAt !== undefined &&
      r.state !== 'entered_in_error' &&
      !domain.hiddenKinds.includes(r.kind) &&
      r.members.some((m) => here.includes(m.person)),
  );
}

function metBy(hub: HubState, desk: string | undefined, unit: SupportUnit): Set<string> {
  const own = goneOutAbout(hub, unit).filter((r) => r.from === desk || (r.to === desk && hasIt(hub, r)));
  return new Set(own.flatMap((r) => [r.from, r.to]));
}

export function atWorkIn(hub: HubState, unit: SupportUnit): Set<string> {
  return new Set(goneOutAbout(hub, unit).flatMap((r) => [r.from, ...(hasIt(hub, r) ? [r.to] : [])]));
}
