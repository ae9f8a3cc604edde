// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { planAnswer, type AnswerOfSystem } from './plan-answer';
import { ResponseCode } from './referral.actions';
import { ReferralState } from './referral.states';
import type { ReferralInLife } from './take-step';
import { aReferralInLife } from '../../test/builders';
import { propertyRuns } from '../../test/property-runs';
import { DomainError } from '../errors/domain.error';

const waits = { returnsWithoutSupervisor: false };
const atOnce = { returnsWithoutSupervisor: true };
const answer = (code: ResponseCode, more: Partial<AnswerOfSystem> = {}): AnswerOfSystem => ({
  code,
  on: '2026-11-02',
  worker: '相談　次郎',
  ...more,
});
const states = (from: ReferralInLife, a: AnswerOfSystem, desk = waits) =>
  planAnswer(from, a, desk).steps.map((s) => s.taken.to);
const refusal = (from: ReferralInLife, a: AnswerOfSystem) => {
  try {
    return planAnswer(from, a, waits).steps.length;
  } catch (error) {
    return error instanceof DomainError && error.code;
  }
};
const received = aReferralInLife('received');

describe('an answer of a recipient system', () => {
  it('20 takes what has arrived, and is nothing new where it was taken already', () => {
    expect(states(received, answer('20'))).toEqual(['accepted']);
    expect(states(aReferralInLife('accepted'), answer('20'))).toEqual([]);
    expect(states(aReferralInLife('in_progress'), answer('20'))).toEqual([]);
  });

  it('30 and 40 take the steps before them along', () => {
    expect(states(received, answer('30'))).toEqual(['accepted', 'in_progress']);
    expect(states(received, answer('40', { outcome: '011' }))).toEqual(['accepted', 'in_progress', 'completed']);
    expect(states(aReferralInLife('in_progress'), answer('40', { outcome: '011' }))).toEqual(['completed']);
  });

  it.each([
    ['20', 'received', ['received', 'accepted']],
    ['30', 'accepted', ['accepted', 'in_progress']],
    ['40', 'in_progress', ['in_progress', 'completed']],
    ['45', 'received', ['received', 'questioned']],
  ] as const)('%s ends a pause first, from wherever it began', (code, stateBefore, expected) => {
    const paused = aReferralInLife('on_hold', { stateBefore });
    expect(states(paused, answer(code, { outcome: '011', note: 'いつから' }))).toEqual(expected);
  });

  it('takes none of its steps when the last one is refused', () => {
    expect(refusal(received, answer('40'))).toBe('OUTCOME_MISSING');
    expect(refusal(received, answer('30', { worker: undefined }))).toBe('WORKER_MISSING');
  });

  it('takes a request that is answered with a date only when it names one', () => {
    const protection = aReferralInLife('received', { kind: 'protection' });
    const nextContactOn = '2026-11-09';
    expect(refusal(protection, answer('20'))).toBe('DATE_OF_ANSWER_MISSING');
    expect(states(protection, answer('20', { nextContactOn }))).toEqual(['accepted']);
    expect(states(protection, answer('40', { nextContactOn, outcome: '011' })).at(-1)).toBe('completed');
    expect(states(protection, answer('50', { nextContactOn, reason: '104' }))).toEqual(['accepted']);
  });

  it('that comes too late or out of order is refused by the state it finds', () => {
    for (const code of ['20', '30', '40', '45', '50'] as const)
      expect([code, refusal(aReferralInLife('withdrawn'), answer(code, { outcome: '011', reason: '101' }))]).toEqual([
        code,
        'STATE_NOT_THERE',
      ]);
  });

  it('50 waits for the supervisor, unless the function registered otherwise', () => {
    expect(planAnswer(received, answer('50', { reason: '101' }), waits)).toEqual({ steps: [], returnAsked: ['101'] });
    expect(states(received, answer('50', { reason: '101' }), atOnce)).toEqual(['return_proposed']);
  });

  it('50 without a reason that is known is refused', () => {
    expect(refusal(received, answer('50'))).toBe('REASON_MISSING');
    expect(refusal(received, answer('50', { reason: '999' }))).toBe('REASON_MISSING');
  });

  it('50 for missing information is refused before the desk has asked', () => {
    expect(refusal(received, answer('50', { reason: '301' }))).toBe('ASK_FIRST');
  });

  it('reads 103 as waiting and 104 as already supported, never as a return', () => {
    expect(states(received, answer('50', { reason: '103' }))).toEqual(['on_hold']);
    expect(states(received, answer('50', { reason: '104', worker: undefined }))).toEqual(['accepted']);
  });

  it('35 waits until the day it names, as far as one may wait, and may be said again', () => {
    const until = (nextContactOn: string | undefined, from: ReferralInLife = received) =>
      planAnswer(from, answer('35', { nextContactOn }), waits).steps.map(({ taken }) => taken.to);
    for (const day of ['2026-12-01', '2028-01-01', '2020-01-01', undefined]) expect(until(day)).toEqual(['on_hold']);
    expect(until('2026-12-20', aReferralInLife('on_hold', { stateBefore: 'received' }))).toEqual(['on_hold']);
  });

  it('that was long under way waits from the day on which it is taken', () => {
    const late = { takenOn: '2027-01-10', nextContactOn: '2026-11-20' };
    for (const [code, more] of [
      ['35', late],
      ['50', { ...late, reason: '103' }],
    ] as const)
      expect(planAnswer(received, answer(code, more), waits).steps.map((s) => s.wakeOn)).toEqual(['2027-01-24']);
  });

  it('103 that is said again waits no longer, and is refused when its days are over', () => {
    const until = (from: ReferralInLife, on: string) =>
      planAnswer(from, answer('50', { on, reason: '103' }), waits).steps.map((s) => s.wakeOn);
    const waited = { shortOfCapacity: true, waitsUntil: '2026-11-16' };
    expect(until(received, '2026-11-02')).toEqual(['2026-11-16']);
    expect(until(aReferralInLife('on_hold', { stateBefore: 'received', ...waited }), '2026-11-10')).toEqual([
      '2026-11-16',
    ]);
    const woken = aReferralInLife('received', { waitsUntil: '2026-11-16' });
    expect(refusal(woken, answer('50', { on: '2026-11-16', reason: '103' }))).toBe('WAKE_DATE_OUT_OF_RANGE');
    expect(states(woken, answer('35', { on: '2026-11-16' }))).toEqual(['on_hold']);
  });

  it('10 and 60 move nothing by themselves', () => {
    expect(states(received, answer('10'))).toEqual([]);
    expect(states(aReferralInLife('accepted'), answer('60'))).toEqual([]);
  });

  it('whatever it says, ends in a chain of steps from where the referral is, or in a coded refusal', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ReferralState.options),
        fc.record(
          {
            code: fc.constantFrom(...ResponseCode.options),
            on: fc.constant('2026-11-02'),
            worker: fc.constant('相談　次郎'),
            reason: fc.constantFrom('101', '103', '104', '301', 'x'),
            outcome: fc.constantFrom('011', '013', 'x'),
            note: fc.string(),
          },
          { requiredKeys: ['code', 'on'] },
        ),
        fc.boolean(),
        (state, said, returnsWithoutSupervisor) => {
          const referral = Object.freeze(aReferralInLife(state, { stateBefore: 'received' }));
          try {
            let at: ReferralState = state;
            for (const { taken } of planAnswer(referral, said, { returnsWithoutSupervisor }).steps) {
              expect(taken.from).toBe(at);
              at = taken.to;
            }
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
          }
        },
      ),
      { numRuns: propertyRuns },
    );
  });
});
