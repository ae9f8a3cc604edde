// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consent, Refusal } from './consent.schema';
import { addDays, japaneseDay, startOf } from '../calendar/business-calendar';
import { mustBeConfirmedBefore } from '../disclosure/effective-consents';
import type { DataCategory } from '../member/data-category';

/** Days after an assertion on which its desk is asked for the paper, and on which that is urgent (ours). */
const confirming = { quiet: 1, escalated: 20 } as const;

/** The paper of this consent is waited for: `undefined` = not yet, or not any more. */
export function awaitsPaper(consent: Consent, now: Date): keyof typeof confirming | undefined {
  const before = isInForce(consent) ? mustBeConfirmedBefore(consent) : undefined;
  if (before === undefined || now.getTime() >= before || now < daysAfter(consent, confirming.quiet)) return undefined;
  return now < daysAfter(consent, confirming.escalated) ? 'quiet' : 'escalated';
}

/** The next moment at which time alone asks something of the desk that keeps this consent, or asks no more. */
export function consentAlarm(consent: Consent, now: Date): Date | undefined {
  if (!isInForce(consent)) return undefined;
  const before = mustBeConfirmedBefore(consent);
  const paper =
    before === undefined
      ? []
      : [daysAfter(consent, confirming.quiet), daysAfter(consent, confirming.escalated), new Date(before)];
  const ofAge = endsOfAge(consent) ? [startOf(consent.entitledUntil)] : [];
  return [...paper, ...ofAge].filter((at) => at > now).sort((a, b) => a.getTime() - b.getTime())[0];
}

/** The day on which the person may be asked again, while it is ahead. */
export function refusalAlarm({ askAgainOn }: Refusal, now: Date): Date | undefined {
  const at = askAgainOn === undefined ? undefined : startOf(askAgainOn);
  return at && at > now ? at : undefined;
}

/** What a person has said, as far as somebody is to ask again because of it. */
type Word = { readonly id: string; readonly at: string; readonly categories: readonly DataCategory[] | undefined };

/**
 * Is the person to be asked again? Because the day of a refusal has come, or because another must be asked from now on,
 * as the person has come of an age; unless the desk has asked about any of it since.
 *
 * @param said what was said of this person at this desk
 */
export function isToBeAskedAgain(
  about: Consent | Refusal,
  said: { readonly consents: readonly Consent[]; readonly refusals: readonly Refusal[] },
  now: Date,
): boolean {
  const today = japaneseDay(now);
  const hasCome =
    'scope' in about
      ? isInForce(about) && endsOfAge(about) && about.entitledUntil <= today
      : about.askAgainOn !== undefined && about.askAgainOn <= today;
  const word = wordOf(about);
  // What a system asserts, or a family wishes, is no answer of the person.
  const answered = [...said.consents.filter((c) => c.manner !== 'asserted_by_system'), ...said.refusals]
    .filter(({ entitled }) => entitled !== false)
    .some((later) => answers(wordOf(later), word));
  return hasCome && !answered;
}

const answers = (later: Word, { id, at, categories }: Word): boolean =>
  later.id !== id &&
  Date.parse(later.at) > Date.parse(at) &&
  (categories === undefined || later.categories?.some((c) => categories.includes(c)) !== false);

const wordOf = (said: Consent | Refusal): Word =>
  'scope' in said
    ? { id: said.id, at: said.grantedAt, categories: said.scope.categories }
    : { id: said.id, at: said.at, categories: said.categories };

const isInForce = ({ status, supersededBy, entitled }: Consent): boolean =>
  status === 'active' && supersededBy === undefined && entitled !== false;

/** It goes on until the birthday, and would have gone on after it. */
const endsOfAge = (consent: Consent): consent is Consent & { entitledUntil: string } =>
  consent.entitledUntil !== undefined && consent.scope.until === addDays(consent.entitledUntil, -1);

const daysAfter = ({ grantedAt }: Consent, days: number): Date =>
  startOf(addDays(japaneseDay(new Date(grantedAt)), days));
