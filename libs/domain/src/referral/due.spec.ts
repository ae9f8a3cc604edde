// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  acceptWithin,
  BoundedState,
  carriedDueOn,
  dueAfter,
  dueDays,
  nextDue,
  waitOf,
  type DueDate,
  type TimesOf,
} from './due';
import { finalStates, ReferralState } from './referral.states';

const holidays = new Set(['2026-09-21', '2026-09-22', '2026-09-23']);
const plain: TimesOf = () => ({ calendar: { holidays }, dues: {}, limits: {} });
const monday = '2026-11-16';
const normal = { urgency: 'normal', today: monday } as const;
const none: DueDate = {};

describe('the days within which somebody must move a referral on', () => {
  it('are those of the table, for 通常 and for 急', () => {
    const days = Object.fromEntries(
      BoundedState.options.map((s) => [s, [dueDays(s).normal, dueDays(s).urgent, nextDue(s, 'normal')?.by]]),
    );
    expect(days).toEqual({
      sent: [2, 0, 'recipient'],
      received: [5, 1, 'recipient'],
      questioned: [3, 3, 'sender'],
      accepted: [10, 2, 'recipient'],
      return_proposed: [2, 2, 'sender'],
      returned: [5, 5, 'sender'],
      coordinating: [10, 10, 'coordinator'],
      completed: [5, 5, 'sender'],
    });
  });

  it('bind nobody in the other states', () => {
    const bounded: readonly ReferralState[] = BoundedState.options;
    for (const state of ReferralState.options.filter((s) => !bounded.includes(s)))
      expect(nextDue(state, 'urgent')).toBeUndefined();
  });

  it('are those of 急 for 即日, once the minutes are over', () => {
    expect(acceptWithin('same_day')).toBe(1);
  });

  it('are a function’s own where it has set some, and only there', () => {
    const own = { received: { normal: 3, urgent: 0 } };
    expect([acceptWithin('normal', own), acceptWithin('urgent', own)]).toEqual([3, 0]);
    expect(nextDue('accepted', 'normal', own)?.days).toBe(10);
  });
});

describe('the due date', () => {
  it('S10: is five working days of the recipient after its arrival, with 敬老の日 in between', () => {
    const arrived = { from: 'sent', to: 'received' } as const;
    expect(dueAfter(none, arrived, { urgency: 'normal', today: '2026-09-17' }, plain).dueOn).toBe('2026-09-29');
  });

  it('is counted by the calendar of the desk whose turn it is', () => {
    const times: TimesOf = (side) => ({
      calendar: { holidays, ...(side === 'sender' && { weekdays: new Set([0, 6]) }) },
      dues: {},
      limits: {},
    });
    expect(dueAfter(none, { from: 'received', to: 'questioned' }, normal, times).dueOn).toBe('2026-11-28');
    expect(dueAfter(none, { from: 'sent', to: 'received' }, normal, times).dueOn).toBe('2026-11-23');
  });

  it('stands still for the recipient while the sender answers, and runs for the sender', () => {
    const asked = dueAfter({ dueOn: '2026-11-20' }, { from: 'received', to: 'questioned' }, normal, plain);
    expect(asked).toEqual({ dueOn: '2026-11-19', dueLeft: 4 });
    const later = { ...normal, today: '2026-11-25' };
    expect(dueAfter(asked, { from: 'questioned', to: 'received' }, later, plain)).toEqual({ dueOn: '2026-12-01' });
  });

  it('stands still from one pause into the next', () => {
    const asked = dueAfter({ dueOn: '2026-11-20' }, { from: 'received', to: 'questioned' }, normal, plain);
    const proposed = dueAfter(asked, { from: 'questioned', to: 'return_proposed' }, normal, plain);
    const back = dueAfter(proposed, { from: 'return_proposed', to: 'questioned' }, normal, plain);
    expect([proposed.dueLeft, back.dueLeft]).toEqual([4, 4]);
    expect(dueAfter(back, { from: 'questioned', to: 'received' }, normal, plain).dueOn).toBe('2026-11-20');
  });

  it('is as late after a pause as it was before: none of it is forgiven', () => {
    const held = dueAfter({ dueOn: '2026-11-10' }, { from: 'accepted', to: 'on_hold' }, normal, plain);
    expect(held).toEqual({ dueOn: undefined, dueLeft: -4 });
    expect(dueAfter(held, { from: 'on_hold', to: 'accepted' }, normal, plain).dueOn).toBe('2026-11-10');
    const nextMonday = { ...normal, today: '2026-11-23' };
    expect(dueAfter(held, { from: 'on_hold', to: 'accepted' }, nextMonday, plain).dueOn).toBe('2026-11-17');
  });

  it('is on a day on which somebody is there, also of what is due at once', () => {
    const saturday = { urgency: 'urgent', today: '2026-11-21' } as const;
    expect(dueAfter(none, { from: 'draft', to: 'sent' }, saturday, plain).dueOn).toBe('2026-11-23');
    const asked = dueAfter({ dueOn: monday }, { from: 'received', to: 'questioned' }, normal, plain);
    expect(dueAfter(asked, { from: 'questioned', to: 'received' }, saturday, plain).dueOn).toBe('2026-11-23');
  });

  it('of a new part of its life does not remember the pause', () => {
    const held = dueAfter({ dueOn: '2026-11-20' }, { from: 'received', to: 'return_proposed' }, normal, plain);
    expect(dueAfter(held, { from: 'return_proposed', to: 'returned' }, normal, plain)).toEqual({
      dueOn: '2026-11-23',
      dueLeft: undefined,
    });
  });

  it('of a sheet that a person carries is a week later, on a working day of the sender', () => {
    expect(carriedDueOn('2026-09-14', plain)).toBe('2026-09-24');
    expect(carriedDueOn('2026-09-17', plain)).toBe('2026-09-24');
    const own: TimesOf = (side) => ({ ...plain(side), limits: { carried_days: 3 } });
    expect(carriedDueOn('2026-09-14', own)).toBe('2026-09-17');
    const sent = { from: 'draft', to: 'sent' } as const;
    expect(dueAfter(none, sent, { ...normal, fixed: '2026-11-23' }, plain).dueOn).toBe('2026-11-23');
    expect(dueAfter(none, sent, normal, plain).dueOn).toBe('2026-11-18');
  });

  it('is left alone by a step that does not move the referral', () => {
    const due = { dueOn: '2026-11-20', dueLeft: 2 };
    expect(dueAfter(due, { from: 'received', to: 'received' }, normal, plain)).toEqual(due);
  });
});

describe('how long it has waited, and how long it may', () => {
  /** The recipient is closed on Mondays. */
  const ofDesks: TimesOf = (side) => ({
    calendar: { holidays, ...(side === 'recipient' && { weekdays: new Set([2, 3, 4, 5]) }) },
    dues: {},
    limits: {},
  });
  const since = new Date('2026-11-13T16:00:00+09:00');
  const wait = (state: ReferralState, dueOn?: string, today = '2026-11-17') =>
    waitOf({ state, stateAt: since, dueOn }, today, ofDesks);

  it('is counted in the days of the desk whose turn it is', () => {
    expect(wait('received', '2026-11-24')).toEqual({ waitedDays: 1, dueInDays: 4 });
    expect(wait('questioned', '2026-11-24')).toEqual({ waitedDays: 2, dueInDays: 5 });
  });

  it('is counted in the days of whoever has it in hand, where nothing is due', () => {
    expect(wait('in_progress')).toEqual({ waitedDays: 1 });
    expect(wait('awaiting_authority')).toEqual({ waitedDays: 2 });
  });

  it('is less than none when it is late, and none on the day itself', () => {
    expect(wait('received', '2026-11-12').dueInDays).toBe(-2);
    expect(wait('received', '2026-11-17').dueInDays).toBe(0);
  });

  it('ends with the referral', () => {
    for (const state of finalStates) expect(wait(state)).toEqual({});
  });
});
