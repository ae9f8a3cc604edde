// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { InvariantBroken, play, sequences, Tally, type Invariant } from '@tsunagi/testing/invariants';
import * as domain from '.';
import { propertyRuns } from '../test/property-runs';
import { rules, SmallHub, type Rules } from '../test/small-hub';

/** The same sequences every time, so that what must come up in them comes up; the others are new at every run. */
const seed = 20_261_128;
jest.setTimeout(60_000 + propertyRuns * 100);

const anything = fc.tuple(sequences(30), fc.nat(5));

describe('any sequence of actions by anybody', () => {
  it('holds the eight invariants after every step, and lived once more leads to the same', async () => {
    const tally = new Tally();
    const holds = fc.asyncProperty(anything, async ([moves, onlooker]) => {
      const hub = new SmallHub(rules, onlooker);
      await play(hub, moves, tally);
      expect(hub.livedAgain()).toEqual(hub.lives());
    });
    await fc.assert(holds, { numRuns: propertyRuns, seed });
    if (propertyRuns >= 2000) {
      expect(tally.all('state')).toEqual([...domain.ReferralState.options].sort());
      expect(tally.all('kind')).toEqual([...domain.ReferralKind.options].sort());
      const actions = new Set(domain.transitions.map((t) => t.action));
      expect([...actions].filter((a) => tally.count(`action ${a}`) === 0)).toEqual([]);
      for (const what of ['made again', 'made race', 'made lead', 'made resend', 'made withdraw', 'left message'])
        expect([what, tally.count(what) > 5]).toEqual([what, true]);
    }
    await fc.assert(holds, { numRuns: Math.ceil(propertyRuns / 2) });
  });
});

/** Does any of the sequences break this invariant, in a hub of which one rule is broken? */
async function isNoticed(invariant: Invariant, broken: Partial<Rules>): Promise<boolean> {
  for (const [moves, onlooker] of fc.sample(anything, { numRuns: 1500, seed }))
    try {
      await play(new SmallHub({ ...rules, ...broken }, onlooker), moves);
    } catch (error) {
      if (!(error instanceof InvariantBroken)) throw error;
      if (error.broken.some((b) => b.invariant === invariant)) return true;
    }
  return false;
}

/** Every step is everybody's. */
function asAnybody(referral: domain.ReferralInLife, step: domain.Step): domain.StepTaken {
  const [arrow] = domain.arrowsFor(referral.state, step.action);
  return domain.takeStep(referral, { ...step, by: step.by === 'core' ? 'core' : (arrow?.by[0] ?? step.by) });
}

describe('a broken rule is noticed', () => {
  it.each<[string, Invariant, Partial<Rules>]>([
    [
      'a lead that changes while nobody tells the person',
      1,
      {
        takeLeadStep: (unit, step, by, desks, at) =>
          domain.takeLeadStep(
            unit,
            { ...step, ...(step.step !== 'propose' && { notInformed: { reason: '試験', by: '2099-01-01' } }) },
            by,
            desks,
            at,
          ),
      },
    ],
    [
      'a lead that changes by a proposal alone',
      1,
      {
        takeLeadStep: (unit, step, by, desks, at) => {
          const after = domain.takeLeadStep(unit, step, by, desks, at);
          if (step.step !== 'propose') return after;
          return { ...after, tenures: after.tenures.map((t) => (t.until ? t : { ...t, function: step.to })) };
        },
      },
    ],
    [
      'a second lead beside the first',
      1,
      {
        takeLeadStep: (unit, step, by, desks, at) => {
          const { tenures, ...after } = domain.takeLeadStep(unit, step, by, desks, at);
          return { ...after, tenures: tenures.map((t) => ({ ...t, until: undefined })) };
        },
      },
    ],
    [
      'a withdrawal that nobody hears',
      2,
      { decide: (q) => domain.decide({ ...q, consents: q.consents.map((c) => ({ ...c, status: 'active' })) }) },
    ],
    ['a refusal that nobody hears', 2, { decide: (q) => domain.decide({ ...q, refusals: [] }) }],
    [
      'an end that nobody looks at',
      2,
      { decide: (q) => domain.decide({ ...q, now: new Date('2026-11-20T12:00:00+09:00') }) },
    ],
    [
      'a consent that somebody else was given',
      2,
      {
        decide: (q) => domain.decide({ ...q, consents: q.consents.map((c) => ({ ...c, givenTo: q.sender.function })) }),
      },
    ],
    [
      'a state that goes back without the scope for it',
      2,
      { decideFeedback: () => ({ feedback: 'state', consents: [] }) },
    ],
    ['a step at a version that has gone', 3, { isCurrent: () => true }],
    ['a return without a reason', 3, { reasonsOf: () => [] }],
    ['a message that is taken twice', 4, { answered: () => undefined }],
    ['an older record that counts', 4, { isOlder: () => false }],
    ['a return on nobody’s list', 5, { listed: (todos) => todos.filter((t) => t.kind !== 'act_on_return') }],
    ['a proposed return on nobody’s list', 5, { listed: (todos) => todos.filter((t) => t.kind !== 'agree_return') }],
    [
      'a silence that closes',
      5,
      {
        takeStep: (r, s) => ({
          ...domain.takeStep(r, s),
          ...(s.action === 'coordinate' && s.by === 'core' && { to: 'closed' as const }),
        }),
      },
    ],
    [
      'a silence that accepts',
      5,
      {
        takeStep: (r, s) => ({ ...domain.takeStep(r, s), ...(s.action === 'wake' && { to: 'in_progress' as const }) }),
      },
    ],
    ['a step of somebody whose step it is not', 6, { takeStep: asAnybody }],
    [
      'a step in another desk’s name',
      3,
      {
        actorsOf: (viewer, matter, hats) => [
          ...domain.actorsOf(viewer, matter, hats),
          ...(hats.includes('recipient') ? ['sender' as const] : []),
        ],
      },
    ],
    [
      'a system that gives back what its supervisor has not seen',
      6,
      { planAnswer: (r, a) => domain.planAnswer(r, a, { returnsWithoutSupervisor: true }) },
    ],
    [
      'a revocation of what was taken',
      6,
      { livedOn: (r, taken) => ({ ...domain.livedOn(r, taken), everAccepted: false }) },
    ],
    ['a screen that leaves out less than the message', 7, { redactForScreen: (member) => member }],
    [
      'a preview that leaves out more than the message',
      7,
      { redactForPreview: (member, permitted) => domain.redactMember(member, permitted.slice(1)) },
    ],
    [
      'a desk that sees what is not its own',
      8,
      { hatsOf: (viewer, matter) => [...domain.hatsOf(viewer, matter), 'recipient'] },
    ],
    [
      'a reason that tells of another desk’s refusal',
      8,
      {
        decide: (q) =>
          ({
            ...domain.decide(q),
            ...(q.refusals.length > 0 &&
              domain.decide(q).outcome === 'hold' && { reasons: ['CONSENT_REFUSED' as const] }),
          }) as never,
      },
    ],
  ])('%s (invariant %i)', async (_, invariant, broken) => {
    expect(await isNoticed(invariant, broken)).toBe(true);
  });
});
