// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ReferralState } from './referral.states';
import { asTold, tellingOf, tellsReasons, toldStateOf, type Happened } from './told-state';

/** Somebody moved it there; beside its life, it was there already. */
const moved = (by: Happened['by'], action: string, to: ReferralState): Happened => ({ by, action, from: 'sent', to });
const beside = (by: Happened['by'], action: string, at: ReferralState): Happened => ({ by, action, from: at, to: at });

describe('the reasons of a step', () => {
  it('are told of a return, and of nothing that came of it or why it waits', () => {
    expect(['propose-return', 'agree-return'].map(tellsReasons)).toEqual([true, true]);
    expect(['hold', 'accept', 'complete', 'ask'].map(tellsReasons)).toEqual([false, false, false, false]);
  });
});

describe('whether the sender learns of a step', () => {
  it.each([
    ['receive', 'received'],
    ['accept', 'accepted'],
    ['start', 'in_progress'],
    ['hold', 'on_hold'],
    ['complete', 'completed'],
  ] as const)('depends on the feedback scope when the recipient takes “%s”', (action, to) =>
    expect(tellingOf('referral', moved('recipient', action, to))).toBe('as_permitted'),
  );

  it('depends on it also when the hub only writes down that it has arrived, or wakes it', () => {
    expect(tellingOf('referral', moved('core', 'deliver', 'received'))).toBe('as_permitted');
    expect(tellingOf('referral', moved('core', 'wake', 'accepted'))).toBe('as_permitted');
  });

  it.each([
    ['ask', 'questioned'],
    ['propose-return', 'return_proposed'],
    ['agree-return', 'returned'],
    ['revoke', 'revoked'],
  ] as const)('does not of “%s”: the sender must act on it', (action, to) =>
    expect(tellingOf('referral', moved('recipient', action, to))).toBe('always'),
  );

  it('does not of what was agreed at a table at which it sat', () => {
    expect(tellingOf('referral', moved('coordinator', 'accept', 'accepted'))).toBe('always');
  });

  it('never does for what the sender itself has done', () => {
    for (const to of ReferralState.options) {
      expect(tellingOf('referral', moved('sender', 'withdraw', to))).toBe('always');
      expect(tellingOf('referral', beside('sender', 'supplement', to))).toBe('always');
    }
  });

  it('depends on it wherever the recipient writes something down, but for what must be known at once', () => {
    for (const at of ReferralState.options) {
      expect([at, tellingOf('referral', beside('recipient', 'supplement', at))]).toEqual([at, 'as_permitted']);
      expect([at, tellingOf('referral', beside('recipient', 'misdirected', at))]).toEqual([at, 'always']);
    }
  });

  it('is no when it happened to another one of the same desk', () => {
    for (const kind of ['referral', 'notification'] as const)
      expect(tellingOf(kind, beside('core', 'duplicate_closed', 'accepted'))).toBe('never');
  });
});

describe('of a 通報・通告 the sender', () => {
  it('learns of 到着, when somebody there has confirmed it', () => {
    expect(tellingOf('notification', moved('recipient', 'receive', 'received'))).toBe('always');
    expect(tellingOf('notification', beside('recipient', 'confirm-phone', 'received'))).toBe('always');
  });

  it('learns nothing of what becomes of it, also when it comes back to where it was', () => {
    for (const to of ReferralState.options) {
      expect([to, tellingOf('notification', moved('recipient', 'resume', to))]).toEqual([to, 'never']);
      expect([to, tellingOf('notification', moved('core', 'wake', to))]).toEqual([to, 'never']);
      expect([to, tellingOf('notification', beside('recipient', 'supplement', to))]).toEqual([to, 'never']);
    }
  });

  it('learns in every state alike that it went astray', () => {
    for (const at of ReferralState.options)
      expect(tellingOf('notification', beside('recipient', 'misdirected', at))).toBe('always');
  });

  it('knows what it does itself', () => {
    for (const to of ReferralState.options)
      expect(tellingOf('notification', moved('sender', 'withdraw', to))).toBe('always');
    expect(tellingOf('notification', moved('core', 'send', 'sent'))).toBe('always');
  });
});

describe('the state that a sender is answered from', () => {
  it('is the one that it was told', () => {
    expect(toldStateOf({ kind: 'referral', state: 'accepted', toldState: 'sent' })).toBe('sent');
    expect(asTold({ ...told, kind: 'referral', state: 'accepted', toldState: 'sent' }).state).toBe('sent');
  });

  it('is the real one where nothing was kept from it', () => {
    for (const state of ReferralState.options) expect(toldStateOf({ kind: 'referral', state })).toBe(state);
  });

  it('is of a 通報・通告 never more than 到着', () => {
    for (const state of ['received', 'accepted', 'in_progress', 'on_hold', 'completed'] as const)
      expect(toldStateOf({ kind: 'notification', state })).toBe('received');
    expect(toldStateOf({ kind: 'notification', state: 'sent' })).toBe('sent');
    expect(toldStateOf({ kind: 'notification', state: 'withdrawn' })).toBe('withdrawn');
  });
});

const told = { hasQuestioned: false, returnsInJourney: 0, hops: 0 };
