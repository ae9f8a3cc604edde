// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { actionFacts, type ReferralAction } from './referral.actions';
import { finalStates, ReferralState } from './referral.states';
import { arrowsFor, transitions, type Actor, type Transition } from './referral.transitions';
import { possibleActions, takeStep, type ReferralInLife, type Step } from './take-step';
import { aReferralInLife } from '../../test/builders';
import { factsOf } from '../../test/full-facts';
import { propertyRuns } from '../../test/property-runs';
import { DomainError } from '../errors/domain.error';

const actors = [...new Set(transitions.flatMap((t) => t.by))];
const actions = [...new Set(transitions.map((t) => t.action))];

/** A step with everything that its guards may ask for. */
const withEverything = (action: Transition['action'], by: Actor) =>
  ({ action, by, facts: factsOf(action), permitted: true, meetingKnown: true }) as Step;

function attempt(referral: ReferralInLife, step: Step): { to: ReferralState } | { refused: string } {
  try {
    return { to: takeStep(referral, step).to };
  } catch (error) {
    if (error instanceof DomainError) return { refused: error.code };
    throw error;
  }
}

/** The hub's part: what it writes down of a step that was taken. */
function remember(referral: ReferralInLife & { version: number }, step: Step, to: ReferralState) {
  return Object.freeze({
    ...referral,
    state: to,
    stateBefore: referral.state,
    everAccepted: referral.everAccepted === true || to === 'accepted',
    sentBack: referral.sentBack === true || step.action === 'send-back',
    hasQuestioned: referral.hasQuestioned || to === 'questioned',
    returnsInJourney: referral.returnsInJourney + (to === 'returned' ? 1 : 0),
    proposedReasons: to === 'return_proposed' ? ['105', '201'] : referral.proposedReasons,
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
  })
  .map(({ withFacts, ...step }) => ({ ...step, facts: withFacts ? factsOf(step.action) : {} }) as Step);

/** Walks that get somewhere: in each state mostly one of the arrows that leave it. */
const walk = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: anyStep.map((step) => () => step) },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => (state: ReferralState) => {
        const leaving = transitions.filter((t) => t.from.includes(state) && t.action !== 'mark-error');
        const arrow = leaving[a % leaving.length] ?? transitions.at(-1)!;
        return withEverything(arrow.action, arrow.by[b % arrow.by.length]!);
      }),
    },
  ),
  { maxLength: 25 },
);

describe('any walk through the life of a referral', () => {
  it('stays on the table, never wakes what has ended, and keeps the promises of the way', () => {
    const visited = new Set<ReferralState>(['draft']);
    fc.assert(
      fc.property(walk, (steps) => {
        let referral = Object.freeze({ ...aReferralInLife('draft'), version: 1 });
        const past: ReferralState[] = ['draft'];
        for (const next of steps) {
          const step = next(referral.state);
          const result = attempt(referral, step);
          const arrow = arrowsFor(referral.state, step.action).find((t) => t.by.includes(step.by));
          if ('refused' in result) {
            if (!arrow) expect(['STATE_NOT_THERE', 'NOT_YOUR_STEP']).toContain(result.refused);
            continue;
          }
          expect(arrow?.to === 'before' ? referral.stateBefore : arrow?.to).toBe(result.to);
          if (finalStates.has(referral.state)) expect(step.action).toBe('mark-error');
          if (result.to === 'sent') expect([step.permitted, step.meetingKnown]).toEqual([true, true]);
          if (result.to === 'revoked') expect(past).not.toContain('accepted');
          if (result.to === 'returned') expect(past).not.toContain('returned');
          if (['received', 'accepted', 'in_progress', 'completed'].includes(result.to)) expect(past).toContain('sent');
          if (step.action === 'start') expect(past).toContain('accepted');
          const before = referral.version;
          referral = remember(referral, step, result.to);
          expect(referral.version).toBe(before + 1);
          past.push(result.to);
          visited.add(result.to);
        }
      }),
      { numRuns: propertyRuns },
    );
    expect([...visited].sort()).toEqual([...ReferralState.options].sort());
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
        const offered = possibleActions(state, [actor]);
        for (const { action, possible, because } of offered) {
          // What the desks agree on at a coordination has no place in the facts of 引受 and つなぎ完了 yet.
          const facts = { ...factsOf(action), ...(state === 'coordinating' && factsOf('coordinate')) };
          const result = attempt(aReferralInLife(state, kindPast), { ...withEverything(action, actor), facts } as Step);
          expect([state, actor, action, 'to' in result || result.refused]).toEqual([
            state,
            actor,
            action,
            possible || because,
          ]);
        }
      }
  });

  it('leave out what this person could never do, in any state', () => {
    for (const actor of actors) {
      const offered = new Set(possibleActions('draft', [actor]).map((o) => o.action));
      for (const action of Object.keys(actionFacts) as ReferralAction[]) {
        const ever = ReferralState.options.some((s) => arrowsFor(s, action).some((t) => t.by.includes(actor)));
        expect([actor, action, offered.has(action)]).toEqual([actor, action, ever]);
      }
    }
  });

  it('of one who acts in two roles are those of either', () => {
    const both = possibleActions('return_proposed', ['sender', 'recipient']).filter((o) => o.possible);
    expect(both.map((o) => o.action).sort()).toEqual(['agree-return', 'close', 'decline', 'resume']);
    expect(possibleActions('received', ['sender']).filter((o) => o.possible)).toEqual([
      { action: 'withdraw', possible: true },
    ]);
    expect(possibleActions('sent', [])).toEqual([]);
  });
});
