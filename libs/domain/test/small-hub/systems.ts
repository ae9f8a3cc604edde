// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done, type Move } from '@tsunagi/testing/invariants';
import { answering } from './coming';
import { decideOn, goes, redacted } from './deciding';
import { party } from './desks';
import { core, type Delivery, type HubState } from './hub-state';
import { afterProposal, moveOn } from './living';
import * as domain from '../../src';

export function take(hub: HubState, which: number, fails: boolean): Done {
  const delivery = pick([...hub.deliveries.values()].filter((d) => d.state === 'queued').reverse(), which);
  if (!delivery) return { line: 'nothing is under way', took: false };
  return claim(hub, delivery, fails);
}

export function resend(hub: HubState, which: number): Done {
  const delivery = pick(
    [...hub.deliveries.values()].filter((d) => d.state === 'parked' || d.state === 'out').reverse(),
    which,
  );
  if (!delivery) return { line: 'nothing to send again', took: false };
  return claim(hub, delivery, false);
}

/** Decided at this moment, whatever was decided before; then the host writes it, or does not. */
function claim(hub: HubState, delivery: Delivery, fails: boolean): Done {
  const referral = hub.get(delivery.referral);
  const mayArrive =
    domain.openStates.has(referral.state) && referral.state !== 'returned' && referral.misdirected !== true;
  if (!mayArrive) {
    hub.put({ ...delivery, state: 'recalled' });
    return { line: 'not wanted any more', took: false };
  }
  const decision = hub.rule.decideAtClaim(() => decideOn(hub, referral), referral.permit);
  if (decision.outcome !== 'permit') {
    hub.put({ ...delivery, state: 'parked' });
    return { line: `parked: ${decision.outcome}`, took: false };
  }
  hub.left.push({
    way: 'message',
    referral: referral.id,
    desk: referral.to,
    members: redacted(hub, referral, decision.members),
  });
  goes(hub, referral.id, decision);
  hub.put({ ...delivery, state: fails ? 'out' : 'taken' });
  if (fails) return { line: 'sent, and no receipt', took: true };
  arrived(hub, referral.id);
  return { line: 'delivered', took: true };
}

function arrived(hub: HubState, id: string): void {
  const referral = hub.get(id);
  if (referral.state === 'sent')
    moveOn(hub, id, hub.rule.takeStep(referral, { action: 'deliver', by: 'core', facts: {} }), core, {});
}

export function answer(hub: HubState, move: Extract<Move, { do: 'answer' }>, id: string): Done {
  const delivery = pick(
    [...hub.deliveries.values()].filter((d) => d.state === 'taken' || d.state === 'out').reverse(),
    move.which,
  );
  if (!delivery) return { line: 'nothing to answer', took: false };
  const plugin = move.stranger ? 'kosodate' : delivery.plugin;
  return answering(hub, id, () => respond(hub, delivery, plugin, move));
}

function respond(
  hub: HubState,
  delivery: Delivery,
  plugin: string,
  { code, reason }: { readonly code: string; readonly reason: string },
): Done {
  const referral = hub.get(delivery.referral);
  const serving = party(referral.to);
  const line = `${plugin} answers ${code}: `;
  if (serving.plugin !== plugin) return { line: `${line}rejected`, took: false, bySystem: { mayAnswer: false } };
  arrived(hub, referral.id);
  const bySystem = { mayAnswer: true };
  try {
    const on = domain.japaneseDay(hub.now);
    const said = { code: code as domain.ResponseCode, reason, on, worker: '試験　二郎', outcome: '011' };
    const desk = { returnsWithoutSupervisor: serving.returnsBySystem === true };
    const { steps, returnAsked } = hub.rule.planAnswer(hub.get(referral.id), said, desk);
    for (const { taken, reasons, wakeOn } of steps) {
      const also = {
        ...(wakeOn !== undefined && { wakeOn }),
        ...(reasons.includes('103') && { shortOfCapacity: true }),
      };
      moveOn(hub, referral.id, taken, { actor: `plugin:${plugin}`, function: referral.to }, { reasons }, also);
    }
    afterProposal(hub, referral.id);
    if (returnAsked) hub.change(referral.id, { returnAsked: true });
    return { line: `${line}${hub.get(referral.id).state}`, took: true, bySystem };
  } catch (error) {
    if (!(error instanceof domain.DomainError)) throw error;
    return { line: `${line}${error.code}`, took: false, bySystem };
  }
}
