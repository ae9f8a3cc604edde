// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { chosen, factsOf, pick, roles, type Done, type Move, type RoleInPlay } from '@tsunagi/testing/invariants';
import { decideOn, goes, seenBy } from './deciding';
import { desks, party, takikan, workersOf } from './desks';
import type { Acting, HubState, InHand } from './hub-state';
import { excludedFrom } from './protecting';
import { begin, dispatch, isTwin, recall, sheetFor } from './leaving';
import { afterProposal, moveOn } from './living';
import * as domain from '../../src';
import type { Actor, DisclosureDecision, ReferralAction, Step, StepTaken, Viewer } from '../../src';

export function step(
  hub: HubState,
  id: string,
  role: RoleInPlay,
  action: ReferralAction,
  version: number,
  facts: object,
): Done {
  const referral = hub.get(id);
  const line = `${role} takes ${action}: `;
  if (!hub.rule.isCurrent(version, referral.version)) return { line: `${line}conflict`, took: false };
  const viewer = viewerOf(hub, role, referral);
  const actors = actorsOf(hub, viewer, referral);
  if (actors.length === 0) return { line: `${line}unknown`, took: false };
  const decision = decideOn(hub, referral);
  const permitted = decision.outcome === 'permit';
  const about = {
    on: domain.japaneseDay(hub.now),
    byMachine: viewer.kind === 'client',
    permitted,
    meetingKnown: permitted,
  };
  const openTwin = [...hub.referrals.values()].some((r) => isTwin(r, referral));
  const leadNamed = [...hub.units.values()].some((u) =>
    u.members.some((m) => m.person === referral.members[0]?.person),
  );
  if (!domain.actionFacts[action].safeParse(facts).success) return { line: `${line}invalid`, took: false };
  let refused = '';
  for (const by of actors)
    try {
      const taken = hub.rule.takeStep(referral, { action, by, facts, ...about, openTwin, leadNamed });
      carryOut(hub, referral, taken, actingAs(viewer, by, referral, role), action, facts, decision);
      return { line: `${line}${hub.get(id).state}`, took: true, asker: viewer.functions };
    } catch (error) {
      if (!(error instanceof domain.DomainError)) throw error;
      refused = error.code;
    }
  return { line: `${line}${refused}`, took: false };
}

function carryOut(
  hub: HubState,
  referral: InHand,
  taken: StepTaken,
  by: Acting,
  action: ReferralAction,
  facts: Facts,
  decision: DisclosureDecision,
): void {
  const { id } = referral;
  const permit = decision.outcome === 'permit' ? decision : undefined;
  const sends = action === 'send' && permit !== undefined;
  moveOn(hub, id, taken, by, facts, {
    ...(sends && { permit, sentAt: hub.now, ...sheetFor(referral, permit) }),
    ...(facts.wakeOn !== undefined && { wakeOn: facts.wakeOn }),
    ...(facts.code === '103' && { shortOfCapacity: true }),
  });
  if (sends) dispatch(hub, id);
  if (action === 'receive' && permit) goes(hub, id, permit);
  if (action === 'propose-return') afterProposal(hub, id);
  if (action === 'withdraw' || action === 'mark-error' || action === 'misdirected') recall(hub, id);
  const next = { version: 0, state: 'draft' as const, toldState: 'draft' as const, stateAt: hub.now };
  const fresh = { hasQuestioned: false, returnsInJourney: referral.returnsInJourney, hops: 0 };
  const child = (over: Partial<InHand>): void => {
    const { from, to, kind, urgency, members, key, journey } = { ...referral, ...over };
    if (from === to) return;
    const { id: own } = { id: hub.newId() };
    begin(
      hub,
      {
        ...fresh,
        ...next,
        id: own,
        from,
        to,
        kind,
        urgency,
        members,
        key,
        journey,
        parent: id,
        hops: over.hops ?? 0,
      },
      by,
    );
  };
  const target = facts.to?.function ?? facts.referredTo?.function;
  if (action === 'redirect' && target !== undefined) child({ to: target, hops: referral.hops + 1 });
  if (action === 'complete' && facts.outcome === '013' && target !== undefined)
    child({ from: referral.to, to: target, members: seenBy(hub, referral) });
  if (action === 'reopen') child({ journey: hub.newId() });
  if (action === 'follow-up' && facts.result === 'broken' && referral.state === 'follow_up') {
    const after = hub.get(id);
    moveOn(hub, id, hub.rule.takeStep(after, { action: 'reopen', by: taken.by, facts } as unknown as Step), by, facts);
    child({ journey: hub.newId() });
  }
}

export function race(hub: HubState, move: Extract<Move, { do: 'race' }>): Done {
  const referral = hub.chosen(move.referral);
  if (!referral) return { line: 'no referral', took: false };
  const two = [move.one, move.other].flatMap((who) => {
    const role = pick(roles, who)!;
    const action = chosen(offered(hub, referral, role), move.which);
    return action ? [{ role, action }] : [];
  });
  if (two.length < 2) return { line: 'nobody to race with', took: false };
  const outcomes = two.map(({ role, action }) =>
    step(hub, referral.id, role, action, referral.version, factsFor(hub, referral, action, move.which, true)),
  );
  const won = outcomes.filter((o) => o.took).length;
  const line = `a race: ${outcomes.map((o) => o.line).join(', ')}`;
  return { line, took: won > 0, race: { won } };
}

export function offered(hub: HubState, referral: InHand, role: RoleInPlay): ReferralAction[] {
  const viewer = viewerOf(hub, role, referral);
  const actors = actorsOf(hub, viewer, referral);
  return domain
    .possibleActions(referral, actors, { byMachine: viewer.kind === 'client' })
    .flatMap(({ action, possible }) => (possible ? action : []));
}

function actorsOf(hub: HubState, viewer: Viewer, referral: InHand): Actor[] {
  const matter = matterOf(referral);
  return hub.rule.actorsOf(viewer, matter, hub.rule.hatsOf(viewer, matter));
}

export function factsFor(
  hub: HubState,
  referral: InHand,
  action: ReferralAction,
  which: number,
  told: boolean,
): object {
  const elsewhere = pick(
    desks.filter((d) => ![referral.from, referral.to, hub.onlooker].includes(d.function)),
    which,
  )!;
  return factsOf(action, { now: hub.now, which, told, elsewhere: elsewhere.function });
}

interface Facts {
  readonly wakeOn?: string;
  readonly code?: string;
  readonly outcome?: string;
  readonly result?: string;
  readonly to?: { readonly function: string };
  readonly referredTo?: { readonly function: string };
}

export const matterOf = ({ id, from, to, kind, state, sentAt, carried, ...life }: InHand): domain.Matter => ({
  id,
  kind,
  state,
  from,
  to,
  released: sentAt !== undefined,
  channel: carried ? 'carried_by_person' : undefined,
  atSitting: life.conference !== undefined,
  arrived: domain.hasArrived(life),
  toCoordinators: party(to).functionType === takikan,
});

export function viewerOf(hub: HubState, role: RoleInPlay, { from, to }: InHand): Viewer {
  const at = (id: string, ...holds: domain.Role[]): Viewer => workerAt(hub, id, nthOf(role), ...holds);
  switch (role) {
    case 'sender':
      return at(from, 'caseworker');
    case 'recipient':
      return at(to, 'caseworker');
    case 'recipient_supervisor':
      return at(to, 'caseworker', 'supervisor');
    case 'coordinator':
    case 'approver':
      return { kind: 'staff', holdings: [{ role }], functions: [] };
    case 'sender_program':
      return { ...at(from, 'caseworker'), kind: 'client', excluded: undefined };
    case 'stranger':
      return at(hub.onlooker, 'caseworker', 'supervisor');
    default:
      return role satisfies never;
  }
}

/** One of the two who work at this desk. */
export function workerAt(hub: HubState, desk: string, nth: 0 | 1, ...holds: domain.Role[]): Viewer {
  return {
    kind: 'staff',
    holdings: holds.map((role) => ({ role, function: desk })),
    functions: [desk],
    excluded: excludedFrom(hub, workersOf(desk)[nth]),
  };
}

const nthOf = (role: RoleInPlay): 0 | 1 => (role === 'recipient_supervisor' ? 1 : 0);

/** As which desk somebody acts, and who it is. */
function actingAs(viewer: Viewer, by: Actor, { from, to }: InHand, role: RoleInPlay): Acting {
  const acting = by === 'sender' ? from : by.startsWith('recipient') ? to : viewer.functions[0];
  const isNamed = viewer.kind === 'staff' && acting !== undefined && viewer.functions.length > 0;
  return { actor: viewer.kind, function: acting, ...(isNamed && { staff: workersOf(acting)[nthOf(role)] }) };
}
