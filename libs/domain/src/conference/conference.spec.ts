// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  holdsIt,
  knowsOf,
  takeConferenceStep,
  type Conference,
  type ConferenceActor,
  type ConferenceFacts,
} from './conference';
import type { ConferenceStep } from './conference-step.schema';
import { dayIn, houkatsu, jiritsu, mother, now, shogai, son, uuid } from '../../test/builders';
import {
  aConference,
  aConferenceItem,
  aSeat,
  atHoukatsu,
  atJiritsu,
  chairOfCase,
  fukushika,
  takikan,
} from '../../test/conference-builders';
import { DomainError } from '../errors/domain.error';

const parties = [houkatsu, jiritsu, shogai, fukushika, takikan];
const facts: ConferenceFacts = {
  now,
  party: (id) => parties.find((p) => p.function === id),
  worksThere: () => true,
  itemId: uuid(931),
  covered: true,
  seen: true,
};
const actor = (who: { staff: string; function: string }, secretariat = false): ConferenceActor => ({
  ...who,
  secretariat,
});
const secretary = actor({ staff: uuid(840), function: fukushika.function }, true);
const chair = actor(chairOfCase);
const care = actor(atHoukatsu);
const work = actor(atJiritsu);
const stranger = actor({ staff: uuid(850), function: shogai.function });

const take = (conference: Conference, step: ConferenceStep, by: ConferenceActor, over: Partial<ConferenceFacts> = {}) =>
  takeConferenceStep(conference, step, by, { ...facts, ...over });
function refusal(...asked: Parameters<typeof take>): string {
  try {
    take(...asked);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'taken';
}
const called = (function_: string, staff: string, over: object = {}) =>
  ({ function: function_, staff, attendance: 'invited', mode: 'in_person', ...over }) as const;
const item: Extract<ConferenceStep, { action: 'add-item' }> = {
  action: 'add-item',
  person: mother,
  category: 'concern',
  text: '家賃を三か月払っていない。',
};

describe('a conference', () => {
  it('is known to its chair, its 事務局 and whoever was called by name for that function; to nobody else', () => {
    const c = aConference();
    expect([chair, secretary, care, work].map((a) => knowsOf(c, a))).toEqual([true, true, true, true]);
    expect(
      [stranger, actor({ ...atHoukatsu, staff: uuid(851) }), actor({ ...atHoukatsu, function: shogai.function })].map(
        (a) => knowsOf(c, a),
      ),
    ).toEqual([false, false, false]);
    expect(holdsIt(c, care)).toBe(false);
    expect(holdsIt(c, chair)).toBe(true);
    const elsewhere = actor({ ...chairOfCase, function: shogai.function });
    expect([holdsIt(c, elsewhere), knowsOf(c, elsewhere)]).toEqual([false, false]);
    expect(refusal(c, { action: 'acknowledge' }, stranger)).toBe('NOT_FOUND');
    expect(refusal(c, { action: 'end', reason: '試験' }, stranger)).toBe('NOT_FOUND');
  });

  describe('that is proposed', () => {
    const proposed = aConference({ state: 'proposed', members: [], chair: undefined, reviewOn: undefined });

    it('is called by its 事務局, who names the chair among those who come', () => {
      const members = [called(fukushika.function, chair.staff), called(houkatsu.function, care.staff)];
      const after = take(proposed, { action: 'call', members, on: dayIn(3), chair: chair.staff }, secretary);
      expect(after).toMatchObject({ state: 'called', chair: chair.staff, heldOn: dayIn(3) });
      expect(after.members.map((m) => m.acknowledged)).toEqual([false, false]);
      expect(refusal(proposed, { action: 'call', members, on: dayIn(3) }, secretary)).toBe('SEAT_MISSING');
      expect(refusal(proposed, { action: 'call', members, on: dayIn(3), chair: uuid(899) }, secretary)).toBe(
        'SEAT_MISSING',
      );
    });

    it('calls nobody who does not work there, no desk that is none, no part that is not', () => {
      const call = (member: object, over: Partial<ConferenceFacts> = {}) =>
        refusal(
          proposed,
          {
            action: 'call',
            members: [{ ...called(houkatsu.function, care.staff), ...member }],
            on: dayIn(1),
            chair: care.staff,
          },
          secretary,
          over,
        );
      expect(call({})).toBe('taken');
      expect(call({}, { worksThere: () => false })).toBe('MEMBER_UNKNOWN');
      expect(call({ function: uuid(77) })).toBe('MEMBER_UNKNOWN');
      expect(call({ part: 1 })).toBe('MEMBER_UNKNOWN');
      expect(call({ staff: undefined })).toBe('MEMBER_UNKNOWN');
      expect(call({ attendance: 'person' })).toBe('MEMBER_UNKNOWN');
    });

    it('keeps how each takes part, in person or online', () => {
      const ways = ['obligatory', 'in_principle', 'invited', 'objective'] as const;
      const members = ways.map((attendance, n) =>
        called(houkatsu.function, uuid(860 + n), { attendance, mode: n % 2 === 0 ? 'in_person' : 'online' }),
      );
      const after = take(proposed, { action: 'call', members, on: dayIn(1), chair: uuid(860) }, secretary);
      expect(after.members.map((m) => [m.attendance, m.mode])).toEqual([
        ['obligatory', 'in_person'],
        ['in_principle', 'online'],
        ['invited', 'in_person'],
        ['objective', 'online'],
      ]);
    });

    it('seats the person, and who looks on from outside, without an account', () => {
      const members = [
        called(houkatsu.function, care.staff),
        { attendance: 'person', mode: 'in_person' } as const,
        { attendance: 'objective', mode: 'online' } as const,
      ];
      const after = take(proposed, { action: 'call', members, on: dayIn(1), chair: care.staff }, secretary);
      expect(after.members.map((m) => [m.attendance, m.seat?.staff])).toEqual([
        ['invited', care.staff],
        ['person', undefined],
        ['objective', undefined],
      ]);
    });

    it('is declined, and then it is over', () => {
      const after = take(proposed, { action: 'decline', reason: '試験' }, secretary);
      expect(after.state).toBe('declined');
      expect(refusal(after, { action: 'end', reason: '試験' }, secretary)).toBe('CONFERENCE_STATE');
    });
  });

  describe('to which members were called', () => {
    const waiting = aConference({
      state: 'called',
      members: [chairOfCase, atHoukatsu].map((s) => aSeat(s, { acknowledged: false })),
      reviewOn: undefined,
    });

    it('shows nothing to a member before secrecy is acknowledged, and each acknowledges for themselves', () => {
      const after = take(waiting, { action: 'acknowledge' }, care);
      expect(after.members.map((m) => m.acknowledged)).toEqual([false, true]);
      expect(refusal(waiting, { action: 'acknowledge' }, secretary)).toBe('NOT_YOUR_PART');
      expect(refusal({ ...waiting, state: 'open' }, item, care)).toBe('SECRECY_UNACKNOWLEDGED');
    });

    it('keeps what was acknowledged when they are called again, but not for another desk', () => {
      const sworn = { ...waiting, members: waiting.members.map((m) => ({ ...m, acknowledged: true })) };
      const again = (desk: string) =>
        take(sworn, { action: 'call', members: [called(desk, care.staff)], on: dayIn(1) }, chair).members[1];
      expect(again(houkatsu.function)).toMatchObject({ acknowledged: true });
      expect(again(shogai.function)).toMatchObject({ acknowledged: false, seat: { function: shogai.function } });
      expect(
        refusal(sworn, { action: 'call', members: [called(houkatsu.function, care.staff)], on: dayIn(-1) }, chair),
      ).toBe('REVIEW_DATE');
    });

    it('opens with a day of its review, at most six months away', () => {
      expect(take(waiting, { action: 'open' }, chair)).toMatchObject({ state: 'open', reviewOn: '2027-05-20' });
      expect(refusal(waiting, { action: 'open' }, care)).toBe('NOT_YOUR_PART');
      expect(refusal({ ...waiting, members: [] }, { action: 'open' }, secretary)).toBe('SEAT_MISSING');
    });

    it('as juso opens only with the municipality and 多機関協働 in it', () => {
      const juso = (...seats: { staff: string; function: string }[]) =>
        refusal({ ...waiting, kind: 'juso', members: seats.map((s) => aSeat(s)) }, { action: 'open' }, secretary);
      expect(juso(chairOfCase, atHoukatsu)).toBe('SEAT_MISSING');
      expect(juso(atHoukatsu, atJiritsu)).toBe('SEAT_MISSING');
      expect(juso(chairOfCase, { staff: uuid(822), function: takikan.function })).toBe('taken');
    });

    it('as juso keeps them when it is called once more while it is open', () => {
      const both = [chairOfCase, { staff: uuid(822), function: takikan.function }].map((s) => aSeat(s));
      const juso = { ...waiting, kind: 'juso', state: 'open', members: both } as const;
      const again = (desk: string) =>
        refusal(juso, { action: 'call', members: [called(desk, uuid(822))], on: dayIn(1) }, secretary);
      expect(again(jiritsu.function)).toBe('SEAT_MISSING');
      expect(again(takikan.function)).toBe('taken');
    });

    it('opens with a roster in every part', () => {
      const parts = { ...waiting, kind: 'juso', parts: ['shien_chosei'] } as const;
      const both = [chairOfCase, { staff: uuid(822), function: takikan.function }].map((s) => aSeat(s));
      expect(refusal({ ...parts, members: both }, { action: 'open' }, secretary)).toBe('SEAT_MISSING');
      expect(
        refusal({ ...parts, members: [...both, aSeat(atJiritsu, { part: 1 })] }, { action: 'open' }, secretary),
      ).toBe('taken');
    });

    it('takes no item yet', () => {
      const sworn = aConference({ state: 'called' });
      expect(refusal(sworn, item, care)).toBe('CONFERENCE_STATE');
    });
  });

  describe('that is open', () => {
    it('takes items of those who are discussed, from members of that part', () => {
      const after = take(aConference(), item, care);
      expect(after.items).toEqual([{ ...aConferenceItem(), id: uuid(931) }]);
      expect(refusal(aConference(), { ...item, person: son }, care)).toBe('NOT_FOUND');
      expect(refusal(aConference({ parts: ['shien_chosei'] }), { ...item, part: 1 }, care)).toBe('NOT_YOUR_PART');
    });

    it('takes nobody where counted needs only are talked about', () => {
      expect(refusal(aConference({ kind: 'kyogitai' }), item, care)).toBe('NO_PERSONS_HERE');
    });

    it('asks the desks that sit there, about those who are discussed there', () => {
      const request = (over: object = {}) =>
        refusal(
          aConference(),
          {
            action: 'request',
            to: jiritsu.function,
            person: mother,
            identity: { name: '見本' },
            question: '試験',
            ...over,
          },
          care,
        );
      expect(request()).toBe('taken');
      expect(request({ to: shogai.function })).toBe('NOT_FOUND');
      expect(request({ to: houkatsu.function })).toBe('NOT_FOUND');
      expect(request({ person: son })).toBe('NOT_FOUND');
      expect(request({ part: 1 })).toBe('NOT_YOUR_PART');
    });

    it('is recorded by its chair, with the day of its review', () => {
      const record = (by: ConferenceActor, over: object = {}) =>
        refusal(
          aConference(),
          { action: 'record', heldOn: dayIn(0), record: '試験', reviewOn: dayIn(60), ...over },
          by,
        );
      expect(record(secretary)).toBe('NOT_YOUR_PART');
      expect(record(care)).toBe('NOT_YOUR_PART');
      expect(record(chair, { reviewOn: '2027-05-21' })).toBe('REVIEW_DATE');
      expect(record(chair, { reviewOn: '2027-05-20' })).toBe('taken');
      expect(record(chair, { reviewOn: dayIn(0) })).toBe('REVIEW_DATE');
      expect(record(chair, { heldOn: dayIn(1) })).toBe('REVIEW_DATE');
      expect(record(chair)).toBe('taken');
    });
  });

  describe('out of which something is promoted', () => {
    const onTable = aConference({ items: [aConferenceItem()] });
    const promote: ConferenceStep = {
      action: 'promote',
      item: uuid(930),
      to: { domain: 'konkyu' },
      items: { concern: { boxes: [] } },
    };
    const agree = { action: 'agree-promotion', item: uuid(930), agreed: true, identity: { name: '見本' } } as const;

    it('waits for the consent of the person, and then for whoever has brought it', () => {
      expect(refusal(onTable, promote, work, { covered: false })).toBe('CONSENT_NEEDED');
      const asked = take(onTable, promote, work);
      expect(asked.items[0]?.promotion).toBe('asked');
      expect(refusal(asked, agree, work)).toBe('NOT_YOUR_PART');
      expect(take(asked, agree, care).items[0]?.promotion).toBe('agreed');
      expect(refusal(onTable, agree, care)).toBe('CONFERENCE_STATE');
    });

    it('goes no further when whoever has brought it says no', () => {
      const asked = take(onTable, promote, work);
      const after = take(asked, { action: 'agree-promotion', item: uuid(930), agreed: false }, care);
      expect(after.items[0]?.promotion).toBeUndefined();
    });

    it('S6: never says who has informed, nor anything else than that item', () => {
      const neighbour = aConference({ items: [aConferenceItem({ informant: true })] });
      expect(refusal(neighbour, promote, work)).toBe('NOT_PROMOTABLE');
      expect(refusal(onTable, { ...promote, items: { concern: { boxes: [] }, health: {} } }, work)).toBe(
        'NOT_PROMOTABLE',
      );
      expect(refusal(onTable, { ...promote, items: {} }, work)).toBe('NOT_PROMOTABLE');
    });

    it('is not there for those who do not see it, as whom the consent does not cover', () => {
      expect(refusal(onTable, promote, work, { seen: false })).toBe('NOT_FOUND');
    });

    it('is not there for those who sit in another part', () => {
      const apart = {
        ...onTable,
        kind: 'juso',
        parts: ['shien_chosei'],
        items: [aConferenceItem({ part: 1 })],
      } as const;
      expect(refusal(apart, promote, work)).toBe('NOT_FOUND');
    });
  });

  describe('that was held', () => {
    const held = aConference({ state: 'held', items: [aConferenceItem()] });
    const review = (outcome: 'go_on' | 'watch' | 'end', over: object = { reviewOn: dayIn(60) }) =>
      ({ action: 'review', outcome, reason: '試験', ...over }) as const;

    it('goes on, is watched, or ends', () => {
      expect(take(held, review('go_on'), chair)).toMatchObject({ state: 'called', reviewOn: dayIn(60) });
      expect(take(held, review('watch'), chair)).toMatchObject({ state: 'held', reviewOn: dayIn(60) });
      expect(take(held, review('end', {}), chair).state).toBe('ended');
      expect(refusal(held, review('watch', {}), chair)).toBe('REVIEW_DATE');
      expect(refusal(held, review('watch', { reviewOn: '2027-05-21' }), chair)).toBe('REVIEW_DATE');
      expect(refusal(held, review('watch'), care)).toBe('NOT_YOUR_PART');
    });

    it('takes no item and asks nobody any more', () => {
      expect(refusal(held, item, care)).toBe('CONFERENCE_STATE');
    });

    it('loses at its end what was said, and keeps that it was', () => {
      const after = take(held, { action: 'end', reason: '試験' }, secretary);
      expect(after).toMatchObject({ state: 'ended', reviewOn: undefined, items: [{ id: uuid(930), erased: true }] });
    });

    it('loses an item that its contributor or the chair takes back', () => {
      const erase = { action: 'erase', item: uuid(930) } as const;
      expect(take(held, erase, care).items[0]?.erased).toBe(true);
      expect(take(held, erase, chair).items[0]?.erased).toBe(true);
      expect(refusal(held, erase, work)).toBe('NOT_YOUR_PART');
      expect(refusal(take(held, erase, care), erase, care)).toBe('NOT_FOUND');
    });
  });
});
