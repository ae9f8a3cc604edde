// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Member } from '@tsunagi/plugin-sdk';
import { arrivals, carriedItems } from '@tsunagi/plugin-sdk/testing';

const { narrative: _, ...permitted } = carriedItems;
/** What a demo consent lets through of a mother with arrears: identity, contact, household_outline, concern. */
export const permittedItems: Member['items'] = {
  ...permitted,
  contact: { address: '見本県見本市見本町一丁目１番１号', telephone: '0991234567' },
};

export const { aReferral } = arrivals(
  { domain: 'konkyu', code: 'konkyu-1', name: '見本市自立相談支援機関' },
  {
    items: permittedItems,
    from: { domain: 'kaigo', code: '9970100005', name: '見本市地域包括支援センター' },
    fromWorker: '見本　四郎',
    howTheyMeet: 'contact_permitted',
  },
);
