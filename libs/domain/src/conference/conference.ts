// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ConferenceRefusedError, type ConferenceRefusal } from './conference.errors';
import { conferenceRules, type ConferenceKind, type ObligatorySeat } from './conference-kinds';
import type { Attendance, ConferenceAction, ConferenceState, ConferenceStep, Mode } from './conference-step.schema';
import { conferenceTransitions, type ConferencePost } from './conference.transitions';
import { japaneseDay } from '../calendar/business-calendar';
import type { Party } from '../disclosure/party';
import type { ItemCategory } from '../member/data-category';
import { addMonths } from '../referral/follow-ups';
import { multiAgency } from '../referral/kinds';

/** A case in a conference is looked at again after so many months at the latest (DOMAIN §7). */
const longestReviewMonths = 6;

/** A seat at one part of a sitting. */
export interface ConferenceMember {
  readonly part: number;
  /** Absent = the person, or somebody from outside who gives an objective view: whoever signs in to nothing sees nothing. */
  readonly seat?: { readonly function: string; readonly staff: string } | undefined;
  readonly attendance: Attendance;
  readonly mode: Mode;
  readonly acknowledged: boolean;
}

/** Something of one person that somebody has brought to one part. Its text is kept apart. */
export interface ConferenceItem {
  readonly id: string;
  readonly part: number;
  readonly function: string;
  readonly staff: string;
  readonly person: string;
  readonly category: ItemCategory;
  /** It would tell who has informed: it never leaves the sitting. */
  readonly informant: boolean;
  /** Whoever brought it has looked that it does not give a protected person's whereabouts away. */
  readonly whereaboutsChecked: boolean;
  readonly promotion?: 'asked' | 'agreed' | undefined;
  readonly erased: boolean;
}

/** 会議 about certain persons. */
export interface Conference {
  readonly id: string;
  readonly kind: ConferenceKind;
  /** What else the sitting serves, one after the other; part 0 is its own kind. */
  readonly parts: readonly ConferenceKind[];
  readonly state: ConferenceState;
  readonly persons: readonly string[];
  /** 事務局: the function that holds it. */
  readonly host: string;
  readonly chair?: string | undefined;
  /** The day for which its members were called, or on which it was held. */
  readonly heldOn?: string | undefined;
  /** The days on which it was held, as its chair has written them down. */
  readonly heldDays: readonly string[];
  readonly reviewOn?: string | undefined;
  readonly members: readonly ConferenceMember[];
  readonly items: readonly ConferenceItem[];
}

/** Who acts: a member of staff, for one function. */
export interface ConferenceActor {
  readonly staff: string;
  readonly function: string;
  /** Of the 事務局, and there to hold conferences. */
  readonly secretariat: boolean;
}

export const kindOfPart = (
  { kind, parts }: Pick<Conference, 'kind' | 'parts'>,
  part: number,
): ConferenceKind | undefined => [kind, ...parts][part];

const sitsAs =
  ({ staff, function: desk }: ConferenceActor, part?: number) =>
  (m: ConferenceMember): boolean =>
    m.seat?.staff === staff && m.seat.function === desk && (part === undefined || m.part === part);

/** Chair, for the function for which they were called, or 事務局: whoever calls, opens and ends it. */
export const holdsIt = (conference: Conference, by: ConferenceActor): boolean =>
  by.secretariat || (conference.chair === by.staff && isCalled(conference, by));

/** Was called to it by name, acknowledged or not. */
export const isCalled = (conference: Conference, actor: ConferenceActor): boolean =>
  conference.members.some(sitsAs(actor));

/** What the parts are to which this one was called; of whoever only holds it, all. */
export function kindsFor(conference: Conference, actor: ConferenceActor): ConferenceKind[] {
  const kinds = [conference.kind, ...conference.parts];
  return isCalled(conference, actor) ? kinds.filter((_, part) => conference.members.some(sitsAs(actor, part))) : kinds;
}

/** Parts in which this member has acknowledged secrecy. */
export const partsOf = (conference: Conference, actor: ConferenceActor): number[] =>
  conference.members.filter((m) => sitsAs(actor)(m) && m.acknowledged).map((m) => m.part);

/** Nobody else learns that it exists. */
export const knowsOf = (conference: Conference, actor: ConferenceActor): boolean =>
  holdsIt(conference, actor) || isCalled(conference, actor);

/** Why this actor does not take this step now; the actor knows of the conference. */
export function whyNotNow(
  conference: Conference,
  action: ConferenceAction,
  by: ConferenceActor,
): ConferenceRefusal | undefined {
  const arrow = conferenceTransitions.find((t) => t.action === action);
  if (!arrow) return 'CONFERENCE_STATE';
  const post = whyNotPost(conference, arrow.by, by);
  if (post) return post;
  return arrow.from.includes(conference.state) ? undefined : 'CONFERENCE_STATE';
}

function whyNotPost(conference: Conference, post: ConferencePost, by: ConferenceActor): ConferenceRefusal | undefined {
  switch (post) {
    case 'holder':
      return holdsIt(conference, by) ? undefined : 'NOT_YOUR_PART';
    case 'called':
      return isCalled(conference, by) ? undefined : 'NOT_YOUR_PART';
    case 'chair':
      if (conference.chair !== by.staff) return 'NOT_YOUR_PART';
      return partsOf(conference, by).length > 0 ? undefined : 'SECRECY_UNACKNOWLEDGED';
    case 'member':
      if (!isCalled(conference, by)) return 'NOT_YOUR_PART';
      return partsOf(conference, by).length > 0 ? undefined : 'SECRECY_UNACKNOWLEDGED';
  }
}

/** What the step needs to know that is not in the conference. */
export interface ConferenceFacts {
  readonly now: Date;
  /** The function as the law sees it; absent = there is none in force. */
  readonly party: (functionId: string) => Party | undefined;
  /** Does this member of staff work there today? */
  readonly worksThere: (staff: string, functionId: string) => boolean;
  /** For `add-item`: the id that the item gets. */
  readonly itemId?: string | undefined;
  /** For `promote`: a consent of the person covers that category toward that addressee. */
  readonly covered?: boolean | undefined;
  /** For `promote`: whoever asks for it sees that item. */
  readonly seen?: boolean | undefined;
}

/**
 * One step of a conference. Pure: texts are kept apart, and what follows outside of it (an inquiry, a draft, what is taken
 * away) is the caller's.
 * @throws {ConferenceRefusedError}
 */
export function takeConferenceStep(
  before: Conference,
  step: ConferenceStep,
  by: ConferenceActor,
  facts: ConferenceFacts,
): Conference {
  if (!knowsOf(before, by)) throw new ConferenceRefusedError('NOT_FOUND');
  const refusal = whyNotNow(before, step.action, by);
  if (refusal) throw new ConferenceRefusedError(refusal);
  switch (step.action) {
    case 'decline':
      return { ...before, state: 'declined' };
    case 'call':
      return called(before, step, facts);
    case 'acknowledge':
      return { ...before, members: before.members.map((m) => (sitsAs(by)(m) ? { ...m, acknowledged: true } : m)) };
    case 'open':
      return opened(before, facts);
    case 'add-item':
      return withItem(before, step, by, facts);
    case 'request':
      return asked(before, step, by);
    case 'promote':
      return promoted(before, step, by, facts);
    case 'agree-promotion': {
      const item = itemOf(before, step.item, by);
      if (!isContributor(item, by)) throw new ConferenceRefusedError('NOT_YOUR_PART');
      if (item.promotion !== 'asked') throw new ConferenceRefusedError('CONFERENCE_STATE');
      return changed(before, { ...item, promotion: step.agreed ? 'agreed' : undefined });
    }
    case 'record':
      if (step.heldOn > japaneseDay(facts.now)) throw new ConferenceRefusedError('REVIEW_DATE');
      return {
        ...before,
        state: 'held',
        heldOn: step.heldOn,
        heldDays: [...new Set([...before.heldDays, step.heldOn])],
        reviewOn: reviewOn(step.reviewOn, facts),
      };
    case 'review':
      if (step.outcome === 'end') return ended(before);
      return {
        ...before,
        state: step.outcome === 'go_on' ? 'called' : 'held',
        reviewOn: reviewOn(step.reviewOn, facts),
      };
    case 'end':
      return ended(before);
    case 'erase': {
      const item = itemOf(before, step.item, by);
      if (!isContributor(item, by) && before.chair !== by.staff) throw new ConferenceRefusedError('NOT_YOUR_PART');
      return changed(before, { ...item, erased: true });
    }
    default:
      return step satisfies never;
  }
}

type Step<A extends ConferenceAction> = Extract<ConferenceStep, { action: A }>;

function called(before: Conference, step: Step<'call'>, { now, party, worksThere }: ConferenceFacts): Conference {
  if (step.on < japaneseDay(now)) throw new ConferenceRefusedError('REVIEW_DATE');
  const seats = step.members.map((m): ConferenceMember => {
    const { staff, function: desk, part = 0, attendance, mode } = m;
    if (kindOfPart(before, part) === undefined) throw new ConferenceRefusedError('MEMBER_UNKNOWN');
    if ((staff === undefined) !== (attendance === 'person' || (attendance === 'objective' && desk === undefined)))
      throw new ConferenceRefusedError('MEMBER_UNKNOWN');
    if (staff === undefined || desk === undefined) return { part, attendance, mode, acknowledged: false };
    if (!party(desk) || !worksThere(staff, desk)) throw new ConferenceRefusedError('MEMBER_UNKNOWN');
    return { part, seat: { function: desk, staff }, attendance, mode, acknowledged: false };
  });
  const members = [...before.members];
  for (const seat of seats) {
    const n = members.findIndex((m) => m.part === seat.part && m.seat && m.seat.staff === seat.seat?.staff);
    // Called once more to the same part: secrecy that was acknowledged for this function stays so.
    if (n < 0) members.push(seat);
    else members[n] = { ...seat, acknowledged: members[n]?.acknowledged === true && sameDesk(members[n], seat) };
  }
  const chair = step.chair ?? before.chair;
  if (chair === undefined || !members.some((m) => m.seat?.staff === chair))
    throw new ConferenceRefusedError('SEAT_MISSING');
  const after = { ...before, members, chair, heldOn: step.on };
  if (before.state !== 'open') return { ...after, state: 'called' };
  // Whoever must be there stays there.
  requireSeats(after, party);
  return after;
}

const sameDesk = (one: ConferenceMember | undefined, other: ConferenceMember) =>
  one?.seat?.function === other.seat?.function;

const seatIs: Readonly<Record<ObligatorySeat, (party: Party) => boolean>> = {
  municipality: ({ bodyKind }) => bodyKind === 'agency',
  multi_agency: ({ functionType }) => functionType === multiAgency,
};

/** Every part has a roster, and its obligatory seats. @throws {ConferenceRefusedError} */
function requireSeats({ kind: first, parts, members }: Conference, party: ConferenceFacts['party']): void {
  for (const [part, kind] of [first, ...parts].entries()) {
    const parties = members
      .filter((m) => m.part === part)
      .flatMap((m) => (m.seat ? (party(m.seat.function) ?? []) : []));
    if (parties.length === 0 || conferenceRules[kind].obligatory.some((seat) => !parties.some(seatIs[seat])))
      throw new ConferenceRefusedError('SEAT_MISSING');
  }
}

function opened(before: Conference, { now, party }: ConferenceFacts): Conference {
  requireSeats(before, party);
  // From its first day on the case has a day on which it is looked at again.
  return { ...before, state: 'open', reviewOn: before.reviewOn ?? addMonths(japaneseDay(now), longestReviewMonths) };
}

function withItem(
  before: Conference,
  { part = 0, person, category, informant, whereaboutsChecked }: Step<'add-item'>,
  by: ConferenceActor,
  { itemId }: ConferenceFacts,
): Conference {
  const kind = kindOfPart(before, part);
  if (kind !== undefined && conferenceRules[kind].persons === 'none')
    throw new ConferenceRefusedError('NO_PERSONS_HERE');
  if (!partsOf(before, by).includes(part)) throw new ConferenceRefusedError('NOT_YOUR_PART');
  if (!before.persons.includes(person)) throw new ConferenceRefusedError('NOT_FOUND');
  if (itemId === undefined) throw new Error('an item without an id');
  const item: ConferenceItem = {
    id: itemId,
    part,
    function: by.function,
    staff: by.staff,
    person,
    category,
    informant: informant === true,
    whereaboutsChecked: whereaboutsChecked === true,
    erased: false,
  };
  return { ...before, items: [...before.items, item] };
}

/** Material is asked of a function that sits in the same part, about somebody who is discussed there. */
function asked(before: Conference, { part = 0, to, person }: Step<'request'>, by: ConferenceActor): Conference {
  if (!partsOf(before, by).includes(part)) throw new ConferenceRefusedError('NOT_YOUR_PART');
  const sits = before.members.some((m) => m.part === part && m.seat?.function === to && to !== by.function);
  if (!sits || !before.persons.includes(person)) throw new ConferenceRefusedError('NOT_FOUND');
  return before;
}

/** What names an informant stays; the rest is asked of whoever has brought it, once the person has consented. */
function promoted(
  before: Conference,
  { item: id, items }: Step<'promote'>,
  by: ConferenceActor,
  { covered, seen }: ConferenceFacts,
): Conference {
  const item = itemOf(before, id, by);
  if (seen !== true) throw new ConferenceRefusedError('NOT_FOUND');
  if (item.informant || Object.keys(items).join() !== item.category) throw new ConferenceRefusedError('NOT_PROMOTABLE');
  if (item.promotion === 'agreed') throw new ConferenceRefusedError('CONFERENCE_STATE');
  if (covered !== true) throw new ConferenceRefusedError('CONSENT_NEEDED');
  return changed(before, { ...item, promotion: 'asked' });
}

/** Whoever has brought it, for the function for which it was. */
export const isContributor = (item: ConferenceItem, by: Pick<ConferenceActor, 'staff' | 'function'>): boolean =>
  item.staff === by.staff && item.function === by.function;

/** Of the parts of which the actor knows: what belongs to another part is not there. */
function itemOf(conference: Conference, id: string, by: ConferenceActor): ConferenceItem {
  const item = conference.items.find((i) => i.id === id && !i.erased && partsOf(conference, by).includes(i.part));
  if (!item) throw new ConferenceRefusedError('NOT_FOUND');
  return item;
}

const changed = (before: Conference, item: ConferenceItem): Conference => ({
  ...before,
  items: before.items.map((i) => (i.id === item.id ? item : i)),
});

/** What was said goes; that it was, stays. */
const ended = (before: Conference): Conference => ({
  ...before,
  state: 'ended',
  reviewOn: undefined,
  items: before.items.map((i) => ({ ...i, erased: true })),
});

function reviewOn(day: string | undefined, { now }: ConferenceFacts): string {
  const today = japaneseDay(now);
  if (day === undefined || day <= today || day > addMonths(today, longestReviewMonths))
    throw new ConferenceRefusedError('REVIEW_DATE');
  return day;
}
