// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConsentForm, FormPart } from './consent.schema';
import type { ConsentGiver } from './giver.schema';

/** Approved, and not retired yet. */
export const isFormInForce = (
  { approvedOn, retiredOn }: Pick<ConsentForm, 'approvedOn' | 'retiredOn'>,
  day: string,
): boolean => approvedOn !== undefined && approvedOn <= day && (retiredOn === undefined || day < retiredOn);

/** The function's form of this version that was in force on the day on which it was signed, and has this part. */
export function formFor(
  forms: readonly ConsentForm[],
  asked: { readonly function: string; readonly version: string; readonly part: FormPart; readonly day: string },
): ConsentForm | undefined {
  return forms.find(
    (f) =>
      f.function === asked.function &&
      f.version === asked.version &&
      f.parts.includes(asked.part) &&
      isFormInForce(f, asked.day),
  );
}

/** Does the form bear the word of this giver? */
export const bearsGiver = ({ givers }: Pick<ConsentForm, 'givers'>, giver: ConsentGiver): boolean =>
  givers === undefined || givers.includes(giver);
