// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { Done, MoveOfLife, Municipality, Seen, World } from '@tsunagi/testing/invariants';
import { typeCode } from './carrying';
import { again } from './coming';
import { handOver } from './handing-over';
import type { HubInPlay } from './hub-in-play';
import { look } from './looking';
import { merge, split } from './persons';
import { refer, sendRecord, submissionBy } from './referring';
import { askConsent, refuse, withdraw } from './saying';
import { Sequence } from './sequence';
import { letPass, settle } from './settling';
import { race, step, tryStep } from './stepping';
import { answerBySystem, take } from './systems';

/** One sequence in the running hub: people, records and referrals of its own. */
export class SequenceInHub implements World {
  readonly municipality: Municipality;

  private constructor(private readonly sequence: Sequence) {
    this.municipality = sequence.municipality;
  }

  /** The onlooker knows one of the two persons from before, and has no word of hers. */
  static async begin(play: HubInPlay, place: number): Promise<SequenceInHub> {
    const sequence = new Sequence(play, place);
    const { onlooker } = sequence;
    const elsewhere = play.desks.find((d) => d !== onlooker)!;
    const caseworker = { role: 'caseworker', function: onlooker.id };
    const body = submissionBy(sequence, {
      kind: 'referral',
      person: 0,
      to: elsewhere,
      from: onlooker,
      urgency: 'normal',
      withHousehold: false,
    });
    const answer = await sequence.call(caseworker, 'POST', '/referrals', body, { 'idempotency-key': randomUUID() });
    sequence.own = { referral: answer.body.id };
    return new SequenceInHub(sequence);
  }

  async make(move: MoveOfLife): Promise<Done> {
    this.sequence.at = move.at ?? 0;
    const done = await once(this.sequence, move);
    await settle(this.sequence, done.silence === true);
    return done;
  }

  /** What one instance has done, the next one shows. */
  look(): Promise<Seen> {
    this.sequence.at += 1;
    return look(this.sequence);
  }

  /** The onlooker has nothing of it in hand any more: lists stay short. */
  async end(): Promise<void> {
    const { sequence } = this;
    const { own, onlooker } = sequence;
    const path = `/referrals/${own!.referral}`;
    const who = { role: 'caseworker', function: onlooker.id };
    const { body } = await sequence.call(who, 'GET', path);
    await sequence.call(who, 'POST', `${path}/withdraw`, { reason: '試験' }, { 'if-match': `"${body.version}"` });
  }
}

function once(sequence: Sequence, move: MoveOfLife): Promise<Done> {
  switch (move.do) {
    case 'refer':
      return refer(sequence, move);
    case 'record':
      return sendRecord(sequence, move);
    case 'step':
      return step(sequence, move.referral, move.who, move.which, move.told);
    case 'try':
      return tryStep(sequence, move);
    case 'race':
      return race(sequence, move);
    case 'consent':
      return askConsent(sequence, move);
    case 'withdraw':
      return withdraw(sequence, move.which);
    case 'refuse':
      return refuse(sequence, move);
    case 'sheet':
      return typeCode(sequence, move);
    case 'merge':
      return merge(sequence, move);
    case 'split':
      return split(sequence, move);
    case 'pass':
      return letPass(sequence, move.minutes);
    case 'resend':
      // Whose receipt has not come for so long is sent once more.
      return letPass(sequence, 1);
    case 'take':
      return take(sequence, move.which, move.fails);
    case 'answer':
      return answerBySystem(sequence, move);
    case 'again':
      return again(sequence, move.which);
    case 'lead':
      return handOver(sequence, move);
    default:
      return move satisfies never;
  }
}
