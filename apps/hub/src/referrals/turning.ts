// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  isUnknownTo,
  isVisitedTwice,
  StepRefusedError,
  takeStep,
  whyNotBetween,
  type ActionFacts,
  type Addressee,
} from '@tsunagi/domain';
import { begunAnew, redirected, referredOn, refuseFromConference } from './going-on';
import { afterProposal, journeyOf, letDesksTalk } from './journeys';
import { isRouted, personsOf, referralsById, subjectOf } from './referral.record';
import { contentSeenBy } from './seen-content';
import { moved, writtenDown, type Stepped, type Stepping } from './stepping';
import { wishesOf } from '../consents';
import { areOne } from '../people';

/** The matter goes on at another desk; or, when that one has had it already, the desks talk. */
export async function redirect(stepping: Stepping<ActionFacts<'redirect'>>): Promise<Stepped> {
  const { referral, facts, acting } = stepping;
  refuseFromConference(referral);
  // What the desks have agreed on at the table is no たらい回し.
  const agreed = referral.state === 'coordinating';
  if (!agreed && (await goesRound(stepping, referral.fromFunction, facts.to))) return talkInstead(stepping);
  const after = moved(stepping);
  return { after, next: await redirected(stepping, referral, facts.to, facts, acting) };
}

/** 013: what the recipient could not do alone goes on from its desk, with what it has seen. */
export async function complete(stepping: Stepping<ActionFacts<'complete'>>): Promise<Stepped> {
  const { tx, changes, directory, keys, referral, facts, acting } = stepping;
  const { referredTo } = facts;
  // What a recipient has done on paper it has done itself: nothing goes on from a desk that nobody works at.
  const goesOn = referredTo !== undefined && facts.outcome === '013' && acting.enteredBy === undefined;
  if (!goesOn || !isRouted(referral)) return { after: moved(stepping) };
  refuseFromConference(referral);
  const isRound = await goesRound(stepping, referral.toFunction, referredTo);
  // Over a 通報・通告 no desks talk, and only a desk that is named for it may learn that there is one.
  if (isUnknownTo(referral.kind, 'coordinate')) {
    const target = directory.resolve({ to: referredTo, from: referral.toFunction, kind: referral.kind });
    const [from, to] = [directory.party(referral.toFunction), target === undefined ? target : directory.party(target)];
    if (isRound || !to || whyNotBetween(referral.kind, from, to)) throw new StepRefusedError('NOT_ON_TO_THERE');
  }
  if (isRound) return talkInstead(stepping);
  const wishes = await wishesOf(tx, personsOf(referral));
  const seen = await contentSeenBy(referral, wishes, { tx, directory, keys, now: changes.now });
  if (!seen) throw new StepRefusedError('AUTHORITY_MISSING');
  const after = moved(stepping);
  // The worker at the first sender's desk is not the one at this.
  const { subject, others } = seen.content;
  const from = { function: referral.toFunction, content: { subject, others }, by: acting };
  return { after, next: await referredOn(stepping, referral, referredTo, facts, from) };
}

export async function reopen(stepping: Stepping<ActionFacts<'reopen'>>): Promise<Stepped> {
  const { referral, facts, acting } = stepping;
  const after = moved(stepping);
  return { after, next: await begunAnew(stepping, referral, facts.to ?? referral.toAddress, facts, acting) };
}

/** A series is chosen, or the result of one contact; what is broken ends, and begins anew. */
export async function followUp(stepping: Stepping<ActionFacts<'follow-up'>>): Promise<Stepped> {
  const { referral, facts, acting, by } = stepping;
  const after = moved(stepping);
  if (referral.state !== 'follow_up' || facts.result !== 'broken') return { after };
  const { personInformed, notInformed } = facts;
  const reason = facts.note?.slice(0, maxReason) ?? facts.result;
  const said = { reason, personInformed, notInformed };
  const ending = takeStep(after, { action: 'reopen', by, facts: said, informedBefore: true });
  const ended = stepping.changes.move(after, ending, acting);
  return { after: ended, next: await begunAnew(stepping, referral, referral.toAddress, facts, acting) };
}

/** 105 names another referral of this desk about the same person; any other is answered as one that does not exist. */
export async function proposeReturn(stepping: Stepping<ActionFacts<'propose-return'>>): Promise<Stepped> {
  const { duplicateOf } = stepping.facts;
  if (duplicateOf !== undefined && !(await isDuplicate(stepping, duplicateOf)))
    throw new StepRefusedError('DUPLICATE_MISSING');
  const { tx, changes } = stepping;
  return { after: await afterProposal(tx, changes, moved(stepping)) };
}

/** Closed as a duplicate, both histories say so. */
export async function close(stepping: Stepping<ActionFacts<'close'>>): Promise<Stepped> {
  const { tx, changes, referral } = stepping;
  const after = moved(stepping);
  const { duplicateOf } = referral;
  if (referral.state !== 'return_proposed' || duplicateOf === undefined) return { after };
  const other = (await referralsById(tx, [duplicateOf])).get(duplicateOf);
  if (other)
    changes.record(
      other,
      'duplicate_closed',
      { actor: 'core' },
      { reasons: ['105'], facts: { duplicate: referral.id } },
    );
  return { after };
}

async function isDuplicate({ tx, referral }: Stepping<object>, id: string): Promise<boolean> {
  const other = (await referralsById(tx, [id])).get(id);
  if (!other || other.id === referral.id || other.sentAt === undefined) return false;
  if (![other.toFunction, other.fromFunction].includes(referral.toFunction ?? '')) return false;
  return areOne(tx, subjectOf(referral), subjectOf(other));
}

async function goesRound({ tx, directory, referral }: Stepping<object>, from: string, to: Addressee): Promise<boolean> {
  const target = directory.resolve({ to, from, kind: referral.kind });
  return isVisitedTwice(await journeyOf(tx, referral), target);
}

/** What was said of the step that cannot be taken stays: what was done, who was told, and where it should have gone. */
function talkInstead(stepping: Stepping<object>): Stepped {
  return { after: letDesksTalk(stepping.changes, writtenDown(stepping)) };
}

const maxReason = 200;
