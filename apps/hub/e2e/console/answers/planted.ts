// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Seat } from './seats';

/** Values that stand nowhere else: one for each item of the mother of S1, and for what is written about her and others. */
export const planted = {
  name: '植込　花子',
  kana: 'ウエコミ ハナコ',
  birthDate: '1931-02-03',
  address: '見本県見本市植込町九丁目',
  telephone: '0990009999',
  office: '植込ケアプランセンター',
  fact: '植え込んだ事実の文。',
  insured: '0000777001',
  inConference: '植え込んだ会議の項目。',
  ofGround: '植え込んだ緊急の事情。',
  ofReveal: '植え込んだ見る理由。',
  ofNote: '植え込んだ事故の覚え書き。',
  ofDesksNote: '植え込んだ窓口の覚え書き。',
} as const;
export type Planted = keyof typeof planted;

const hers = ['name', 'kana', 'birthDate', 'address', 'telephone', 'office', 'fact', 'insured'] as const;
/** What the form's consent covers of them: identity, contact, contact_wishes, household_outline, concern (DOMAIN §6). */
const permitted = ['name', 'kana', 'birthDate', 'address', 'telephone'] as const;

/**
 * What each may see, whatever is opened and pressed (DOMAIN §2, §6): the sender its own record; the recipient what the consent
 * permits; who was called to the conference, its items; who decides on a ground, its reason. Of an incident the two desks hear; what
 * was noted of it is read at the desk that wrote it, and by who answers for personal data.
 */
export const maySee: Readonly<Record<Seat, readonly Planted[]>> = {
  'caseworker.kaigo': [...hers, 'inConference', 'ofGround', 'ofReveal'],
  'supervisor.kaigo': [...hers, 'ofGround', 'ofReveal', 'ofDesksNote'],
  'caseworker.konkyu': [...permitted],
  'supervisor.konkyu': [...permitted],
  'caseworker.shogai': [],
  'supervisor.shogai': [],
  coordinator: [],
  approver: ['ofGround'],
  it_admin: [],
  privacy_officer: ['ofNote', 'ofDesksNote'],
  auditor: [],
};
