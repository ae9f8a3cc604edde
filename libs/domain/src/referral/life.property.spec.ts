// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { actionFacts, type ReferralAction } from './referral.actions';
import { finalStates, ReferralState } from './referral.states';
import { arrowsFor, transitions, type Actor, type Transition } from './referral.transitions';
import { livedOn, possibleActions, takeStep, type ReferralInLife, type Step, type StepTaken } from './take-step';
import { aReferralInLife } from '../../test/builders';
import { factsOf } from '../../test/full-facts';
import { propertyRuns } from '../../test/property-runs';
import { DomainError } from '../errors/domain.error';

const actors = [...new Set(transitions.flatMap((t) => t.by))];
const actions = [...new Set(transitions.map((t) => t.action))];

/** A step with everything that its guards may ask for. */
const withEverything = (action: Transition['action'], by: Actor) =>
  ({ action, by, facts: factsOf(action), permitted: true, meetingKnown: true, on: '2026-11-20' }) as Step;

function attempt(referral: ReferralInLife, step: Step): StepTaken | { refused: string } {
  try {
    return takeStep(referral, step);
  } catch (error) {
    if (error instanceof DomainError) return { refused: error.code };
    throw error;
  }
}

type InLife = ReferralInLife & { readonly version: number };

/** The hub's part: what it writes down of a step that was taken. */
function remember(referral: InLife, taken: StepTaken): InLife {
  return Object.freeze({
    ...livedOn(referral, taken),
    // A return for any reason, so that each of its ways out is walked.
    ...(taken.to === 'return_proposed' && { proposedReasons: ['105', '201'] }),
    version: referral.version + 1,
  });
}

const anyStep = fc
  .record({
    action: fc.constantFrom(...actions),
    by: fc.constantFrom(...actors),
    withFacts: fc.boolean(),
    permitted: fc.boolean(),
    meetingKnown: fc.boolean(),
    fromRecord: fc.boolean(),
    byMachine: fc.boolean(),
  })
  .map(({ withFacts, ...step }) => ({ ...step, on: '2026-11-20', facts: withFacts ? factsOf(step.action) : {} }));

/** Walks that get somewhere: in each state mostly an arrow that leaves it, and seldom one that ends the matter. */
const walk = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: anyStep.map((step) => () => step) },
    {
      weight: 4,
      arbitrary: fc
        .record({ arrow: fc.nat(), actor: fc.nat(), mayEnd: fc.nat(15) })
        .map((pick) => (state: ReferralState) => {
          // Either stops it for good; the steps that are not sought bring them often enough.
          const stops: readonly Transition['action'][] = ['mark-error', 'misdirected'];
          const leaving = transitions.filter((t) => t.from.includes(state) && !stops.includes(t.action));
          const onward = leaving.filter(
            (t) => t.to === 'before' || t.to === 'same' || (t.to !== 'coordinating' && !finalStates.has(t.to)),
          );
          const choice = pick.mayEnd === 0 || onward.length === 0 ? leaving : onward;
          const arrow = choice[pick.arrow % choice.length] ?? transitions.at(-1)!;
          return withEverything(arrow.action, arrow.by[pick.actor % arrow.by.length]!);
        }),
    },
  ),
  { maxLength: 25, size: 'max' },
);

const owesWord = (referral: ReferralInLife) =>
  referral.senderInformsBy !== undefined || referral.recipientInformsBy !== undefined;

const theirs: readonly ReferralState[] = ['received', 'accepted', 'in_progress', 'completed'];

describe('any walk through the life of a referral', () => {
  it('stays on the table, never wakes what has ended, and keeps the promises of the way', () => {
    const visited = new Set<ReferralState>(['draft']);
    fc.assert(
      fc.property(walk, (steps) => {
        let referral: InLife = Object.freeze({ ...aReferralInLife('draft'), version: 1 });
        const past: ReferralState[] = ['draft'];
        const broken: string[] = [];
        for (const next of steps) {
          const step = next(referral.state);
          const result = attempt(referral, step);
          const arrow = arrowsFor(referral.state, step.action).find((t) => t.by.includes(step.by));
          const must = (kept: boolean, promise: string) => kept || broken.push(`${past.join(' → ')}: ${promise}`);
          if ('refused' in result) {
            must(arrow !== undefined || ['STATE_NOT_THERE', 'NOT_YOUR_STEP'].includes(result.refused), 'off the table');
            continue;
          }
          const { to } = result;
          const moves = arrow?.to !== 'same';
          const ends =
            arrow?.to === 'before' ? referral.stateBefore : arrow?.to === 'same' ? referral.state : arrow?.to;
          must(ends === to, 'off the table');
          must(!finalStates.has(referral.state) || step.action === 'mark-error' || !moves, 'woken');
          must(arrow?.byPerson !== true || step.byMachine !== true, 'heard by a machine');
          must(
            !moves || to !== 'sent' || (step.permitted === true && step.meetingKnown === true),
            'sent without authority',
          );
          must(!moves || to !== 'revoked' || !past.includes('accepted'), 'revoked after 引受');
          must(!moves || to !== 'returned' || !past.includes('returned'), 'returned twice');
          must(!moves || !theirs.includes(to) || past.includes('sent'), 'came to the recipient unsent');
          must(step.action !== 'start' || past.includes('accepted'), 'begun before 引受');
          must(
            to !== 'closed' || step.action !== 'close' || !referral.followUps?.length,
            'closed before the last contact',
          );
          must(step.action !== 'send-back' || referral.sentBack !== true, 'sent back twice');
          must(!moves || to !== 'redirected' || referral.state === 'coordinating' || referral.hops < 2, 'a third hop');
          must(
            step.action !== 'redirect' ||
              !(step.by === 'coordinator_of_recipient' && referral.state === 'return_proposed'),
            'R2',
          );
          const was = referral;
          referral = remember(referral, result);
          must(referral.version === was.version + 1, 'version');
          must(moves || referral.stateBefore === was.stateBefore, 'forgot where to go back to');
          must(referral.everAccepted === true || was.everAccepted !== true, 'forgot that it was taken');
          must(
            !(step.facts as { notInformed?: unknown }).notInformed || owesWord(referral),
            'forgot to tell the person',
          );
          if (moves) past.push(to);
          visited.add(to);
        }
        expect(broken).toEqual([]);
      }),
      { numRuns: propertyRuns },
    );
    if (propertyRuns >= 1000) expect([...visited].sort()).toEqual([...ReferralState.options].sort());
  });

  it('gives the same answer to the same step: who lost the race may ask again with the new state', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ReferralState.options), anyStep, (state, step) => {
        const referral = Object.freeze(aReferralInLife(state, { stateBefore: 'received' }));
        expect(attempt(referral, step)).toEqual(attempt(referral, step));
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe('the actions offered', () => {
  /** A past that meets every guard which looks at the past. */
  const kindPast = { hasQuestioned: true, stateBefore: 'received', proposedReasons: ['105', '201'] } as const;

  it('are those that can be taken, and the others are refused for the reason that is shown', () => {
    for (const state of ReferralState.options)
      for (const actor of actors) {
        const offered = possibleActions(aReferralInLife(state, kindPast), [actor]);
        for (const { action, possible, because } of offered) {
          const result = attempt(aReferralInLife(state, kindPast), withEverything(action, actor));
          expect([state, actor, action, 'to' in result || result.refused]).toEqual([
            state,
            actor,
            action,
            possible || because,
          ]);
        }
      }
  });

  it.each<[string, ReferralState, Partial<ReferralInLife>, Actor, ReferralAction, string]>([
    ['a second return', 'return_proposed', { returnsInJourney: 1 }, 'sender', 'agree-return', 'SECOND_RETURN'],
    ['a third hop', 'returned', { hops: 2 }, 'sender', 'redirect', 'HOP_LIMIT'],
    ['a second sending back', 'completed', { sentBack: true }, 'sender', 'send-back', 'SENT_BACK_ALREADY'],
    ['a contact that is left', 'follow_up', { followUps: ['2026-12-20'] }, 'sender', 'close', 'FOLLOW_UP_LEFT'],
    ['another reason', 'return_proposed', { proposedReasons: ['901'] }, 'sender', 'decline', 'STATE_NOT_THERE'],
    ['no telephone call', 'sent', { phoned: false }, 'recipient', 'confirm-phone', 'PHONE_NOT_ANNOUNCED'],
  ])('say before anybody asks that %s is not possible', (_, state, past, actor, action, because) => {
    const referral = aReferralInLife(state, past);
    expect(possibleActions(referral, [actor]).find((o) => o.action === action)).toEqual({
      action,
      possible: false,
      because,
    });
    expect(attempt(referral, withEverything(action, actor))).toEqual({ refused: because });
  });

  it('of a machine leave out what only a person can have heard or seen', () => {
    const offered = possibleActions(aReferralInLife('sent'), ['recipient'], { byMachine: true }).map((o) => o.action);
    expect(offered).toContain('receive');
    expect(offered).not.toContain('confirm-phone');
    expect(offered).not.toContain('misdirected');
    const asked = { ...withEverything('misdirected', 'recipient'), byMachine: true };
    expect(attempt(aReferralInLife('sent'), asked)).toEqual({ refused: 'NOT_YOUR_STEP' });
  });

  it('leave out what this person could never do, in any state', () => {
    for (const actor of actors) {
      const offered = new Set(possibleActions(aReferralInLife('draft'), [actor]).map((o) => o.action));
      for (const action of Object.keys(actionFacts) as ReferralAction[]) {
        const ever = ReferralState.options.some((s) => arrowsFor(s, action).some((t) => t.by.includes(actor)));
        expect([actor, action, offered.has(action)]).toEqual([actor, action, ever]);
      }
    }
  });

  it('of one who acts in two roles are those of either', () => {
    const moving = (state: ReferralState, as: Actor[]) =>
      possibleActions(aReferralInLife(state, kindPast), as)
        .filter((o) => o.possible && arrowsFor(state, o.action).some((t) => t.to !== 'same'))
        .map((o) => o.action)
        .sort();
    expect(moving('return_proposed', ['sender', 'recipient'])).toEqual([
      'agree-return',
      'close',
      'decline',
      'mark-error',
      'resume',
    ]);
    expect(moving('received', ['sender'])).toEqual(['mark-error', 'withdraw']);
    expect(possibleActions(aReferralInLife('sent'), [])).toEqual([]);
  });
});
