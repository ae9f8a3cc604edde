// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { assertableForm, consentFromAssertion, type AssertedCode } from './assert-consent';
import { consent, type ConsentForm } from './consent.schema';
import { aForm, ageRules, aQuestion, houkatsu, mother, shogai, uuid } from '../../test/builders';
import { decide } from '../disclosure/decide';

const arrivedAt = new Date('2026-11-20T23:30:00+09:00');
const assert = (
  over: Partial<Parameters<typeof consentFromAssertion>[0]> & {
    forms?: readonly ConsentForm[];
    formVersion?: string | undefined;
  } = {},
) => {
  const { forms = [aForm()], ...rest } = over;
  const version = 'formVersion' in over ? over.formVersion : 'KAIGO-1';
  return consentFromAssertion({
    code: '1',
    form: assertableForm(forms, { function: houkatsu.function, version, at: arrivedAt }),
    recipient: { domain: 'konkyu' },
    arrivedAt,
    bornOn: undefined,
    ageRules,
    ...rest,
  });
};

describe('同意コード of a legacy record', () => {
  it('1 stands for the registered form: its profile, toward the target domain, from the first arrival', () => {
    expect(assert()).toEqual({
      givenTo: houkatsu.function,
      giver: 'self',
      manner: 'asserted_by_system',
      scope: {
        categories: ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'],
        purposes: ['consultation'],
        feedback: 'state',
        recipients: [{ domain: 'konkyu' }],
        from: '2026-11-20',
        until: '2027-02-18',
      },
      formVersion: 'KAIGO-1',
      exclusions: [],
      status: 'active',
      grantedAt: arrivedAt.toISOString(),
    });
  });

  it('makes a consent that its schema knows', () => {
    expect(consent.safeParse({ id: uuid(1), person: mother, ...assert() }).success).toBe(true);
  });

  it.each<AssertedCode>(['2', '3', '9'])('%s permits nothing by itself', (code) => {
    expect(assert({ code })).toBeUndefined();
  });

  it.each([
    ['no form is registered', { forms: [] }],
    ['the record names no version', { formVersion: undefined }],
    ['the version is another', { formVersion: 'KAIGO-2' }],
    ['nobody keeps the paper', { forms: [aForm({ keepsPaper: false })] }],
    ['the form is used no more', { forms: [aForm({ retiredOn: '2026-11-20' })] }],
    ['the form is of another function', { forms: [aForm({ function: shogai.function })] }],
  ])('1 permits nothing when %s', (_, over) => {
    expect(assert(over)).toBeUndefined();
  });

  it('1 permits nothing before the 個人情報保護担当 has approved the form', () => {
    const { approvedOn, ...draft } = aForm();
    expect(approvedOn).toBeDefined();
    expect(assert({ forms: [draft] })).toBeUndefined();
  });

  it('1 of a child stands for a form that a guardian signs, until the child comes of an age', () => {
    const child = { bornOn: '2015-01-10' };
    expect(assert(child)).toBeUndefined();
    expect(assert({ ...child, forms: [aForm({ givers: ['self'] })] })).toBeUndefined();
    expect(assert({ ...child, forms: [aForm({ givers: ['self', 'legal_guardian'] })] })).toMatchObject({
      giver: 'legal_guardian',
      entitledUntil: '2027-01-10',
      scope: { until: '2027-01-09' },
    });
  });

  it('1 of a youth of 16 stands for the own word, and of an adult for no parent’s', () => {
    expect(assert({ bornOn: '2010-01-10' })).toMatchObject({ giver: 'self', scope: { until: '2027-02-18' } });
    expect(assert({ bornOn: '1940-01-05', forms: [aForm({ givers: ['legal_guardian'] })] })).toBeUndefined();
    expect(assert({ forms: [aForm({ givers: ['adult_guardian'] })] })).toMatchObject({ giver: 'adult_guardian' });
  });

  it('re-sending renews nothing: the period runs from the first arrival, and 30 days later nothing further leaves', () => {
    const first = { id: uuid(1), person: mother, ...assert()! };
    const again = { id: uuid(2), person: mother, ...assert({ arrivedAt })! };
    expect(again.scope).toEqual(first.scope);
    const later = new Date(arrivedAt.getTime() + 30 * 86_400_000);
    expect(decide(aQuestion({ now: later, consents: [first, again] }))).toMatchObject({
      outcome: 'hold',
      reasons: ['CONSENT_UNCONFIRMED'],
    });
  });
});
