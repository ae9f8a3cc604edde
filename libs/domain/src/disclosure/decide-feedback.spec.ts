// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { decideFeedback } from './decide-feedback';
import type { Permit } from './decision';
import {
  aConsent,
  anAssertion,
  aRefusal,
  dayIn,
  daysAgo,
  houkatsu,
  jiritsu,
  now,
  shogai,
  uuid,
} from '../../test/builders';
import type { Consent, Refusal } from '../consent/consent.schema';

const feedback = (consents: Consent[], reliedOn = [aConsent().id], refusals: Refusal[] = []) =>
  decideFeedback({
    now,
    purpose: 'consultation',
    sender: houkatsu,
    recipient: jiritsu,
    permit: {
      authority: 'consent',
      feedback: 'state+note',
      members: [{ ref: 'subject', categories: ['identity'], consents: reliedOn }],
    },
    consents,
    refusals,
  });

describe('what may flow back to the sender', () => {
  it.each(['none', 'state', 'state+note'] as const)('is %s when the scope of the consent says so', (scope) => {
    expect(feedback([aConsent({ scope: { feedback: scope } })])).toBe(scope);
  });

  it('is the most that any standing consent relied on permits', () => {
    const consents = [aConsent(), aConsent({ id: uuid(207), scope: { feedback: 'state+note' } })];
    expect(feedback(consents, [uuid(201), uuid(207)])).toBe('state+note');
  });

  it('is nothing from a consent that the referral did not go out on', () => {
    expect(feedback([aConsent({ id: uuid(207) })])).toBe('none');
  });

  it.each([
    ['was withdrawn', aConsent({ status: 'withdrawn', withdrawnAt: daysAgo(1) })],
    ['has expired', aConsent({ scope: { until: dayIn(-1) } })],
    ['was superseded', aConsent({ supersededBy: uuid(9) })],
    ['shuts the recipient out', aConsent({ exclusions: [jiritsu.function] })],
  ])('is nothing once the consent %s', (_, consent) => {
    expect(feedback([consent])).toBe('none');
  });

  it('falls back to what the remaining consent permits when the wider one is withdrawn', () => {
    const consents = [aConsent(), aConsent({ id: uuid(207), status: 'withdrawn', scope: { feedback: 'state+note' } })];
    expect(feedback(consents, [uuid(201), uuid(207)])).toBe('state');
  });

  describe('on an assertion', () => {
    const reliedOn = [anAssertion().id];

    it('is what the form says, for 30 days', () => {
      expect(feedback([anAssertion({ grantedAt: daysAgo(29) })], reliedOn)).toBe('state');
      expect(feedback([anAssertion({ grantedAt: daysAgo(30) })], reliedOn)).toBe('none');
    });

    it('goes on when a person has confirmed it', () => {
      expect(feedback([anAssertion({ grantedAt: daysAgo(60), confirmedAt: daysAgo(40) })], reliedOn)).toBe('state');
    });

    it('is nothing once a person recorded a withdrawal toward this recipient, at whichever function', () => {
      for (const givenTo of [houkatsu.function, shogai.function]) {
        const withdrawn = aConsent({ id: uuid(208), givenTo, status: 'withdrawn' });
        expect(feedback([anAssertion(), withdrawn], reliedOn)).toBe('none');
      }
    });

    it('is not touched by the withdrawal of another person', () => {
      expect(feedback([anAssertion(), aConsent({ person: uuid(199), status: 'withdrawn' })], reliedOn)).toBe('state');
    });
  });

  it('is nothing once the person has refused everything after the consent', () => {
    expect(feedback([aConsent()], [uuid(201)], [aRefusal()])).toBe('none');
    expect(feedback([aConsent()], [uuid(201)], [aRefusal({ at: daysAgo(11) })])).toBe('state');
    expect(feedback([aConsent()], [uuid(201)], [aRefusal({ categories: ['contact'] })])).toBe('state');
  });

  it('within the purpose is what the permit said, whatever becomes of consents', () => {
    const permit: Pick<Permit, 'authority' | 'feedback' | 'members'> = {
      authority: 'within_purpose',
      feedback: 'state',
      members: [{ ref: 'subject', categories: ['identity'], consents: [] }],
    };
    const question = { now, purpose: 'consultation' as const, sender: houkatsu, recipient: jiritsu, permit };
    expect(decideFeedback({ ...question, consents: [aConsent({ status: 'withdrawn' })] })).toBe('state');
  });
});
