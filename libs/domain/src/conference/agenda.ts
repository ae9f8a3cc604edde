// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { kindOfPart, type Conference, type ConferenceItem } from './conference';
import { conferenceRules } from './conference-kinds';
import type { Sitting } from './sitting';
import { lastMomentOfDay } from '../calendar/business-calendar';
import type { Consent, Refusal } from '../consent/consent.schema';
import { conferenceCodes, type AuthorityRow } from '../disclosure/authority-row';
import { decide } from '../disclosure/decide';
import type { Party } from '../disclosure/party';
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

/**
 * What of the agenda of this part may not be shown to the attendee: what is brought is a disclosure of the function that
 * brings it to the attendee's. It is decided as an `inquiry` at this sitting, on the law of its kind or on consent; never
 * on a common purpose, since that asks for no sitting.
 */
export function uncoveredFor(attendee: Attendee, conference: Conference, q: AgendaQuestion): ConferenceItem[] {
  const kind = kindOfPart(conference, attendee.part);
  if (kind === undefined) return [];
  const authorities = q.authorities.filter((row) => conferenceCodes.has(row.code));
  const sitting: Sitting = {
    id: conference.id,
    version: 1,
    kind,
    authority: conferenceRules[kind].authority,
    state: 'open',
    persons: conference.persons,
    // Beyond the day of its review nobody shares on a law any more, until somebody has looked.
    ...(conference.reviewOn !== undefined && { until: lastMomentOfDay(conference.reviewOn) + 1 }),
    members: conference.members.flatMap((m) =>
      m.seat && m.part === attendee.part ? [{ ...m.seat, acknowledged: m.acknowledged }] : [],
    ),
  };
  const mayShow = ({ function: from, person, category, whereaboutsChecked }: ConferenceItem): boolean => {
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
      subject: { ref: 'subject', person, present, ...(!whereaboutsChecked && { textUnchecked: true }) },
      others: [],
      conference: conference.id,
      sittings: [sitting],
    });
    const shown = decision.outcome === 'permit' ? decision.members.find((m) => m.ref === 'subject') : undefined;
    // What is brought is text: of a protected person it waits until somebody has looked through it.
    return shown?.categories.includes(category) === true && shown.textUnchecked !== true;
  };
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
 * What this attendee sees: nothing before secrecy is acknowledged. At a conference with consent an attendee whom it does
 * not cover whole sees no item until it does (DOMAIN §7), but for what their own function has brought: what is talked about
 * at one table is heard by all. Where a law lets the members share, what it does not let out stays behind item by item.
 */
export function itemsFor(attendee: Attendee, conference: Conference, q: AgendaQuestion): ConferenceItem[] {
  const kind = kindOfPart(conference, attendee.part);
  if (!attendee.acknowledged || kind === undefined) return [];
  const all = onTheAgenda(conference, attendee.part);
  const uncovered = new Set(uncoveredFor(attendee, conference, q));
  const isWhole = conferenceRules[kind].persons === 'with_consent' && uncovered.size > 0;
  return all.filter((i) => i.function === attendee.function || !(isWhole || uncovered.has(i)));
}
