// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { edgesAfter, pick, type Done, type Move, type Seen } from '@tsunagi/testing/invariants';
import { municipality, party, takikan, workingDays } from './desks';
import { core, type HubState, type InHand } from './hub-state';
import { moveOn } from './living';
import * as domain from '../../src';

export const pass = (hub: HubState, minutes: number): Done => {
  letCome(hub, new Date(hub.now.getTime() + minutes * 60_000));
  return { line: `${minutes} minutes later`, took: true, silence: true };
};

/** To the moment at which something that was said begins or ends, or to the last one before. */
export function jump(hub: HubState, move: Extract<Move, { do: 'jump' }>): Done {
  const edge = pick(edgesAfter(hub.words, municipality, hub.now), move.which);
  if (edge === undefined) return { line: 'nothing ends', took: false };
  letCome(hub, new Date(move.short ? edge - 1 : edge));
  return { line: `${move.short ? 'the last moment before ' : ''}something ends`, took: true, silence: true };
}

function letCome(hub: HubState, moment: Date): void {
  hub.now = moment;
  for (const { id } of [...hub.referrals.values()])
    for (let looked = 0; looked < 5; looked++) {
      const step = hub.rule.lookAt(inTime(hub.get(id)), workingDays, hub.now).step;
      if (!step) break;
      moveOn(hub, id, hub.rule.takeStep(hub.get(id), { action: step, by: 'core', facts: {} } as never), core, {});
    }
}

function inTime(r: InHand): domain.ReferralInTime {
  const { plugin, functionType } = party(r.to);
  return {
    ...r,
    withdrawalAsked: r.withdrawalAsked === true,
    misdirected: r.misdirected === true,
    routed: true,
    worksHere:
      plugin === undefined ||
      r.carried === true ||
      r.conference !== undefined ||
      !domain.kindRules[r.kind].channels.includes('plugin'),
    carried: r.carried === true,
    staysUntil: domain.staysUntil(r.kind, functionType),
    sentBack: r.sentBack === true,
    returnAsked: r.returnAsked === true,
    shortOfCapacity: r.shortOfCapacity === true,
    phoneConfirmed: r.phoneConfirmed === true,
    followUpOn: r.followUps?.[0],
    confirmedByMunicipality: functionType === takikan,
  };
}

export function todosIn(hub: HubState, referrals: readonly InHand[]): Seen['todos'] {
  return referrals.flatMap((r) =>
    hub.rule.listed(hub.rule.lookAt(inTime(r), workingDays, hub.now).todos).map((t) => ({
      referral: r.id,
      function: t.at === 'sender' ? r.from : r.to,
      role: t.role,
      kind: t.kind,
    })),
  );
}

/** Where each referral is in its life, and what waits for whom. */
export function lives(hub: HubState, referrals: ReadonlyMap<string, InHand> = hub.referrals): Record<string, unknown> {
  const line = (r: InHand) => {
    const { state, toldState, stateBefore, everAccepted, sentBack, returnsInJourney, followUps } = r;
    // What a system has asked for is no step.
    const returnAsked = hub.get(r.id).returnAsked === true;
    const todos = todosIn(hub, [{ ...r, returnAsked }]);
    return { state, toldState, stateBefore, everAccepted, sentBack, returnsInJourney, followUps, todos };
  };
  return Object.fromEntries([...referrals.values()].map((r) => [r.id, line(r)]));
}

/** The same, when every step is lived once more from the beginning. */
export function livedAgain(hub: HubState): Record<string, unknown> {
  const again = new Map(hub.begun);
  for (const { id, taken, also } of hub.lived) again.set(id, { ...hub.rule.livedOn(again.get(id)!, taken), ...also });
  return lives(hub, again);
}
