// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { arrowsFor, transitions, type Actor, type Transition } from './referral.transitions';
import { finalStates, ReferralState } from './referral.states';

type Row = readonly [from: readonly ReferralState[], to: Transition['to'], by: readonly Actor[], due?: string];

const anyCoordinator = ['coordinator', 'coordinator_of_recipient'] as const;

/**
 * The life of a referral as the municipality's own table has it: from, to, who, and the days for 通常/急. 「core」 stands
 * beside 「sender」 where the hub takes the step that the sender has asked for.
 */
const table: Row[] = [
  [['draft'], 'awaiting_authority', ['core']],
  [['draft', 'awaiting_authority'], 'sent', ['sender', 'core']],
  [['awaiting_authority'], 'declined', ['sender']],
  [['sent'], 'received', ['core', 'recipient'], '2/0'],
  [['received'], 'questioned', ['recipient']],
  [['questioned'], 'received', ['sender'], '3/3'],
  [['received'], 'accepted', ['recipient'], '5/1'],
  [
    ['received', 'questioned', 'accepted', 'in_progress', 'on_hold'],
    'return_proposed',
    ['recipient_supervisor'],
    '5/1',
  ],
  [['return_proposed'], 'before', ['recipient'], '2/2'],
  [['return_proposed'], 'declined', ['sender'], '2/2'],
  [['return_proposed'], 'closed', ['sender'], '2/2'],
  [['return_proposed'], 'returned', ['sender', 'coordinator', 'municipality'], '2/2'],
  [['return_proposed'], 'redirected', ['coordinator'], '2/2'],
  [['returned'], 'redirected', ['sender'], '5/5'],
  [['returned'], 'closed', ['sender'], '5/5'],
  [
    ['sent', 'received', 'questioned', 'accepted', 'in_progress', 'on_hold', 'return_proposed', 'returned'],
    'coordinating',
    [...anyCoordinator, 'core'],
    '10/10',
  ],
  [['coordinating'], 'accepted', anyCoordinator],
  [['coordinating'], 'redirected', anyCoordinator],
  [['coordinating'], 'closed', anyCoordinator],
  [['accepted'], 'in_progress', ['recipient'], '10/2'],
  [['received', 'accepted', 'in_progress'], 'on_hold', ['recipient']],
  [['on_hold'], 'before', ['recipient', 'core']],
  [['in_progress'], 'completed', ['recipient']],
  [['completed'], 'follow_up', ['sender'], '5/5'],
  [['completed'], 'in_progress', ['sender'], '5/5'],
  // Of a kind without persons.
  [['completed'], 'closed', ['sender'], '5/5'],
  // The last contact was made; or it does not hold and begins anew.
  [['follow_up'], 'closed', ['sender', 'lead']],
  [['follow_up'], 'closed', ['sender', 'lead']],
  [['draft', 'awaiting_authority', 'sent', 'received', 'questioned'], 'withdrawn', ['sender']],
  // Later the sender asks, and the recipient agrees.
  [['accepted', 'in_progress', 'on_hold'], 'same', ['sender']],
  [['accepted', 'in_progress', 'on_hold'], 'withdrawn', ['recipient']],
  // DOMAIN §6, person facts: a death cancels the unsent.
  [['draft', 'awaiting_authority', 'sent'], 'withdrawn', ['core']],
  [['sent', 'received', 'questioned', 'return_proposed', 'on_hold', 'coordinating'], 'revoked', ['core']],
  [ReferralState.options.filter((s) => s !== 'entered_in_error'), 'entered_in_error', ['sender', 'core']],
  // Beside its life: edit, opening what came to the table before it had arrived, confirm-phone, hold once more, follow-up, reopen; supplement, inform, misdirected.
  [['draft', 'awaiting_authority'], 'same', ['sender']],
  [['coordinating', 'accepted', 'in_progress', 'on_hold'], 'same', ['recipient']],
  [['sent', 'received', 'questioned', 'return_proposed', 'on_hold', 'coordinating'], 'same', ['recipient']],
  [['on_hold'], 'same', ['recipient']],
  [['follow_up'], 'same', ['sender']],
  [['declined', 'closed', 'withdrawn'], 'same', ['sender', 'lead']],
  [ReferralState.options, 'same', ['sender', 'recipient']],
  [ReferralState.options, 'same', ['sender', 'recipient']],
  [ReferralState.options, 'same', ['sender', 'recipient', ...anyCoordinator, 'municipality', 'overseer', 'lead']],
];

/** One line per arrow: `from → to by actor, due`. */
const lines = (rows: readonly Row[]) =>
  rows
    .flatMap(([from, to, by, due]) => from.flatMap((f) => by.map((b) => `${f} → ${to} by ${b}, ${due ?? 'no date'}`)))
    .sort();

describe('the table of transitions', () => {
  it('holds every arrow of the domain with its actor and its days, and no other', () => {
    const ours = transitions.map((t): Row => [
      t.from,
      t.to,
      t.by,
      ...(t.due ? ([`${t.due.normal}/${t.due.urgent}`] as const) : ([] as const)),
    ]);
    expect(lines(ours)).toEqual(lines(table));
  });

  it('names at most one arrow per state and action, so that nobody has to choose', () => {
    for (const state of ReferralState.options)
      for (const action of new Set(transitions.map((t) => t.action)))
        for (const actor of new Set(transitions.flatMap((t) => t.by)))
          expect(arrowsFor(state, action).filter((t) => t.by.includes(actor)).length).toBeLessThanOrEqual(1);
  });

  it('reaches every state from a draft', () => {
    const reached = new Set<ReferralState>(['draft']);
    for (const state of reached)
      for (const t of transitions)
        if (t.from.includes(state) && t.to !== 'before' && t.to !== 'same') reached.add(t.to);
    expect([...reached].sort()).toEqual([...ReferralState.options].sort());
  });

  it('lets nothing leave a final state but the mark that it was entered in error', () => {
    for (const state of finalStates)
      for (const t of transitions.filter((x) => x.from.includes(state) && x.to !== 'same'))
        expect(t.action).toBe('mark-error');
  });

  it('lets every other state be left without that mark', () => {
    for (const state of ReferralState.options.filter((s) => !finalStates.has(s)))
      expect([state, transitions.some((t) => t.from.includes(state) && t.action !== 'mark-error')]).toEqual([
        state,
        true,
      ]);
  });

  it('takes a referral out of the sender’s hands only after a decision that permits it', () => {
    for (const t of transitions.filter((x) => x.to === 'sent')) expect(t.guards).toContain('permit');
  });

  it('R2: lets no coordinator whose own desk gives it back turn a proposed return', () => {
    for (const t of transitions.filter((x) => x.from.includes('return_proposed') && x.to !== 'coordinating'))
      if (t.action !== 'misdirected') expect(t.by).not.toContain('coordinator_of_recipient');
  });

  it('lets no machine say what only a person can have heard or seen', () => {
    expect(transitions.filter((t) => t.byPerson).map((t) => t.action)).toEqual(['confirm-phone', 'misdirected']);
  });

  it('lets the person be told wherever the sender or a recipient turns the matter', () => {
    const turns: Transition['action'][] = [
      'send',
      'decline',
      'agree-return',
      'redirect',
      'complete',
      'close',
      'reopen',
    ];
    for (const t of transitions.filter((x) => turns.includes(x.action))) expect(t.guards).toContain('person_informed');
  });
});
