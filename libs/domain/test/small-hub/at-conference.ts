// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done, type Move, type SeenAgenda, type Word } from '@tsunagi/testing/invariants';
import { authorities, desks, party, purpose, workersOf } from './desks';
import type { HubState } from './hub-state';
import { begin } from './leaving';
import { around } from './saying';
import * as domain from '../../src';
import type { AgendaQuestion, Conference, ConferenceActor, ConferenceStep, ItemCategory } from '../../src';

type AtConference = Extract<Move, { do: 'conference' }>;

const actorOf = (desk: string, conference: Pick<Conference, 'host'>): ConferenceActor => ({
  staff: workersOf(desk)[0],
  function: desk,
  secretariat: conference.host === desk,
});

/** One step of a conference, by whoever may take it or tries to. */
export function atConference(hub: HubState, move: AtConference): Done {
  if (move.step === 'propose') return propose(hub, move);
  const conference = pick([...hub.conferences.values()].reverse(), move.which);
  if (!conference) return { line: 'no conference', took: false };
  const by = actorOf(whoTakes(move, conference), conference);
  const step = stepOf(hub, move, conference, by);
  const line = `a conference, ${move.step}: `;
  if (!step) return { line: `${line}nothing to do`, took: false };
  const itemId = hub.newId();
  const toward =
    step.action === 'promote' && step.to !== 'unknown' && 'function' in step.to ? step.to.function : undefined;
  try {
    const covered = step.action === 'promote' && toward ? isCovered(hub, conference, step.item, toward) : undefined;
    const after = hub.rule.takeConferenceStep(conference, step, by, {
      now: hub.now,
      party,
      worksThere: (staff, desk) => workersOf(desk).includes(staff),
      itemId,
      covered,
      seen: step.action === 'promote' && isSeen(hub, conference, step.item, by),
    });
    // Its end is no withdrawal: what rests on it shares nothing more.
    hub.conferences.set(conference.id, after);
    const words = carryOut(hub, { step, by, after, itemId, toward });
    return { line: `${line}${after.state}`, took: true, asker: [by.function], words };
  } catch (error) {
    if (!(error instanceof domain.DomainError)) throw error;
    return { line: `${line}${error.code}`, took: false };
  }
}

function propose(hub: HubState, move: AtConference): Done {
  const referral = hub.chosen(move.referral);
  if (!referral || referral.kind === 'advice') return { line: 'nobody to talk about', took: false };
  const kind = move.withConsent ? ('juso' as const) : ('shien_kaigi' as const);
  const host = desks.find((d) => domain.mayHold(kind, d) && d.function !== hub.onlooker)?.function;
  if (host === undefined) return { line: 'nobody holds it', took: false };
  const id = hub.newId();
  const persons = [...new Set(referral.members.map((m) => m.person))];
  const proposed: Conference = {
    id,
    kind,
    parts: [],
    state: 'proposed',
    persons,
    host,
    heldDays: [],
    members: [],
    items: [],
  };
  hub.conferences.set(id, proposed);
  const word = { word: 'conference', step: 'propose', conference: id, at: hub.now, kind, host, persons } as const;
  return { line: `a ${kind} is proposed`, took: true, words: [word] };
}

/** Mostly somebody whose step it is; now and then anybody. */
function whoTakes({ step, who }: AtConference, conference: Conference): string {
  const all = conference.members.flatMap((m) => m.seat?.function ?? []);
  const there = conference.members.flatMap((m) => (m.seat && m.acknowledged ? m.seat.function : []));
  const seats = step !== 'acknowledge' && there.length > 0 && who % 8 < 5 ? there : all;
  const anybody = pick(desks, who)!.function;
  if (who % 8 === 7 || seats.length === 0) return who % 8 === 7 ? anybody : conference.host;
  if (step === 'agree-promotion') {
    const asked = conference.items.filter((i) => i.promotion === 'asked');
    return pick(asked, who)?.function ?? anybody;
  }
  const isHolders = domain.conferenceTransitions.some(
    (t) => t.action === step && (t.by === 'holder' || t.by === 'chair'),
  );
  return isHolders ? conference.host : pick(seats, who)!;
}

const elsewhere = (hub: HubState, desk: string) =>
  desks.filter((d) => d.function !== desk && d.function !== hub.onlooker).map((d) => d.function);

function stepOf(
  hub: HubState,
  { step, who, referral, category, yes }: AtConference,
  conference: Conference,
  by: ConferenceActor,
): ConferenceStep | undefined {
  const today = domain.japaneseDay(hub.now);
  const reviewOn = domain.addDays(today, 20);
  const there = conference.items.filter((i) => !i.erased);
  const item = pick([...there].reverse(), referral)?.id;
  const person = pick(conference.persons, referral)!;
  switch (step) {
    case 'propose':
      return undefined;
    case 'call': {
      const sides = [conference.host, ...calledTo(hub, conference, who)];
      const members = [...new Set(sides)].map((desk) => ({
        function: desk,
        staff: workersOf(desk)[0],
        attendance: 'invited' as const,
        mode: 'in_person' as const,
      }));
      return { action: step, members, on: today, chair: workersOf(conference.host)[0] };
    }
    case 'acknowledge':
    case 'open':
      return { action: step };
    case 'add-item': {
      const whereaboutsChecked = who % 2 === 0 ? { whereaboutsChecked: true as const } : {};
      const informant = yes && who % 2 === 1 ? { informant: true as const } : {};
      return {
        action: step,
        person,
        category: category as ItemCategory,
        text: '試験',
        ...informant,
        ...whereaboutsChecked,
      };
    }
    case 'request': {
      const to = pick(
        conference.members.flatMap((m) => (m.seat && m.seat.function !== by.function ? m.seat.function : [])),
        referral,
      );
      return to === undefined ? undefined : { action: step, to, person, identity: { name: '試験' }, question: '試験' };
    }
    case 'promote': {
      const all = there.flatMap((i) => elsewhere(hub, i.function).map((to) => ({ ...i, to })));
      // Mostly where a consent leads to.
      const covered = all.filter((i) => who % 4 !== 0 && isCovered(hub, conference, i.id, i.to));
      const one = pick(covered.length > 0 ? covered : all, referral);
      return one && { action: step, item: one.id, to: { function: one.to }, items: { [one.category]: {} } };
    }
    case 'agree-promotion': {
      const asked = conference.items.find(
        (i) => i.promotion === 'asked' && (i.function === by.function || who % 8 === 7),
      );
      if (!asked) return undefined;
      return { action: step, item: asked.id, agreed: yes, ...(yes && { identity: { name: '試験' } }) };
    }
    case 'erase':
      return item === undefined ? undefined : { action: step, item };
    case 'record':
      return { action: step, heldOn: today, record: '試験', reviewOn };
    case 'review': {
      const outcome = pick(['go_on', 'watch', 'end'] as const, who)!;
      return { action: step, outcome, reason: '試験', ...(outcome !== 'end' && { reviewOn }) };
    }
    case 'end':
      return { action: step, reason: '試験' };
    default:
      return step satisfies never;
  }
}

/** The two desks of a referral of somebody who is discussed, and perhaps a third. */
function calledTo(hub: HubState, { persons }: Conference, who: number): string[] {
  const about = [...hub.referrals.values()].find((r) => r.members.some((m) => persons.includes(m.person)));
  const third = who % 3 === 0 ? [pick(elsewhere(hub, ''), who)!] : [];
  return [...(about ? [about.from, about.to] : []), ...third];
}

/** Has the person consented that this goes there from whoever has brought it? */
function isCovered(hub: HubState, conference: Conference, id: string, toward: string): boolean {
  const item = conference.items.find((i) => i.id === id);
  if (!item || item.function === toward) return hub.rule.isCovered(false);
  const { consents, refusals, now, dangers } = hub;
  const decision = hub.rule.decide({
    now,
    kind: 'referral',
    purpose,
    sender: party(item.function),
    recipient: party(toward),
    subject: { ref: 'subject', person: item.person, present: ['identity', item.category] },
    others: [],
    consents,
    refusals,
    authorities: [],
    dangers,
  });
  const permitted = decision.outcome === 'permit' ? decision.members[0]?.categories : undefined;
  return hub.rule.isCovered(permitted?.includes(item.category) === true);
}

/** What follows outside of it, and what whoever was there knows to have happened. */
function carryOut(
  hub: HubState,
  on: {
    readonly step: ConferenceStep;
    readonly by: ConferenceActor;
    readonly after: Conference;
    readonly itemId: string;
    readonly toward: string | undefined;
  },
): Word[] {
  const { step, by, after, itemId, toward } = on;
  const { id: conference, reviewOn = '' } = after;
  const said = { word: 'conference', conference, at: hub.now } as const;
  const { function: desk, staff } = by;
  const end = (): Word[] => {
    for (const item of hub.rule.erasedAtEnd(after.items.map((i) => i.id))) hub.texts.delete(item);
    return [{ ...said, step: 'end' }];
  };
  switch (step.action) {
    case 'decline':
      return [];
    case 'call':
      return [{ ...said, step: 'call', seats: step.members.map((m) => ({ function: m.function!, staff: m.staff! })) }];
    case 'acknowledge':
      return [{ ...said, step: 'acknowledge', function: desk, staff }];
    case 'open':
    case 'record':
      return [{ ...said, step: step.action, reviewOn }];
    case 'review':
      if (step.outcome === 'end') return end();
      return [{ ...said, step: 'review', reviewOn, again: step.outcome === 'go_on' }];
    case 'end':
      return end();
    case 'add-item': {
      hub.texts.set(itemId, step.text);
      const { person, category } = step;
      const [informant, read] = [step.informant === true, step.whereaboutsChecked === true];
      return [{ ...said, step: 'add-item', item: itemId, function: desk, staff, person, category, informant, read }];
    }
    case 'erase':
      hub.texts.delete(step.item);
      return [{ ...said, step: 'erase', item: step.item }];
    case 'request':
      inquire(hub, desk, step, conference);
      return [];
    case 'promote':
      hub.promotedTo.set(step.item, toward!);
      return [{ ...said, step: 'promote', item: step.item, toward: toward! }];
    case 'agree-promotion': {
      if (!step.agreed) return [];
      const item = after.items.find((i) => i.id === step.item)!;
      const to = hub.promotedTo.get(step.item)!;
      const draft = hub.draft({ from: item.function, to, kind: 'referral', person: 0, key: `item ${item.id}` });
      const content = {
        ...draft.members[0]!.content,
        items: { identity: { name: '試験' }, [item.category]: draft.members[0]!.content.items[item.category] },
      };
      const of = { ...draft, members: [{ person: item.person, content }], promoted: item.id };
      begin(hub, of, { actor: 'staff', function: item.function, staff });
      return [{ ...said, step: 'agree-promotion', item: item.id, function: desk, staff }];
    }
    default:
      return step satisfies never;
  }
}

/** Material is asked for: an inquiry that rests on the conference. */
function inquire(
  hub: HubState,
  desk: string,
  { to, person }: Extract<ConferenceStep, { action: 'request' }>,
  conference: string,
): void {
  const draft = hub.draft({ from: desk, to, kind: 'inquiry', person: 0, key: `at ${conference} ${hub.newId()}` });
  const [subject] = draft.members;
  const of = { ...draft, members: [{ ...subject!, person }], conference };
  around(hub, [], () => begin(hub, of, { actor: 'staff', function: desk, staff: workersOf(desk)[0] }));
}

/** What decides now on the items of any conference. */
function questionOf({ now, consents, refusals, seals, dangers }: HubState): AgendaQuestion {
  return { now, consents, refusals, authorities, seals, dangers, party };
}

function isSeen(hub: HubState, conference: Conference, item: string, { staff, function: desk }: ConferenceActor) {
  const attendee = { part: 0, staff, function: desk, acknowledged: true };
  return hub.rule.itemsFor(attendee, conference, questionOf(hub)).some((i) => i.id === item);
}

/** What everybody reads of each conference: those who sit there, and somebody of every other desk. */
export function agendasOf(hub: HubState): SeenAgenda[] {
  const question = questionOf(hub);
  return [...hub.conferences.values()].flatMap((c) =>
    desks.flatMap(({ function: desk }) =>
      workersOf(desk).map((staff, n): SeenAgenda => {
        const who = { ...actorOf(desk, c), staff, secretariat: c.host === desk && n === 0 };
        const seat = c.members.find((m) => m.seat?.staff === staff && m.seat.function === desk);
        const attendee = { part: 0, function: desk, staff, acknowledged: seat?.acknowledged === true };
        const items = seat ? hub.rule.itemsFor(attendee, c, question).map((i) => i.id) : [];
        return { conference: c.id, function: desk, staff, knows: hub.rule.knowsOf(c, who), items };
      }),
    ),
  );
}
