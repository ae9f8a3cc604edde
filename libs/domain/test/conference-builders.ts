// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { aParty, dayIn, houkatsu, jiritsu, mother, uuid } from './builders';
import type { Conference, ConferenceItem, ConferenceMember } from '../src';

/** The desk of a municipality that holds a 支援会議, and 多機関協働. */
export const fukushika = aParty({
  function: uuid(4),
  functionType: 'welfare_office',
  domain: 'hogo',
  bodyKind: 'agency',
});
export const takikan = aParty({
  function: uuid(5),
  functionType: 'multi_agency_coordination',
  domain: 'takikan',
  bodyKind: 'agency',
});
/** The chair at 福祉課, and who was called beside. */
export const chairOfCase = { staff: uuid(820), function: fukushika.function };
export const atHoukatsu = { staff: uuid(810), function: houkatsu.function };
export const atJiritsu = { staff: uuid(811), function: jiritsu.function };

export const aSeat = (
  seat: { staff: string; function: string },
  over: Partial<ConferenceMember> = {},
): ConferenceMember => ({
  part: 0,
  seat,
  attendance: 'invited',
  mode: 'in_person',
  acknowledged: true,
  ...over,
});
/** An open 支援会議 about the mother: a chair, 地域包括 and 自立相談, all of whom have acknowledged secrecy. */
export function aConference(over: Partial<Conference> = {}): Conference {
  return {
    id: uuid(901),
    kind: 'shien_kaigi',
    parts: [],
    state: 'open',
    persons: [mother],
    host: fukushika.function,
    chair: chairOfCase.staff,
    heldOn: dayIn(0),
    heldDays: [],
    reviewOn: dayIn(90),
    members: [chairOfCase, atHoukatsu, atJiritsu].map((seat) => aSeat(seat)),
    items: [],
    ...over,
  };
}

/** 地域包括 has brought a concern of the mother's. */
export function aConferenceItem(over: Partial<ConferenceItem> = {}): ConferenceItem {
  return {
    id: uuid(930),
    part: 0,
    ...atHoukatsu,
    person: mother,
    category: 'concern',
    informant: false,
    whereaboutsChecked: false,
    erased: false,
    ...over,
  };
}
