// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { z } from 'zod';
import { eventLayout } from '../src/intake/event-layout';
import { type Profile, profile } from '../src/profiles/profile.schema';

const nameOf = (key: string) => eventLayout.find((field) => field.key === key)?.name ?? key;
const column = (key: string) => ({ column: nameOf(key) });
const text = (key: string, attribute: 'kanji' | 'alphanumeric', maxLength: number) => ({
  columns: [nameOf(key)],
  attribute,
  maxLength,
});
const coded = ['change', 'sex', 'careLevel', 'application', 'physicalIndependence', 'dementiaIndependence', 'planKind'];
const alsoCoded = ['target', 'consent', 'meeting'];
const dates = ['changedOn', 'birthDate', 'validFrom', 'validTo'];

/** What the hub's own layout is as a profile: a 介護 envelope with another record number is a few words away. */
export const ownAsProfile: z.input<typeof profile> = {
  name: 'own',
  fileName: 'IDO{serial}.CSV',
  frame: 'envelope',
  dataKind: 'Z11',
  recordNumber: 'Z111',
  columns: eventLayout.map(({ name }) => name),
  shortest: 25,
  fields: {
    externalNumber: { columns: [nameOf('externalNumber')] },
    ...{ insurer: column('insurer'), insured: column('insured') },
    ...Object.fromEntries([...coded, ...alsoCoded, ...dates].map((key) => [key, column(key)])),
    kana: { ...text('kana', 'alphanumeric', 25), required: true },
    kanji: text('kanji', 'kanji', 40),
    address: text('address', 'kanji', 80),
    telephone: text('telephone', 'alphanumeric', 15),
    office: text('office', 'alphanumeric', 10),
    message: text('message', 'kanji', 200),
    householdSize: column('householdSize'),
    concerns: { ...column('concerns'), required: true },
  },
};

/** The same with something changed. */
export const aProfile = (over: Partial<z.input<typeof profile>> = {}): Profile =>
  profile.parse({ ...ownAsProfile, ...over });
