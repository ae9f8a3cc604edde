// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ReferralState } from './referral.states';
import {
  asWithRecipient,
  mayEnterAnswerOnPaper,
  possibleWrittenAnswers,
  writtenAnswers,
  type PaperAnswer,
} from './written-answer';
import { aReferralInLife } from '../../test/builders';

const onPaper = (over: Partial<PaperAnswer> = {}): PaperAnswer => ({
  channel: 'paper',
  sheetIsOut: true,
  answersByPlugin: false,
  worksInHub: false,
  ...over,
});
const possibleIn = (state: ReferralState, over = {}) =>
  possibleWrittenAnswers(aReferralInLife(state, over))
    .filter((a) => a.possible)
    .map((a) => a.action)
    .sort();

describe('an answer that the recipient has written on a sheet', () => {
  it.each(['paper', 'carried_by_person'] as const)(
    'is entered by the sender when the referral went by %s and nobody works at its desk in the hub',
    (channel) => expect(mayEnterAnswerOnPaper(onPaper({ channel }))).toBe(true),
  );

  it.each(['web', 'plugin', 'hub_only'] as const)('is none when the referral went by %s', (channel) =>
    expect(mayEnterAnswerOnPaper(onPaper({ channel }))).toBe(false),
  );

  it('is the recipient’s own to enter when somebody works at its desk in the hub', () => {
    expect(mayEnterAnswerOnPaper(onPaper({ worksInHub: true }))).toBe(false);
  });

  it('is its system’s to give where a plugin answers, though this one went on paper', () => {
    expect(mayEnterAnswerOnPaper(onPaper({ answersByPlugin: true }))).toBe(false);
  });

  it('is not entered once the sheet is taken back', () => {
    expect(mayEnterAnswerOnPaper(onPaper({ sheetIsOut: false }))).toBe(false);
  });

  it('proves that the sheet has come', () => {
    const there = asWithRecipient(aReferralInLife('sent', { everReceived: false }));
    expect([there.state, there.everReceived]).toEqual(['received', true]);
    expect(possibleIn('sent')).toEqual(possibleIn('received'));
  });

  it('takes, asks, or wants to talk before it takes; later it holds and reports', () => {
    expect(possibleIn('received')).toEqual(['accept', 'ask', 'hold', 'propose-return']);
    expect(possibleIn('accepted')).toEqual(['hold', 'propose-return', 'start']);
    expect(possibleIn('in_progress')).toEqual(['complete', 'hold', 'propose-return']);
    expect(possibleIn('return_proposed')).toEqual(['resume']);
  });

  it('is none before the referral has left, and none once it has ended', () => {
    for (const state of ['draft', 'awaiting_authority', 'declined', 'withdrawn', 'revoked', 'closed'] as const)
      expect(possibleIn(state)).toEqual([]);
  });

  it('never agrees to what its sender has asked for itself', () => {
    expect(possibleIn('accepted', { withdrawalAsked: true })).not.toContain('withdraw');
    expect(writtenAnswers).not.toContain('withdraw');
  });

  it('takes nothing that went astray', () => {
    expect(possibleIn('received', { misdirected: true })).toEqual(['propose-return']);
  });
});
