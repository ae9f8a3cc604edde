// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { recallAlarm, recallDueOn, recallTodos, type RecallAwaited } from './recall';
import { startOf } from '../calendar/business-calendar';

/** 敬老の日 is the Monday of the week after, 秋分の日 its Thursday. */
const calendar = { holidays: new Set(['2027-09-20', '2027-09-23']) };
const awaited: RecallAwaited = { dueOn: '2027-09-21', ofSight: false, hidden: false };
const saidAt = (recall: RecallAwaited, at: Date) =>
  recallTodos(recall, calendar, at).map((t) => `${t.role}: ${t.kind}${t.escalated ? '!' : ''}`);
const justBefore = (day: string) => new Date(startOf(day).getTime() - 1);

describe('a recall that waits for its acknowledgement', () => {
  it('is due five working days after it was asked for, or as many as the desk has set', () => {
    expect(recallDueOn('2027-09-13', { calendar, limits: {} })).toBe('2027-09-21');
    expect(recallDueOn('2027-09-11', { calendar, limits: {} })).toBe('2027-09-17');
    expect(recallDueOn('2027-09-13', { calendar, limits: { recall_days: 2 } })).toBe('2027-09-15');
  });

  it('asks the worker, and is late one working day after the due date', () => {
    expect(saidAt(awaited, justBefore('2027-09-22'))).toEqual(['caseworker: stop_using']);
    expect(saidAt(awaited, startOf('2027-09-22'))).toContain('caseworker: stop_using!');
  });

  it('goes to the supervisor and to the coordinator on the two working days after that', () => {
    expect(saidAt(awaited, justBefore('2027-09-24'))).not.toContain('supervisor: stop_using!');
    expect(saidAt(awaited, startOf('2027-09-24'))).toContain('supervisor: stop_using!');
    expect(saidAt(awaited, justBefore('2027-09-27'))).not.toContain('coordinator: recall_unanswered!');
    expect(saidAt(awaited, startOf('2027-09-27'))).toContain('coordinator: recall_unanswered!');
  });

  it('of a 通報・通告 no coordinator hears', () => {
    expect(saidAt({ ...awaited, hidden: true }, startOf('2028-01-01'))).toEqual([
      'caseworker: stop_using',
      'caseworker: stop_using!',
      'supervisor: stop_using!',
    ]);
  });

  it('asks those who coordinate for what they have looked at themselves', () => {
    expect(saidAt({ ...awaited, ofSight: true }, startOf('2028-01-01'))).toEqual([
      'coordinator: stop_using',
      'coordinator: stop_using!',
      'supervisor: stop_using!',
    ]);
  });

  it('asks somebody more exactly when its alarm strikes, and ends', () => {
    const recalls = fc.record({
      dueOn: fc.constantFrom('2027-09-17', '2027-09-18', '2027-09-21', '2027-09-22'),
      ofSight: fc.boolean(),
      hidden: fc.boolean(),
    });
    fc.assert(
      fc.property(recalls, fc.integer({ min: -20 * 86_400_000, max: 20 * 86_400_000 }), (recall, ms) => {
        const now = new Date(startOf(recall.dueOn).getTime() + ms);
        const next = recallAlarm(recall, calendar, now);
        const all = saidAt(recall, new Date('2028-01-01T00:00:00Z'));
        if (!next) return expect(saidAt(recall, now)).toEqual(all);
        expect(saidAt(recall, new Date(next.getTime() - 1))).toEqual(saidAt(recall, now));
        expect(saidAt(recall, next).length).toBe(saidAt(recall, now).length + 1);
      }),
    );
  });
});
