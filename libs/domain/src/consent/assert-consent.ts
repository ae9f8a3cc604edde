// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consent, ConsentForm, ConsentRecipient } from './consent.schema';
import { addDays, japaneseDay } from '../calendar/business-calendar';

/**
 * 同意コード of a legacy record. 1 あり stands for the registered form; 2 (社会福祉法106条の6) permits nothing by
 * itself, it needs a conference of this case; 3 and 9 hold.
 */
export type AssertedCode = '1' | '2' | '3' | '9';

/** A person has this many days to confirm an asserted consent, then nothing further leaves. */
export const confirmWithinDays = 30;

/**
 * The consent that a legacy system's code 1 stands for: the registered form's profile toward the target domain, from
 * the record's first arrival. `undefined` when the code permits nothing or no approved form of that function has this
 * version.
 */
export function consentFromAssertion(assertion: {
  code: AssertedCode;
  formVersion: string | undefined;
  function: string;
  forms: readonly ConsentForm[];
  recipient: ConsentRecipient;
  arrivedAt: Date;
}): Omit<Consent, 'id' | 'person'> | undefined {
  if (assertion.code !== '1') return undefined;
  const form = assertion.forms.find(
    (f) => f.function === assertion.function && f.version === assertion.formVersion && f.approvedOn,
  );
  if (!form) return undefined;
  const from = japaneseDay(assertion.arrivedAt);
  return {
    givenTo: assertion.function,
    giver: 'self',
    manner: 'asserted_by_system',
    scope: {
      categories: form.profile.categories,
      purposes: form.profile.purposes,
      feedback: form.profile.feedback,
      recipients: [assertion.recipient],
      from,
      until: addDays(from, form.profile.days),
    },
    formVersion: form.version,
    exclusions: [],
    status: 'active',
    grantedAt: assertion.arrivedAt.toISOString(),
  };
}
