// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consent, ConsentForm, ConsentRecipient } from './consent.schema';
import { entitledUntil } from './giver';
import { ConsentGiver } from './giver.schema';
import { ageOn, ageRuleFor, type AgeRule } from './age-rules';
import { bearsGiver, formFor } from './consent-form';
import { addDays, japaneseDay } from '../calendar/business-calendar';

/**
 * 同意コード of a legacy record. 1 あり stands for the registered form; 2 (社会福祉法106条の6) permits nothing by
 * itself, it needs a conference of this case; 3 and 9 hold.
 */
export type AssertedCode = '1' | '2' | '3' | '9';

/** A person has this many days to confirm an asserted consent, then nothing further leaves. */
export const confirmWithinDays = 30;

/** The form in force of this version, if the function keeps its paper: without that a code stands for nothing. */
export function assertableForm(
  forms: readonly ConsentForm[],
  asked: { readonly function: string; readonly version: string | undefined; readonly at: Date },
): ConsentForm | undefined {
  const { function: desk, version, at } = asked;
  const form =
    version === undefined
      ? undefined
      : formFor(forms, { function: desk, version, part: 'personal_data', day: japaneseDay(at) });
  return form?.keepsPaper ? form : undefined;
}

/**
 * The consent that a legacy system's code 1 stands for: the registered form's profile toward the target domain, from
 * the record's first arrival. `undefined` when the code permits nothing, there is no such form, or it is not for somebody of
 * this age: for a child it must say that a guardian signs it.
 */
export function consentFromAssertion(assertion: {
  code: AssertedCode;
  form: ConsentForm | undefined;
  recipient: ConsentRecipient;
  arrivedAt: Date;
  bornOn: string | undefined;
  ageRules: readonly AgeRule[];
}): Omit<Consent, 'id' | 'person'> | undefined {
  const { form, bornOn, ageRules } = assertion;
  if (assertion.code !== '1' || !form) return undefined;
  const from = japaneseDay(assertion.arrivedAt);
  const giver = signedBy(form, bornOn === undefined ? undefined : ageRuleFor(ageRules, ageOn(from, bornOn), from));
  if (!giver) return undefined;
  const until = addDays(from, form.profile.days);
  const another = entitledUntil({ giver, bornOn, on: from }, ageRules);
  const last = another === undefined ? until : addDays(another, -1);
  return {
    givenTo: form.function,
    giver,
    manner: 'asserted_by_system',
    scope: {
      categories: form.profile.categories,
      purposes: form.profile.purposes,
      feedback: form.profile.feedback,
      recipients: [assertion.recipient],
      from,
      until: last < until ? last : until,
    },
    formVersion: form.version,
    exclusions: [],
    status: 'active',
    grantedAt: assertion.arrivedAt.toISOString(),
    ...(another !== undefined && { entitledUntil: another }),
  };
}

/** Whoever the paper is signed by: the person, unless the form or the age says another. */
function signedBy(form: ConsentForm, rule: AgeRule | undefined): ConsentGiver | undefined {
  const may = rule?.givers ?? ConsentGiver.options.filter((g) => g !== 'legal_guardian' && g !== 'family');
  if (may.includes('self') && bearsGiver(form, 'self')) return 'self';
  return form.givers?.find((giver) => may.includes(giver));
}
