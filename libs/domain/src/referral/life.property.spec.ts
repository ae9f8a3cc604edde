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
  ({ action, by, facts: factsOf(action), permitted: true, meetingKnown: true }) as Step;

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
    proposedReasons: taken.to === 'return_proposed' ? ['105', '201'] : referral.proposedReasons,
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
  .map(({ withFacts, ...step }) => ({ ...step, facts: withFacts ? factsOf(step.action) : {} }));

/** Walks that get somewhere: in each state mostly an arrow that leaves it, and seldom one that ends the matter. */
const walk = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: anyStep.map((step) => () => step) },
    {
      weight: 4,
      arbitrary: fc
        .record({ arrow: fc.nat(), actor: fc.nat(), mayEnd: fc.nat(15) })
        .map((pick) => (state: ReferralState) => {
          const leaving = transitions.filter((t) => t.from.includes(state) && t.action !== 'mark-error');
          const onward = leaving.filter(
            (t) => t.to !== 'coordinating' && (t.to === 'before' || !finalStates.has(t.to)),
          );
          const choice = pick.mayEnd === 0 || onward.length === 0 ? leaving : onward;
          const arrow = choice[pick.arrow % choice.length] ?? transitions.at(-1)!;
          return withEverything(arrow.action, arrow.by[pick.actor % arrow.by.length]!);
        }),
    },
  ),
  { maxLength: 25, size: 'max' },
);

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
          must((arrow?.to === 'before' ? referral.stateBefore : arrow?.to) === to, 'off the table');
          must(!finalStates.has(referral.state) || step.action === 'mark-error', 'woken after its end');
          must(to !== 'sent' || (step.permitted === true && step.meetingKnown === true), 'sent without authority');
          must(to !== 'revoked' || !past.includes('accepted'), 'revoked after 引受');
          must(to !== 'returned' || !past.includes('returned'), 'returned twice');
          must(!theirs.includes(to) || past.includes('sent'), 'came to the recipient unsent');
          must(step.action !== 'start' || past.includes('accepted'), 'begun before 引受');
          const before = referral.version;
          referral = remember(referral, result);
          must(referral.version === before + 1, 'version');
          past.push(to);
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
        const offered = possibleActions(state, [actor]);
        for (const { action, possible, because } of offered) {
          // What the desks agree on at a coordination has no place in the facts of 引受 and つなぎ完了 yet.
          const facts = { ...factsOf(action), ...(state === 'coordinating' && factsOf('coordinate')) };
          const result = attempt(aReferralInLife(state, kindPast), { ...withEverything(action, actor), facts });
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
