// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, addWorkingDays } from '@tsunagi/domain';
import { firstFrom, isOpen, jumpTo, todayOf, weekdayOf } from './clock';
import { answerAsCare, consult } from './consultations';
import { act, isAsked, reaches, stateOf, timelineOf, todosAbout, view, type People } from './people';
import { municipalCalendar } from '../../src/platform/calendar';
import type { Api } from '../../test/sign-in';
import type { Town } from '../town/town';

/** The third Monday of September. */
const isRespectForTheAged = (day: string) => day.slice(5) >= '09-15' && day.slice(5) <= '09-21' && weekdayOf(day) === 1;

/** What nobody answers. */
export function reminders(people: () => People): void {
  let town: Town;
  let kaigo: Api;
  let konkyu: Api;

  beforeAll(() => void ({ town, kaigo, konkyu } = people()));

  it('S10: no answer for five working days with 敬老の日 in between: the desk, its supervisor, the coordinator', async () => {
    const [supervisor, coordinator] = await Promise.all([
      town.as({ role: 'supervisor', domain: 'kaigo' }),
      town.as({ role: 'coordinator' }),
    ]);
    const holiday = firstFrom(addDays(await todayOf(people()), 8), isRespectForTheAged);
    expect(isOpen(holiday)).toBe(false);
    const monday = addDays(holiday, -7);
    const at0 = await jumpTo(people(), monday, '10:00');
    // Four days of this week, and then the first on which the desk is open again.
    const dueOn = firstFrom(holiday, isOpen);

    const at = await consult(town, 'S10-0001');
    const { referral } = at;
    // 引受期限 stands in the file that the desk's own system reads.
    const [record] = town.kaigo.referrals().filter((r) => r.values[2] === referral);
    expect(record?.values[21]).toBe(dueOn.replaceAll('-', ''));
    // One that the desk has put off until that day shows that the clock has looked at the day.
    const other = await consult(town, 'S10-0002');
    await act(kaigo, other.referral, 'hold', { reason: '入院中', wakeOn: dueOn });

    await jumpTo(people(), dueOn, '23:59');
    await reaches(kaigo, other.referral, 'received');
    const lists = { 担当者: kaigo, 所長: supervisor, 調整担当: coordinator };
    const whoKnows = async () => {
      const known = Object.entries(lists).map(async ([name, list]) =>
        (await todosAbout(list, referral)).includes('overdue') ? [name] : [],
      );
      return (await Promise.all(known)).flat();
    };
    expect(await whoKnows()).toEqual([]);
    const calendar = municipalCalendar(at0);
    const hear = async (days: number, who: Api) => {
      await jumpTo(people(), addWorkingDays(dueOn, days, calendar));
      await isAsked(who, referral, 'overdue');
    };
    await hear(1, kaigo);
    expect(await whoKnows()).toEqual(['担当者']);
    await hear(2, supervisor);
    expect(await whoKnows()).toEqual(['担当者', '所長']);
    await hear(3, coordinator);
    expect(await whoKnows()).toEqual(['担当者', '所長', '調整担当']);

    // Late is all that it is: nothing was accepted, closed or told in the silence, and the sender sees that it is late.
    expect(await view(konkyu, referral)).toMatchObject({ state: 'received', overdue: true, dueOn });
    expect((await timelineOf(konkyu, referral)).at(-1)?.to).toBe('received');
    expect((await town.konkyu.results('S10-0001')).map((r) => r.jotai_cd)).toEqual(['10']);
    expect((await view(coordinator, referral)).members).toBeUndefined();

    // The desk takes it in its own system at last, and it leaves all three lists.
    await answerAsCare(town, at, '20', 'KAS-S10-1');
    await town.konkyu.told('S10-0001', '20');
    expect(await stateOf(konkyu, referral)).toBe('accepted');
    expect(await whoKnows()).toEqual([]);
  });
}
