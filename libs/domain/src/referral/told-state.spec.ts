// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ReferralState } from './referral.states';
import { needsFeedback } from './told-state';

describe('whether the sender learns of a step', () => {
  it.each(['received', 'accepted', 'in_progress', 'on_hold', 'completed'] as const)(
    'depends on the feedback scope when the recipient moves it to %s',
    (to) => expect(needsFeedback({ by: 'recipient', to })).toBe(true),
  );

  it('depends on it also when the hub only writes down that it has arrived', () => {
    expect(needsFeedback({ by: 'core', to: 'received' })).toBe(true);
  });

  it.each(['questioned', 'return_proposed', 'returned', 'revoked'] as const)(
    'does not when it is %s: the sender must act on it',
    (to) => expect(needsFeedback({ by: 'recipient', to })).toBe(false),
  );

  it('never does for what the sender itself has done', () => {
    for (const to of ReferralState.options) expect(needsFeedback({ by: 'sender', to })).toBe(false);
  });
});
