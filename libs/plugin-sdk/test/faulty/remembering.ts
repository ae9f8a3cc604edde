// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { referralLine, soundPlugin } from './sound';

const addresses = new Map<string | undefined, unknown>();

/** Fills in where somebody lives from what was told of them before. */
export const remembering = soundPlugin({
  id: 'remembering',
  toLine: (delivery) => {
    const { items } = delivery.referral.subject;
    if (items.contact) addresses.set(items.identity?.name, items.contact);
    return { ...referralLine(delivery), contact: items.contact ?? addresses.get(items.identity?.name) };
  },
});
