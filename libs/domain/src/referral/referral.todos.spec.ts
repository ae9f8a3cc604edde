// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import type { TimesOf } from './due';
import { finalStates, ReferralState } from './referral.states';
import { nextAlarm, stepOfClock, todosOf, type ReferralInTime } from './referral.todos';
import { propertyRuns } from '../../test/property-runs';

const silverWeek = new Set(['2026-09-21', '2026-09-22', '2026-09-23']);
const times: TimesOf = () => ({ calendar: { holidays: silverWeek }, dues: {}, limits: {} });
const at = (text: string) => new Date(`${text}+09:00`);
const sentAt = at('2026-09-17T10:00:00');

function aReferral(state: ReferralState, over: Partial<ReferralInTime> = {}): ReferralInTime {
  return {
    state,
    toldState: state,
    stateAt: sentAt,
    urgency: 'normal',
    routed: true,
    worksHere: true,
    carried: false,
    sentBack: false,
    returnAsked: false,
    shortOfCapacity: false,
    misdirected: false,
    withdrawalAsked: false,
    phoneConfirmed: false,
    ...(state !== 'draft' && state !== 'awaiting_authority' && { sentAt }),
    ...over,
  };
}
/** `role@desk: kind`, with ! where time has run out. */
const list = (referral: ReferralInTime, now: Date) =>
  todosOf(referral, times, now).map((t) => `${t.role}@${t.at}: ${t.kind}${t.escalated ? '!' : ''}`);

describe('the to-dos of a referral', () => {
  it.each([
    ['draft', 'caseworker@sender: complete_draft'],
    ['awaiting_authority', 'caseworker@sender: authority_needed'],
    ['sent', 'caseworker@recipient: take_referral'],
    ['received', 'caseworker@recipient: take_referral'],
    ['questioned', 'caseworker@sender: answer_question'],
    ['accepted', 'caseworker@recipient: begin_work'],
    ['return_proposed', 'caseworker@sender: agree_return'],
    ['returned', 'caseworker@sender: act_on_return'],
    ['coordinating', 'coordinator@sender: hold_meeting'],
    ['completed', 'caseworker@sender: see_result'],
    ['follow_up', 'caseworker@sender: follow_up_due'],
  ] as const)('%s waits for %s', (state, whom) => {
    expect(list(aReferral(state), sentAt)).toEqual([whom]);
  });

  it('ask for an old text from the day on which it is too old to leave, as long as it may leave', () => {
    const narrativeOldFrom = at('2026-09-20T00:00:00');
    const asks = (state: ReferralState, now: Date, over: Partial<ReferralInTime> = {}) =>
      list(aReferral(state, { narrativeOldFrom, ...over }), now).includes('caseworker@sender: confirm_narrative');
    const [before, then] = [new Date(narrativeOldFrom.getTime() - 1), narrativeOldFrom];
    for (const state of ['draft', 'awaiting_authority', 'received', 'in_progress'] as const)
      expect([state, asks(state, before), asks(state, then)]).toEqual([state, false, true]);
    expect(nextAlarm(aReferral('draft', { narrativeOldFrom }), times, before)).toEqual(then);
    for (const state of ['returned', 'completed', 'follow_up', ...finalStates] as const)
      expect([state, asks(state, then)]).toEqual([state, false]);
    expect(asks('received', then, { misdirected: true })).toBe(false);
    // Whoever was not told that it ended is asked as before.
    expect(asks('closed', then, { toldState: 'received' })).toBe(true);
  });

  it('are on no list once it has ended', () => {
    for (const state of finalStates) expect(list(aReferral(state), at('2030-01-01T00:00:00'))).toEqual([]);
  });

  it('of a draft without a desk are the sender’s and the coordinator’s', () => {
    expect(list(aReferral('draft', { routed: false }), sentAt)).toEqual([
      'caseworker@sender: find_recipient',
      'coordinator@sender: find_recipient',
    ]);
  });

  it('of what waits and leads nowhere any more are to find a desk, and not to ask the person', () => {
    expect(list(aReferral('awaiting_authority', { routed: false }), at('2030-01-01T00:00:00'))).toEqual([
      'caseworker@sender: find_recipient',
      'coordinator@sender: find_recipient',
    ]);
  });

  it('are not doubled for a desk that works in its own system', () => {
    for (const state of ['sent', 'received', 'accepted'] as const)
      expect(list(aReferral(state, { worksHere: false }), sentAt)).toEqual([]);
  });

  it('say nothing to a sender of a result that it was not told of', () => {
    expect(list(aReferral('completed', { toldState: 'sent' }), sentAt)).toEqual([]);
  });

  it('of a return that a system asks for are the supervisor’s, until the referral moves on', () => {
    expect(list(aReferral('received', { worksHere: false, returnAsked: true }), sentAt)).toEqual([
      'supervisor@recipient: confirm_return',
    ]);
  });

  it('of what waits for room at the recipient’s (103) are the coordinator’s', () => {
    expect(list(aReferral('on_hold', { shortOfCapacity: true }), sentAt)).toEqual([
      'coordinator@sender: find_capacity',
    ]);
    expect(list(aReferral('on_hold'), sentAt)).toEqual([]);
  });

  it('of a correction that is held are the sender’s', () => {
    expect(list(aReferral('received', { worksHere: false, waitsFor: 'authority' }), sentAt)).toEqual([
      'caseworker@sender: authority_needed',
    ]);
  });
});

describe('time', () => {
  const arrived = aReferral('received', { worksHere: false, dueOn: '2026-09-29' });

  it('S10: reminds the worker, then the supervisor, then the coordinator, on working days', () => {
    expect(list(arrived, at('2026-09-29T23:59:00'))).toEqual([]);
    expect(list(arrived, at('2026-09-30T00:00:00'))).toEqual(['caseworker@recipient: overdue!']);
    expect(list(arrived, at('2026-10-01T00:00:00'))).toEqual([
      'caseworker@recipient: overdue!',
      'supervisor@recipient: overdue!',
    ]);
    expect(list(arrived, at('2026-10-02T00:00:00'))).toEqual([
      'caseworker@recipient: overdue!',
      'supervisor@recipient: overdue!',
      'coordinator@sender: overdue!',
    ]);
  });

  it('reminds nobody on a day off', () => {
    const friday = aReferral('received', { worksHere: false, dueOn: '2026-10-02' });
    expect(list(friday, at('2026-10-04T12:00:00'))).toEqual([]);
    expect(list(friday, at('2026-10-05T00:00:00'))).toEqual(['caseworker@recipient: overdue!']);
  });

  it('lets the desks talk when as many days again have gone by, and closes nothing', () => {
    expect(stepOfClock(arrived, times, at('2026-10-05T23:59:00'))).toBeUndefined();
    expect(stepOfClock(arrived, times, at('2026-10-06T00:00:00'))).toBe('coordinate');
  });

  it('does not call to a talk about what has not arrived', () => {
    const sent = aReferral('sent', { dueOn: '2026-09-24' });
    expect(stepOfClock(sent, times, at('2027-01-01T00:00:00'))).toBeUndefined();
  });

  it('reminds the sender of a question by the sender’s days', () => {
    const asked = aReferral('questioned', { dueOn: '2026-09-25' });
    expect(list(asked, at('2026-09-28T08:00:00'))).toContain('caseworker@sender: overdue!');
  });

  it('wakes what is on hold on its day', () => {
    const held = aReferral('on_hold', { wakeOn: '2026-10-01' });
    expect(stepOfClock(held, times, at('2026-09-30T23:59:59'))).toBeUndefined();
    expect(stepOfClock(held, times, at('2026-10-01T00:00:00'))).toBe('wake');
  });

  it('asks for a consent again after fourteen days, unless a twin is what it waits for', () => {
    const day14 = at('2026-10-01T10:00:00');
    expect(list(aReferral('awaiting_authority'), new Date(day14.getTime() - 1))).toHaveLength(1);
    expect(list(aReferral('awaiting_authority'), day14)).toContain('caseworker@sender: ask_again!');
    expect(list(aReferral('awaiting_authority', { waitsFor: 'twin' }), day14)).toEqual([
      'caseworker@sender: twin_open',
    ]);
  });

  it('asks the sender about a sheet that was carried and has not come, and nobody at the recipient’s', () => {
    const carried = aReferral('sent', { carried: true, dueOn: '2026-09-24', toldDueOn: '2026-09-24' });
    expect(list(carried, at('2026-09-23T23:59:59'))).toEqual([]);
    expect(list(carried, at('2026-09-24T00:00:00'))).toEqual(['caseworker@sender: carried_not_arrived!']);
    expect(list(carried, at('2026-12-24T00:00:00'))).toHaveLength(1);
  });

  it('asks its sender as long as nobody has told it that the sheet has come, and not longer', () => {
    const there = aReferral('accepted', { worksHere: false, carried: true, toldDueOn: '2026-09-24' });
    const day = at('2026-09-24T00:00:00');
    expect(list({ ...there, toldState: 'sent' }, day)).toEqual(['caseworker@sender: carried_not_arrived!']);
    expect(list({ ...there, toldState: 'received' }, day)).toEqual([]);
  });

  it('asks for nothing at a sender for whom it is over, whatever becomes of it at the other desk', () => {
    const over = { toldState: 'revoked', waitsFor: 'authority', worksHere: false } as const;
    const ends = at('2026-09-20T00:00:00');
    expect(list(aReferral('accepted', { ...over, authorityUntil: ends }), at('2026-10-20T00:00:00'))).toEqual([]);
    expect(list(aReferral('accepted', { waitsFor: 'authority', worksHere: false }), sentAt)).toEqual([
      'caseworker@sender: authority_needed',
    ]);
  });

  it('asks for a renewal fourteen days before the consent ends, and changes nothing else', () => {
    const working = aReferral('in_progress', { authorityUntil: at('2026-12-15T00:00:00') });
    expect(list(working, at('2026-11-30T23:59:59'))).toEqual([]);
    expect(list(working, at('2026-12-01T00:00:00'))).toEqual(['caseworker@sender: renew_authority']);
    expect(stepOfClock(working, times, at('2027-12-01T00:00:00'))).toBeUndefined();
  });

  it('keeps to limits of a desk’s own', () => {
    const own: TimesOf = (side) => ({ ...times(side), limits: { consent_pending_days: 3, confirm_minutes: 30 } });
    const kinds = (r: ReferralInTime, now: Date) => todosOf(r, own, now).map((t) => t.kind);
    expect(kinds(aReferral('awaiting_authority'), at('2026-09-20T10:00:00'))).toContain('ask_again');
    const today = aReferral('received', { urgency: 'same_day', worksHere: false });
    expect(kinds(today, at('2026-09-17T10:29:59'))).toEqual([]);
    expect(kinds(today, at('2026-09-17T10:30:00'))).toContain('call_next_duty');
  });

  it('brings the follow-up on its day', () => {
    const followed = aReferral('follow_up', { followUpOn: '2026-10-17' });
    expect(list(followed, at('2026-10-16T12:00:00'))).toEqual([]);
    expect(list(followed, at('2026-10-17T00:00:00'))).toEqual(['caseworker@sender: follow_up_due']);
  });
});

describe('somebody who said no', () => {
  const declined = aReferral('declined', { askAgainOn: '2026-11-20' });

  it('may be asked again from the day that was said', () => {
    expect(list(declined, at('2026-11-19T23:59:00'))).toEqual([]);
    expect(nextAlarm(declined, times, at('2026-11-19T23:59:00'))).toEqual(at('2026-11-20T00:00:00'));
    expect(list(declined, at('2026-11-20T00:00:00'))).toEqual(['caseworker@sender: ask_after_no']);
  });
});

describe('what went astray', () => {
  it('is waited for by its recipient no more; that nobody puts it right, the coordinator hears', () => {
    for (const state of ['sent', 'received', 'accepted'] as const) {
      const astray = aReferral(state, { misdirected: true, dueOn: '2026-09-17' });
      expect(list(astray, sentAt)).toEqual([]);
      expect(list(astray, at('2026-12-01T00:00:00'))).toEqual(['coordinator@sender: overdue!']);
      expect(stepOfClock(astray, times, at('2026-12-01T00:00:00'))).toBeUndefined();
    }
  });
});

describe('即日', () => {
  const saturday = at('2026-09-19T21:40:00');
  const today = aReferral('sent', { urgency: 'same_day', sentAt: saturday });
  const next = ['caseworker@sender: call_next_duty!', 'supervisor@recipient: call_next_duty!'];
  const waiting = 'caseworker@recipient: take_referral';

  it('S18: is confirmed within sixty minutes of the clock, on a Saturday night too, or the next duty number', () => {
    expect(list(today, at('2026-09-19T22:39:59'))).toEqual([waiting]);
    expect(list(today, at('2026-09-19T22:40:00'))).toEqual([waiting, ...next]);
    expect(list(today, at('2026-09-19T23:40:00'))).toEqual([waiting, ...next, 'coordinator@sender: call_next_duty!']);
  });

  it('is not confirmed by a system that has it', () => {
    expect(list({ ...today, state: 'received', worksHere: false }, at('2026-09-19T22:40:00'))).toEqual(next);
  });

  it('is not silenced by a pause: waiting for something else is no confirmation', () => {
    for (const state of ['on_hold', 'return_proposed', 'coordinating'] as const) {
      const paused = list({ ...today, state, toldState: state }, at('2026-09-19T23:40:00'));
      expect(paused).toEqual(expect.arrayContaining([...next, 'coordinator@sender: call_next_duty!']));
    }
    const returned = list({ ...today, state: 'returned', toldState: 'returned' }, at('2026-09-19T23:40:00'));
    expect(returned.join()).not.toContain('call_next_duty');
  });

  it('rests once somebody has confirmed it, or taken it', () => {
    expect(list({ ...today, phoneConfirmed: true }, at('2026-09-19T23:50:00'))).toEqual([waiting]);
    const taken = { ...today, state: 'accepted', worksHere: false } as const;
    expect(list({ ...taken, toldState: 'accepted' }, at('2026-09-19T23:50:00'))).toEqual([]);
    // Who was not told that it was taken does not learn it from what is missing on its list.
    expect(list(taken, at('2026-09-19T23:50:00'))).toEqual(['caseworker@sender: call_next_duty!']);
  });
});

const aMoment = fc.integer({ min: 0, max: 200 * 24 }).map((hours) => new Date(sentAt.getTime() + hours * 3_600_000));
const aDay = aMoment.map((m) => m.toISOString().slice(0, 10));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const anyReferral = fc
  .record({
    state: fc.constantFrom(...ReferralState.options),
    told: fc.constantFrom(...ReferralState.options),
    urgency: fc.constantFrom('normal' as const, 'urgent' as const, 'same_day' as const),
    routed: fc.boolean(),
    worksHere: fc.boolean(),
    carried: fc.boolean(),
    sentBack: fc.boolean(),
    returnAsked: fc.boolean(),
    shortOfCapacity: fc.boolean(),
    misdirected: fc.boolean(),
    waitsFor: maybe(fc.constantFrom('authority' as const, 'asserted_after_withdrawal' as const, 'twin' as const)),
    phoneConfirmed: fc.boolean(),
    dueOn: maybe(aDay),
    toldDueOn: maybe(aDay),
    toldAccepted: maybe(fc.boolean()),
    wakeOn: maybe(aDay),
    followUpOn: maybe(aDay),
    authorityUntil: maybe(aMoment),
  })
  .map(({ state, told, ...rest }) => aReferral(state, { toldState: told, ...rest }));
const runs = { numRuns: propertyRuns };

describe('any referral at any moment', () => {
  it('is on somebody’s list when it was returned, is to be returned, or waits at its sender', () => {
    const always: readonly ReferralState[] = [
      'draft',
      'awaiting_authority',
      'questioned',
      'return_proposed',
      'returned',
      'coordinating',
    ];
    fc.assert(
      fc.property(anyReferral, aMoment, (r, now) => {
        if (always.includes(r.state) || (r.returnAsked && !finalStates.has(r.state)))
          expect(todosOf(r, times, now)).not.toEqual([]);
      }),
      runs,
    );
  });

  it('changes its list by time only at the moments that the clock knows beforehand', () => {
    fc.assert(
      fc.property(anyReferral, aMoment, aMoment, (r, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const alarm = nextAlarm(r, times, early);
        if (alarm && alarm <= late) expect(alarm > early).toBe(true);
        else expect(todosOf(r, times, late)).toEqual(todosOf(r, times, early));
      }),
      runs,
    );
  });

  it('loses nothing from its list by waiting', () => {
    fc.assert(
      fc.property(anyReferral, aMoment, aMoment, (r, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        expect(todosOf(r, times, late)).toEqual(expect.arrayContaining(todosOf(r, times, early)));
      }),
      runs,
    );
  });

  it('names each to-do once', () => {
    fc.assert(
      fc.property(anyReferral, aMoment, (r, now) => {
        const keys = todosOf(r, times, now).map((t) => `${t.at}/${t.role}/${t.kind}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      runs,
    );
  });

  it('says the same to the sender about what it was not told of, whatever the recipient has done with it', () => {
    const theirs: readonly ReferralState[] = ['received', 'accepted', 'in_progress', 'completed'];
    const ofSender = (r: ReferralInTime, now: Date) =>
      todosOf(r, times, now).filter((t) => t.at === 'sender' && t.role !== 'coordinator');
    fc.assert(
      fc.property(anyReferral, aMoment, (any, now) => {
        const r: ReferralInTime = { ...any, toldState: 'sent', urgency: 'normal' };
        const [first, ...others] = theirs.map((state) => ofSender({ ...r, state }, now));
        for (const other of others) expect(other).toEqual(first);
      }),
      runs,
    );
  });

  it('never moves by time but to wake or to be talked about', () => {
    fc.assert(
      fc.property(anyReferral, aMoment, (r, now) => {
        const step = stepOfClock(r, times, now);
        if (step === 'wake') expect(r.state).toBe('on_hold');
        if (finalStates.has(r.state)) expect(step).toBeUndefined();
      }),
      runs,
    );
  });
});

describe('of a 通報・通告', () => {
  const long = at('2027-09-17T10:00:00');

  it('no coordinator hears, however late it is, and nobody brings the desks together over it', () => {
    for (const state of ReferralState.options)
      for (const over of [{}, { routed: false }, { urgency: 'same_day' as const }]) {
        const reported = aReferral(state, { kind: 'notification', dueOn: '2026-09-18', ...over });
        expect([state, list(reported, long).filter((t) => t.startsWith('coordinator'))]).toEqual([state, []]);
        expect([state, stepOfClock(reported, times, long)]).not.toEqual([state, 'coordinate']);
      }
  });

  it('its own two desks hear like those of any other', () => {
    const late = aReferral('received', { kind: 'notification', dueOn: '2026-09-18' });
    expect(list(late, long)).toContain('caseworker@recipient: overdue!');
    expect(list(aReferral('draft', { kind: 'notification', routed: false }), sentAt)).toEqual([
      'caseworker@sender: find_recipient',
    ]);
  });
});

describe('toward 福祉事務所 and toward a 通報先 (R10)', () => {
  const awaits = (state: ReferralState, over: Partial<ReferralInTime>) =>
    list(aReferral(state, over), sentAt).includes('caseworker@sender: await_reception');

  it('delivered is not enough: it stays until the other side has taken the person', () => {
    for (const state of ['sent', 'received', 'questioned'] as const)
      expect([state, awaits(state, { staysUntil: 'accepted' })]).toEqual([state, true]);
    expect(awaits('return_proposed', { staysUntil: 'accepted' })).toBe(false);
    for (const state of ['on_hold', 'coordinating'] as const) {
      expect([state, awaits(state, { staysUntil: 'accepted' })]).toEqual([state, true]);
      expect([state, awaits(state, { staysUntil: 'accepted', toldAccepted: true })]).toEqual([state, false]);
    }
    expect(awaits('accepted', { staysUntil: 'accepted' })).toBe(false);
    expect(awaits('accepted', { staysUntil: 'accepted', toldState: 'received' })).toBe(true);
    expect(awaits('withdrawn', { staysUntil: 'accepted' })).toBe(false);
    expect(awaits('draft', { staysUntil: 'accepted' })).toBe(false);
  });

  it('a report stays until a person there has confirmed it', () => {
    expect(awaits('sent', { staysUntil: 'received', kind: 'notification' })).toBe(true);
    expect(awaits('received', { staysUntil: 'received', kind: 'notification' })).toBe(false);
  });

  it('toward others it leaves the list with the sheet or the message', () => {
    expect(awaits('received', {})).toBe(false);
  });
});
