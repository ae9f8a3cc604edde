// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  chosen,
  pick,
  roles,
  rolesFrom,
  type Done,
  type Move,
  type Seen,
  type World,
} from '@tsunagi/testing/invariants';
import { atConference } from './at-conference';
import { again, answering, asked } from './coming';
import { municipality } from './desks';
import { handOver } from './handing-over';
import { HubState } from './hub-state';
import { look } from './looking';
import { clear, danger, seal, unprotect } from './protecting';
import { ground, ratify } from './recording';
import { refer, sendRecord } from './referring';
import { typeCode } from './carrying';
import { merge, split } from './persons';
import { rules, type Rules } from './rules';
import { consent, refuse, withdraw } from './saying';
import { factsFor, offered, race, step } from './stepping';
import { answer, resend, take } from './systems';
import { jump, livedAgain, lives, pass } from './time';

/** A hub of the domain's own functions over a few lists: no database, no courier, no clock but this one. */
export class SmallHub implements World {
  readonly municipality = municipality;
  private readonly state: HubState;

  constructor(rule: Rules = rules, onlooker = 2) {
    this.state = new HubState(rule, onlooker);
  }

  async make(move: Move): Promise<Done> {
    const done = move.do === 'again' ? again(this.state, move.which) : once(this.state, move, this.state.newId());
    this.state.words.push(...(done.words ?? []));
    return done;
  }

  async look(): Promise<Seen> {
    return look(this.state);
  }

  /** Where each referral is in its life, and what waits for whom. */
  lives(): Record<string, unknown> {
    return lives(this.state);
  }

  /** The same, when every step is lived once more from the beginning. */
  livedAgain(): Record<string, unknown> {
    return livedAgain(this.state);
  }
}

function once(hub: HubState, move: Exclude<Move, { do: 'again' }>, id: string): Done {
  switch (move.do) {
    case 'refer':
      return answering(hub, id, () => refer(hub, move, id));
    case 'record':
      return sendRecord(hub, move);
    case 'step': {
      const referral = hub.chosen(move.referral);
      const role = referral && rolesFrom(move.who).find((r) => chosen(offered(hub, referral, r), move.which));
      const action = role && chosen(offered(hub, referral, role), move.which);
      if (!action) return { line: 'nothing is offered to anybody', took: false };
      const facts = factsFor(hub, referral, action, move.which, move.told);
      return asked(hub, () => step(hub, referral.id, role, action, referral.version, facts));
    }
    case 'try': {
      const referral = hub.chosen(move.referral);
      const role = pick(roles, move.who)!;
      if (!referral) return { line: 'no referral', took: false };
      const facts = move.bare ? {} : factsFor(hub, referral, move.action, move.who, true);
      return asked(hub, () => step(hub, referral.id, role, move.action, referral.version, facts));
    }
    case 'race':
      return race(hub, move);
    case 'consent':
      return consent(hub, move);
    case 'withdraw':
      return withdraw(hub, move.which);
    case 'refuse':
      return refuse(hub, move);
    case 'sheet':
      return typeCode(hub, move);
    case 'merge':
      return merge(hub, move);
    case 'split':
      return split(hub, move);
    case 'pass':
      return pass(hub, move.minutes);
    case 'take':
      return take(hub, move.which, move.fails);
    case 'resend':
      return resend(hub, move.which);
    case 'answer':
      return answer(hub, move, id);
    case 'lead':
      return handOver(hub, move);
    case 'ground':
      return ground(hub, move);
    case 'ratify':
      return ratify(hub, move);
    case 'seal':
      return seal(hub, move);
    case 'danger':
      return danger(hub, move);
    case 'unprotect':
      return unprotect(hub, move);
    case 'clear':
      return clear(hub, move);
    case 'conference':
      return atConference(hub, move);
    case 'jump':
      return jump(hub, move);
    default:
      return move satisfies never;
  }
}
