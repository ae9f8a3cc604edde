// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, addWorkingDays } from '@tsunagi/domain';
import { firstFrom, isOpen, jumpTo, todayOf, weekdayOf } from './clock';
import { answerAsCare, consult } from './consultations';
import {
  act,
  changeDesk,
  handIn,
  isAsked,
  personOf,
  registerConsent,
  stateOf,
  timelineOf,
  todosAbout,
  view,
  type People,
} from './people';
import { municipalCalendar } from '../../src/platform/calendar';
import type { Api } from '../../test/sign-in';

/** The third Monday of September. */
const isRespectForTheAged = (day: string) => day.slice(5) >= '09-15' && day.slice(5) <= '09-21' && weekdayOf(day) === 1;

/** What nobody answers. */
export function reminders(people: People): void {
  const { town, kaigo, konkyu, it_, seat } = people;
  const shogai = seat({ role: 'caseworker', domain: 'shogai' });
  const supervisor = seat({ role: 'supervisor', domain: 'kaigo' });
  const coordinator = seat({ role: 'coordinator' });

  /** A つなぎ about somebody else, handed in on screen and opened there by 障害. */
  const received = async (desk: string, at: Date): Promise<string> => {
    const items = { identity: { name: '見本　土子' } };
    const subject = { ref: 'subject', role: 'subject', identifiers: [], items };
    const { body } = await handIn(konkyu, { at, subject, to: { function: desk } });
    const scope = { categories: ['identity'], toward: 'shogai', feedback: 'state' } as const;
    await registerConsent(konkyu, await personOf(konkyu, body.id), scope);
    await act(shogai, body.id, 'receive');
    return body.id;
  };

  it('S10: no answer for five working days with 敬老の日 in between: the desk, its supervisor, the coordinator', async () => {
    const holiday = firstFrom(addDays(await todayOf(people), 8), isRespectForTheAged);
    expect(isOpen(holiday)).toBe(false);
    const monday = addDays(holiday, -7);
    const at0 = await jumpTo(people, monday, '10:00');
    // Four days of this week, and then the first on which the desk is open again.
    const dueOn = firstFrom(holiday, isOpen);

    const at = await consult(town, 'S10-0001');
    const { referral } = at;
    // 引受期限 stands in the file that the desk's own system reads.
    const [record] = town.kaigo.referrals().filter((r) => r.values[2] === referral);
    expect(record?.values[21]).toBe(dueOn.replaceAll('-', ''));
    // Another desk counts its own days: it is open on Saturdays, so the same five are over before.
    const { id } = await changeDesk(it_, '9930000012', { calendar: { weekdays: [1, 2, 3, 4, 5, 6] } });
    const saturday = await received(id, at0);
    expect((await view(konkyu, saturday)).dueOn).toBe(addDays(monday, 5));

    // On the evening of the last day that desk has been reminded, and this one has not.
    await jumpTo(people, dueOn, '23:59');
    await isAsked(shogai, saturday, 'overdue');
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
      await jumpTo(people, addWorkingDays(dueOn, days, calendar));
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
