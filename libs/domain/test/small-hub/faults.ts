// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Invariant } from '@tsunagi/testing/invariants';
import type { Rules } from './rules';
import * as domain from '../../src';

/** Rules that are broken on purpose, and the invariant that must notice each. */
export const faults: readonly (readonly [what: string, Invariant, Partial<Rules>])[] = [
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
  ['a sheet that opens for whoever types its code', 2, { mayOpen: () => true }],
  [
    'what a person still carries, and its desk finds it',
    2,
    { hatsOf: (viewer, matter) => domain.hatsOf(viewer, { ...matter, arrived: true }) },
  ],
  [
    'a sheet that speaks of the household',
    2,
    {
      decide: (q) => {
        const decided = domain.decide(q);
        if (decided.outcome !== 'permit' || decided.authority !== 'to_person') return decided;
        const others = q.others.map((o) => ({ ref: o.ref, categories: [...o.present], consents: [] }));
        return { ...decided, members: [...decided.members, ...others] };
      },
    },
  ],
  [
    'a state that goes back of what the person has carried',
    2,
    {
      decideFeedback: (q) =>
        q.permit.authority === 'to_person' ? { feedback: 'state', consents: [] } : domain.decideFeedback(q),
    },
  ],
  ['a sheet after which nobody asks', 5, { listed: (todos) => todos.filter((t) => t.kind !== 'carried_not_arrived') }],
  ['a refusal that stays behind when two become one', 2, { comesAlong: () => [] }],
  ['a consent of the other one that is kept when one is two again', 2, { goesBack: () => [] }],
  ['a consent that counts though it may be either’s', 2, { sideOf: () => 'stays' }],
  ['a referral that goes on speaking of the other one', 2, { standsApart: () => [] }],
];

/** Every step is everybody's. */
function asAnybody(referral: domain.ReferralInLife, step: domain.Step): domain.StepTaken {
  const [arrow] = domain.arrowsFor(referral.state, step.action);
  return domain.takeStep(referral, { ...step, by: step.by === 'core' ? 'core' : (arrow?.by[0] ?? step.by) });
}
