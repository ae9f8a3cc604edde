// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ReferralState } from './referral.states';
import { toldState } from './told-state';

describe('the state as its sender may know it', () => {
  it.each(['received', 'accepted', 'in_progress', 'on_hold', 'completed'] as const)(
    'stays what it was when the recipient moves it to %s and nothing may flow back',
    (to) => {
      expect(toldState({ by: 'recipient', to }, 'sent', 'none')).toBe('sent');
      expect(toldState({ by: 'recipient', to }, 'sent', 'state')).toBe(to);
    },
  );

  it.each(['questioned', 'return_proposed', 'returned', 'revoked'] as const)(
    'is %s also without feedback: the sender must act on it',
    (to) => expect(toldState({ by: 'recipient', to }, 'sent', 'none')).toBe(to),
  );

  it('is whatever the sender itself has made of it', () => {
    for (const to of ReferralState.options) expect(toldState({ by: 'sender', to }, 'questioned', 'none')).toBe(to);
  });
});
