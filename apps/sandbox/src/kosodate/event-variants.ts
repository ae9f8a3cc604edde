// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ChildEvent } from './child-event';

/** Bad inputs of one event, named by the code the reader has to find. */
export const eventVariants = [
  'S-MYNUMBER-FIELD',
  'S-MYNUMBER',
  'E-HUB-ONLY',
  'E-DATE',
  'E-CD-MUNI',
  'E-CODE',
  'W-NONCALENDAR',
  'W-DV-ADDRESS',
] as const;
export type EventVariant = (typeof eventVariants)[number];

/** The same event with exactly one thing wrong with it. */
export function spoilEvent(event: ChildEvent, variant: EventVariant): ChildEvent {
  const { subject } = event;
  switch (variant) {
    case 'S-MYNUMBER-FIELD':
      // As in a body that was copied from PMH. The specification's own example: issued to nobody.
      return { ...event, subject: { ...subject, myNumber: '123456789018' } };
    case 'S-MYNUMBER':
      return { ...event, referTo: [{ domain: '2', reason: '番号は１２３４ ５６７８ ９０１８です。' }] };
    case 'E-HUB-ONLY':
      return { ...event, eventType: 'tsuukoku' };
    case 'E-DATE':
      return { ...event, subject: { ...subject, dateOfBirth: '2023-02-29' } };
    case 'E-CD-MUNI':
      // The check digit of an insurer.
      return { ...event, municipalityCode: '990010' };
    case 'E-CODE':
      return { ...event, primaryConcern: 'housing' };
    case 'W-NONCALENDAR':
      return { ...event, subject: { ...subject, dateOfBirth: null, dateOfBirthText: '令和5年2月29日' } };
    case 'W-DV-ADDRESS':
      return { ...event, isNotDisclosed: true, subject: { ...subject, address: '見本県見本市見本町一丁目１番１号' } };
  }
}
