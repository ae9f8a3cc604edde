// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralKind } from '../codes/vocabulary';
import type { ReferralInLife, StepTaken } from './in-life';
import { kindRules, ruleOf } from './kinds';
import type { ReferralState } from './referral.states';

/** What the recipient's desk does with a referral; the sender learns of these only as far as the feedback scope says. */
const feedbackStates: ReadonlySet<ReferralState> = new Set([
  'received',
  'accepted',
  'in_progress',
  'on_hold',
  'completed',
]);

/** What the other desk must know at once, in every scope and state. */
const alwaysTold: ReadonlySet<string> = new Set(['confirm-phone', 'misdirected']);

/** Happened to the other one of two that came to the same desk; who sent this one took no part in that. */
const ofRecipientOnly: ReadonlySet<string> = new Set(['duplicate_closed']);
export const isOfRecipientOnly = (action: string): boolean => ofRecipientOnly.has(action);

/** That a person is in other hands as well is known where it was judged, and to those who oversee. */
export const ofJudgeOnly: ReadonlySet<string> = new Set(['persons_merged', 'person_split']);
export const isOfJudgeOnly = (action: string): boolean => ofJudgeOnly.has(action);

/** A return names its reasons; what came of a referral, and why it waits or was taken, is note and not state. */
const reasonsTold: ReadonlySet<string> = new Set(['propose-return', 'agree-return']);
export const tellsReasons = (action: string): boolean => reasonsTold.has(action);

/** Something that was done with a referral; beside its life it stays where it is. */
export interface Happened extends Pick<StepTaken, 'by' | 'from' | 'to'> {
  readonly action: string;
}

/**
 * Is the sender told of this: always, as the feedback scope says, or never? What the sender did itself, and what it must
 * act on (a question, a return, an end, what was agreed at a table at which it sat), it is always told; of the rest, what
 * it was told last stands. Of a 通報・通告 it hears of 到着 alone, and only once a person there has confirmed it.
 */
export function tellingOf(kind: ReferralKind, happened: Happened): 'always' | 'as_permitted' | 'never' {
  const { by, action, from, to } = happened;
  const isTheirs = by === 'recipient' || by === 'recipient_supervisor';
  if (isOfRecipientOnly(action)) return 'never';
  if (by === 'sender' || alwaysTold.has(action)) return 'always';
  if (kindRules[kind].back === 'arrival')
    return action === 'receive' || !(isTheirs || action === 'wake') ? 'always' : 'never';
  if (isTheirs && from === to) return 'as_permitted';
  return (isTheirs || by === 'core') && feedbackStates.has(to) ? 'as_permitted' : 'always';
}

/** The state as the sender may know it: what it was told, and of a 通報・通告 never more than 到着. */
export function toldStateOf({
  kind,
  state,
  toldState,
}: Pick<ReferralInLife, 'kind' | 'state' | 'toldState'>): ReferralState {
  if (toldState !== undefined) return toldState;
  return ruleOf(kind).back === 'arrival' && feedbackStates.has(state) ? 'received' : state;
}

/** Invariant 8: a sender is answered and refused from what it was told, and from nothing else. */
export const asTold = <R extends ReferralInLife>(referral: R): R => ({ ...referral, state: toldStateOf(referral) });
