// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ChosenChannel, DeliveryChannel, hasSheet } from './delivery-channel';

describe('a channel', () => {
  it('has a sheet with a code when it goes by paper or with the person', () => {
    expect(DeliveryChannel.options.filter(hasSheet)).toEqual(['paper', 'carried_by_person']);
  });

  it('that a sender chooses is neither a system nor the hub alone: these are the recipient’s and the kind’s to say', () => {
    expect(DeliveryChannel.options.filter((c) => !(ChosenChannel.options as string[]).includes(c))).toEqual([
      'plugin',
      'hub_only',
    ]);
  });
});
