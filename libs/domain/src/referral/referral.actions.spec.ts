// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionFacts, type ReferralAction } from './referral.actions';
import { fullFacts } from '../../test/full-facts';

const actions = Object.keys(actionFacts) as ReferralAction[];

describe('what an action needs to be told', () => {
  it.each(actions)('%s is taken with its facts, and refused with one that it does not know', (action) => {
    expect(actionFacts[action].safeParse(fullFacts[action]).success).toBe(true);
    expect(actionFacts[action].safeParse({ ...fullFacts[action], memo: 'x' }).success).toBe(false);
  });

  it('引受 is refused while the person is not matched or no worker is named', () => {
    expect(actionFacts.accept.safeParse({ ...fullFacts.accept, personMatched: false }).success).toBe(false);
    expect(actionFacts.accept.safeParse({ personMatched: true }).success).toBe(false);
  });

  it('差戻しの申出 is refused without a reason, or with one that nobody knows', () => {
    const facts = fullFacts['propose-return'];
    expect(actionFacts['propose-return'].safeParse({ ...facts, reasons: [] }).success).toBe(false);
    expect(actionFacts['propose-return'].safeParse({ ...facts, reasons: ['999'] }).success).toBe(false);
  });

  it('差戻し is refused when only one side talked', () => {
    const facts = { ...fullFacts['agree-return'], talk: { on: '2026-11-20', names: ['見本 一郎'] } };
    expect(actionFacts['agree-return'].safeParse(facts).success).toBe(false);
  });

  it('結果報告 is refused without an outcome code of the list', () => {
    expect(actionFacts.complete.safeParse({ ...fullFacts.complete, outcome: '999' }).success).toBe(false);
    expect(actionFacts.complete.safeParse({ note: 'x' }).success).toBe(false);
  });
});
