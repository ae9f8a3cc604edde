// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ReferralState } from './referral.states';
import { tellingOf } from './told-state';

describe('whether the sender learns of a step', () => {
  it.each(['received', 'accepted', 'in_progress', 'on_hold', 'completed'] as const)(
    'depends on the feedback scope when the recipient moves it to %s',
    (to) => expect(tellingOf('referral', { by: 'recipient', to })).toBe('as_permitted'),
  );

  it('depends on it also when the hub only writes down that it has arrived', () => {
    expect(tellingOf('referral', { by: 'core', to: 'received' })).toBe('as_permitted');
  });

  it.each(['questioned', 'return_proposed', 'returned', 'revoked'] as const)(
    'does not when it is %s: the sender must act on it',
    (to) => expect(tellingOf('referral', { by: 'recipient', to })).toBe('always'),
  );

  it('never does for what the sender itself has done', () => {
    for (const to of ReferralState.options) expect(tellingOf('referral', { by: 'sender', to })).toBe('always');
  });
});

describe('of a 通報・通告 the sender', () => {
  it('learns of 到着, when somebody there has confirmed it', () => {
    expect(tellingOf('notification', { by: 'recipient', to: 'received' })).toBe('always');
  });

  it('learns nothing of what becomes of it', () => {
    for (const to of ReferralState.options.filter((state) => state !== 'received'))
      for (const by of ['recipient', 'recipient_supervisor'] as const)
        expect([to, tellingOf('notification', { by, to })]).toEqual([to, 'never']);
  });

  it('knows what it does itself', () => {
    for (const to of ReferralState.options) expect(tellingOf('notification', { by: 'sender', to })).toBe('always');
    expect(tellingOf('notification', { by: 'core', to: 'sent' })).toBe('always');
  });
});
