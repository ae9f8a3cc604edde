// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { kindOfPart, type Conference, type ConferenceItem } from './conference';
import { conferenceRules } from './conference-kinds';
import type { Sitting } from './sitting';
import { lastMomentOfDay } from '../calendar/business-calendar';
import type { Consent, Refusal } from '../consent/consent.schema';
import { conferenceCodes, type AuthorityCode, type AuthorityRow } from '../disclosure/authority-row';
import { decide } from '../disclosure/decide';
import type { Party } from '../disclosure/party';
import { consentOnlyFrom } from '../disclosure/tax-data';
import type { DataCategory } from '../member/data-category';
import type { Protection } from '../people/danger';

/** What decides on the items of a conference: what was said, the rows of the law, who is protected, the clock. */
export interface AgendaQuestion extends Protection {
  readonly now: Date;
  readonly consents: readonly Consent[];
  readonly refusals: readonly Refusal[];
  readonly authorities: readonly AuthorityRow[];
  /** The function as the law sees it; a closed one sees nothing. */
  readonly party: (functionId: string) => Party;
}

/** One seat of one part. */
export interface Attendee {
  readonly part: number;
  readonly function: string;
  readonly staff: string;
  readonly acknowledged: boolean;
}

/** Something said of one person at a conference, by which function. */
type Brought = Pick<ConferenceItem, 'function' | 'person' | 'category' | 'whereaboutsChecked'>;

/** Whether the conference is open, or is asked about as if it were. */
type AsOpen = Sitting['state'];

/**
 * What may be shown to the attendee: what is brought is a disclosure of the function that brings it to the attendee's. It is
 * decided as an `inquiry` at this sitting, on the law of its kind or on consent; never on a common purpose, since that asks
 * for no sitting.
 */
function mayBeShown(
  attendee: Attendee,
  conference: Conference,
  q: AgendaQuestion,
  state: AsOpen,
): (brought: Brought) => boolean {
  const kind = kindOfPart(conference, attendee.part);
  if (kind === undefined) return () => false;
  const authorities = q.authorities.filter((row) => conferenceCodes.has(row.code));
  const sitting: Sitting = {
    id: conference.id,
    version: 1,
    kind,
    authority: conferenceRules[kind].authority,
    state,
    persons: conference.persons,
    // Beyond the day of its review nobody shares on a law any more, until somebody has looked.
    ...(conference.reviewOn !== undefined && { until: lastMomentOfDay(conference.reviewOn) + 1 }),
    members: conference.members.flatMap((m) =>
      m.seat && m.part === attendee.part ? [{ ...m.seat, acknowledged: m.acknowledged }] : [],
    ),
  };
  return ({ function: from, person, category, whereaboutsChecked }) => {
    if (from === attendee.function) return true;
    const present: DataCategory[] = category === 'identity' ? ['identity'] : ['identity', category];
    const { party, ...said } = q;
    const decision = decide({
      ...said,
      authorities,
      kind: 'inquiry',
      purpose: 'consultation',
      sender: party(from),
      recipient: party(attendee.function),
      subject: {
        ...{ ref: 'subject', person, present, consentOnly: consentOnlyFrom(party(from)) },
        ...(!whereaboutsChecked && { textUnchecked: true }),
      },
      others: [],
      conference: conference.id,
      sittings: [sitting],
    });
    const shown = decision.outcome === 'permit' ? decision.members.find((m) => m.ref === 'subject') : undefined;
    // What is brought is text: of a protected person it waits until somebody has looked through it.
    return shown?.categories.includes(category) === true && shown.textUnchecked !== true;
  };
}

/**
 * On what this attendee sees what is brought there: the law of its kind where that alone lets it out, whatever consents there are
 * beside it, since the resident's own page tells of what rests on a consent and of no such conference; otherwise the consent.
 * `undefined` = neither lets it out: what others have made of one's own item is read all the same by whom they ask.
 */
export function basisAt(
  attendee: Attendee,
  conference: Conference,
  q: AgendaQuestion,
): (brought: Brought) => AuthorityCode | undefined {
  const kind = kindOfPart(conference, attendee.part);
  const law = kind === undefined ? undefined : conferenceRules[kind].authority;
  const state = stateNow(conference);
  const byLaw = mayBeShown(attendee, conference, { ...q, consents: [] }, state);
  const isShown = mayBeShown(attendee, conference, q, state);
  return (brought) => {
    if (law !== undefined && byLaw(brought)) return law;
    return isShown(brought) ? 'consent' : undefined;
  };
}

/** What of the agenda of this part may not be shown to the attendee, also when it is opened: the consent or the law must still cover it. */
export function uncoveredFor(
  attendee: Attendee,
  conference: Conference,
  q: AgendaQuestion,
  state: AsOpen = 'open',
): ConferenceItem[] {
  if (kindOfPart(conference, attendee.part) === undefined) return [];
  const mayShow = mayBeShown(attendee, conference, q, state);
  return onTheAgenda(conference, attendee.part).filter((item) => !mayShow(item));
}

const onTheAgenda = ({ items }: Conference, part: number): ConferenceItem[] =>
  items.filter((i) => i.part === part && !i.erased);

/** Whom the consent does not cover, and for what of whom, seat by seat. */
export function coverage(
  conference: Conference,
  q: AgendaQuestion,
): { readonly attendee: Attendee; readonly uncovered: readonly { person: string; categories: DataCategory[] }[] }[] {
  return conference.members.flatMap((m) => {
    if (!m.seat) return [];
    const attendee: Attendee = { ...m.seat, part: m.part, acknowledged: m.acknowledged };
    const items = uncoveredFor(attendee, conference, q);
    const persons = [...new Set(items.map((i) => i.person))];
    const uncovered = persons.map((person) => ({
      person,
      categories: [...new Set(items.filter((i) => i.person === person).map((i) => i.category))],
    }));
    return [{ attendee, uncovered }];
  });
}

/**
 * What this attendee sees: nothing before secrecy is acknowledged, and of others nothing but while the conference is open.
 * At a conference with consent an attendee whom it does not cover whole sees no item until it does (DOMAIN §7): what is
 * talked about at one table is heard by all. Where a law lets the members share, what it does not let out stays behind item
 * by item. What their own function has brought is theirs until the end.
 */
export function itemsFor(attendee: Attendee, conference: Conference, q: AgendaQuestion): ConferenceItem[] {
  const kind = kindOfPart(conference, attendee.part);
  if (!attendee.acknowledged || kind === undefined) return [];
  const all = onTheAgenda(conference, attendee.part);
  const uncovered = new Set(uncoveredFor(attendee, conference, q));
  const isWhole = conferenceRules[kind].persons === 'with_consent' && uncovered.size > 0;
  const isShut = conference.state !== 'open' || isWhole;
  return all.filter((i) => i.function === attendee.function || !(isShut || uncovered.has(i)));
}

/**
 * May this attendee read what the function `by` has written of everybody who is discussed: why the conference is held, what
 * was decided? That is their `narrative`, and decided like an item: on a law while it is open, on consent as far as that goes.
 */
export function mayReadOfAll(attendee: Attendee, by: string, conference: Conference, q: AgendaQuestion): boolean {
  if (!attendee.acknowledged) return false;
  const mayShow = mayBeShown(attendee, conference, q, stateNow(conference));
  return conference.persons.every((person) =>
    mayShow({ function: by, person, category: 'narrative', whereaboutsChecked: false }),
  );
}

/**
 * May this attendee read what was decided, written at `by`? Minutes are of everything that was talked about in their part:
 * whoever may not see all of it now does not read them.
 */
export const mayReadMinutes = (attendee: Attendee, by: string, conference: Conference, q: AgendaQuestion): boolean =>
  mayReadOfAll(attendee, by, conference, q) && uncoveredFor(attendee, conference, q, stateNow(conference)).length === 0;

/** Whatever it is but open, its law lets nobody share. */
const stateNow = ({ state }: Conference): AsOpen => (state === 'open' ? 'open' : 'called');
