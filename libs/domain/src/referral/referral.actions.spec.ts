// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionFacts, aheadOf, type ReferralAction } from './referral.actions';
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

describe('what is said to have been lies behind us', () => {
  const now = new Date('2026-11-28T09:00:00+09:00');
  const who = (items: object) => ({ ref: 'a', role: 'child', identifiers: [], items });

  it.each([
    ['a contact', { firstContact: { on: '2026-11-29', how: '電話' } }, '/firstContact/on'],
    ['what a conference agreed on', { agreedIn: { on: '2026-11-29', conference: '会議' } }, '/agreedIn/on'],
    ['a birth', { subject: who({ identity: { birthDate: '2027-01-05' } }) }, '/subject/items/identity/birthDate'],
    [
      'what was written of somebody',
      { others: [who({}), who({ narrative: { fact: '事実', writtenOn: '2026-11-29' } })] },
      '/others/1/items/narrative/writtenOn',
    ],
  ])('%s', (_, facts, pointer) => {
    expect(aheadOf(facts, now)).toBe(pointer);
    expect(aheadOf(facts, new Date('2027-01-05T09:00:00+09:00'))).toBeUndefined();
  });
});
