// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { consent, consentForm, refusal } from './consent.schema';
import { aConsent, aForm, aRefusal } from '../../test/builders';

describe('a consent as it is recorded', () => {
  it('is taken with its scope', () => {
    expect(consent.parse(aConsent())).toEqual(aConsent());
    expect(refusal.parse(aRefusal())).toEqual(aRefusal());
    expect(consentForm.parse(aForm())).toEqual(aForm());
  });

  it.each(['categories', 'recipients', 'purposes'] as const)('is refused when its scope names no %s', (part) => {
    expect(consent.safeParse(aConsent({ scope: { [part]: [] } })).success).toBe(false);
  });

  it('is refused when nobody knows who gave it', () => {
    expect(consent.safeParse({ ...aConsent(), giver: 'neighbour' }).success).toBe(false);
  });

  it('is refused when a recipient is named twice over', () => {
    const recipients = [{ domain: 'konkyu', functionType: 'jiritsu_soudan' }];
    expect(consent.safeParse({ ...aConsent(), scope: { ...aConsent().scope, recipients } }).success).toBe(false);
  });

  it('is refused with a day that does not exist', () => {
    expect(consent.safeParse(aConsent({ scope: { until: '2027-02-29' } })).success).toBe(false);
  });

  it('a refusal that names an empty list is refused: absent means all, empty would mean nothing', () => {
    expect(refusal.safeParse(aRefusal({ categories: [] })).success).toBe(false);
    expect(refusal.safeParse(aRefusal({ recipients: [] })).success).toBe(false);
  });
});
