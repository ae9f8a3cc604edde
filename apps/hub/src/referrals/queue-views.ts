// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueView } from '@tsunagi/contracts';
import { finalStates, ReferralState, type Hat } from '@tsunagi/domain';

/** Some of what a view shows. */
export interface ViewRule {
  /** As the viewer is shown it. */
  readonly states: readonly ReferralState[];
  /** To whom this is told in any other way; absent = to everybody. */
  readonly hats?: readonly Hat[];
  /** What the state does not say, in the words of the partial index that finds it. */
  readonly where?: string;
  readonly overdue?: true;
  /** Only those that were found beforehand, by what stands in no row. */
  readonly among?: true;
}

const going = ReferralState.options.filter((state) => !finalStates.has(state));
const overseers: readonly Hat[] = ['coordinator', 'privacy_officer', 'auditor'];

/** Whoever works at a desk is in the recipient's own field `worker`. */
const inSomebodysHands = ['accepted', 'in_progress', 'on_hold'] as const;
const handed = inSomebodysHands.map((state) => `'${state}'`).join(', ');

/**
 * What each built-in view of the queue shows, said here alone. For one state and hat there is one rule; what an overseer sees
 * of a state in a view is all that a desk would see of it, or nothing.
 */
export const queueViews: Readonly<Record<QueueView, readonly ViewRule[]>> = {
  overdue: [{ states: going, overdue: true }],
  awaiting_authority: [{ states: ['awaiting_authority'] }],
  returned: [{ states: ['return_proposed', 'returned'] }],
  ping_pong: [
    { states: ['coordinating'] },
    // Redirected already. Its new recipient is not told that another desk had it.
    {
      states: going.filter((state) => state !== 'coordinating'),
      hats: ['sender', ...overseers],
      where: 'hops > 0',
    },
  ],
  unassigned: [
    { states: ['draft', 'awaiting_authority'], hats: ['sender', ...overseers], where: 'to_function is null' },
    // Nobody is named before 引受. Who is named afterwards, the recipient alone sees.
    { states: ['received', 'questioned'], hats: ['recipient', ...overseers] },
    {
      states: inSomebodysHands,
      hats: ['recipient'],
      where: `worker is null and state in (${handed})`,
    },
  ],
  without_lead: [{ states: going, hats: ['coordinator'], among: true }],
};

/** What of a state this hat is shown by a view. */
export const ruleOf = (view: QueueView, state: ReferralState, hat: Hat): ViewRule | undefined =>
  queueViews[view].find((rule) => rule.states.includes(state) && (rule.hats?.includes(hat) ?? true));
