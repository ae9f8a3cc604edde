// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { itemNames } from '@tsunagi/contracts/words';

/** How a field is written. `lines`: one in each line; `names`: the same, of names with dates. */
export type FieldKind =
  | 'line'
  | 'text'
  | 'day'
  | 'number'
  | 'yes'
  | 'check'
  | 'lines'
  | 'names'
  | 'sex'
  | 'interpreter'
  | 'careLevel'
  | 'careApplication'
  | 'concerns';

export type ItemCategory = keyof typeof itemNames;
type Kinds = { readonly [C in ItemCategory]: Readonly<Record<keyof (typeof itemNames)[C], FieldKind>> };

const period = { validFrom: 'day', validTo: 'day' } as const;

/** Every field of every category: a new one does not compile before it is here. */
export const itemKinds: Kinds = {
  identity: {
    name: 'line',
    kana: 'line',
    otherNames: 'names',
    birthDate: 'day',
    birthDateText: 'line',
    sex: 'sex',
  },
  contact: {
    postalCode: 'line',
    address: 'line',
    residence: 'line',
    telephone: 'line',
    mobile: 'line',
    mail: 'line',
  },
  contact_wishes: {
    number: 'line',
    when: 'line',
    leaveMessage: 'yes',
    mustNotKnow: 'line',
    letters: 'yes',
    language: 'line',
    interpreter: 'interpreter',
    safe: 'check',
  },
  household_outline: { size: 'number', relations: 'lines', affected: 'line' },
  concern: { boxes: 'concerns', mostPressing: 'concerns' },
  wishes: { wishes: 'text', strengths: 'text', avoid: 'text' },
  care_level: {
    level: 'careLevel',
    application: 'careApplication',
    ...period,
    physicalIndependence: 'line',
    dementiaIndependence: 'line',
  },
  disability: {
    kinds: 'lines',
    physicalGrade: 'line',
    intellectualGrade: 'line',
    mentalGrade: 'line',
    supportLevel: 'line',
    ...period,
  },
  health: { illness: 'text', pregnancyDue: 'day' },
  income_debt: { income: 'text', arrears: 'text', debts: 'text' },
  public_assistance: { receiving: 'yes', note: 'text' },
  employment: { status: 'line', note: 'text' },
  housing: { status: 'line', note: 'text' },
  education: { school: 'line', note: 'text' },
  child_rearing: { note: 'text' },
  service_use: { planKind: 'line', office: 'line', services: 'lines', note: 'text' },
  abuse: { note: 'text' },
  criminal: { note: 'text' },
  narrative: { fact: 'text', words: 'text', view: 'text', writtenOn: 'day' },
  origin: { note: 'text' },
};
