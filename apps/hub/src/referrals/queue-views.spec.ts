// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { QueueView } from '@tsunagi/contracts';
import { finalStates, ReferralState, type Hat } from '@tsunagi/domain';
import { queueViews, ruleOf } from './queue-views';

const hats: readonly Hat[] = ['sender', 'recipient', 'lead', 'coordinator', 'privacy_officer', 'auditor'];
const overseers: readonly Hat[] = ['coordinator', 'privacy_officer', 'auditor'];

describe('the built-in views of the queue', () => {
  it('say one thing of each state to each hat', () => {
    for (const view of QueueView.options)
      for (const state of ReferralState.options)
        for (const hat of hats) {
          const rules = queueViews[view].filter((r) => r.states.includes(state) && (r.hats?.includes(hat) ?? true));
          expect([view, state, hat, rules.length]).toEqual([view, state, hat, rules.length === 0 ? 0 : 1]);
        }
  });

  it('show an overseer all of a state that a desk sees of it, or nothing', () => {
    for (const view of QueueView.options)
      for (const state of ReferralState.options)
        for (const overseer of overseers) {
          const all = ruleOf(view, state, overseer);
          const desk = (['sender', 'recipient'] as const).flatMap((hat) => ruleOf(view, state, hat) ?? []);
          if (all?.where !== undefined) expect([view, state, desk]).toEqual([view, state, desk.map(() => all)]);
        }
  });

  it('show nothing that has ended', () => {
    for (const rules of Object.values(queueViews))
      for (const { states } of rules) expect(states.filter((state) => finalStates.has(state))).toEqual([]);
  });

  it('tell a recipient nothing of the desks that had it before, and nobody but those who find a lead that there is none', () => {
    for (const state of ReferralState.options) {
      expect(ruleOf('ping_pong', state, 'recipient')?.where).toBeUndefined();
      for (const hat of hats.filter((h) => h !== 'coordinator'))
        expect(ruleOf('without_lead', state, hat)).toBeUndefined();
    }
  });
});
