// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done, type Move } from '@tsunagi/testing/invariants';
import { decideOn, goes } from './deciding';
import { workersOf } from './desks';
import type { HubState, InHand } from './hub-state';
import { moveOn } from './living';
import { matterOf, viewerOf } from './stepping';
import * as domain from '../../src';

/** Somebody types the code of a sheet that is out: who holds it opens the referral, and the first time it has arrived. */
export function typeCode(hub: HubState, move: Extract<Move, { do: 'sheet' }>): Done {
  const referral = pick([...hub.referrals.values()].filter((r) => r.sheet !== undefined).reverse(), move.which);
  if (!referral) return { line: 'no sheet', took: false };
  const desk = { recipient: referral.to, sender: referral.from, stranger: hub.onlooker }[move.who];
  const brought = desk === referral.to && !move.guessed;
  const opened = !move.guessed && hub.rule.mayOpen(desk, referral.to) && open(hub, referral);
  const line = `${move.who} types ${move.guessed ? 'some code' : 'its code'}: ${opened ? hub.get(referral.id).state : 'unknown'}`;
  return { line, took: opened, sheet: { brought, likeNone: true } };
}

function open(hub: HubState, referral: InHand): boolean {
  const viewer = viewerOf(hub, 'recipient', referral);
  const matter = { ...matterOf(referral), bySheet: true };
  const hats = hub.rule.hatsOf(viewer, matter);
  const isTakenBack = referral.misdirected === true || domain.finalStates.has(referral.state);
  if (hats.length === 0 || isTakenBack) return false;
  const decision = decideOn(hub, referral);
  if (referral.state !== 'sent' || decision.outcome !== 'permit') return domain.hasArrived(referral);
  const taken = hub.rule.takeStep(referral, { action: 'receive', by: 'recipient', facts: {}, permitted: true });
  moveOn(hub, referral.id, taken, { actor: 'staff', function: referral.to, staff: workersOf(referral.to)[0] }, {});
  goes(hub, referral.id, decision);
  return true;
}
