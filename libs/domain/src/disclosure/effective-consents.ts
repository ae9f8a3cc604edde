// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isRecipient, type Party } from './party';
import type { HoldReason } from './decision';
import { japaneseDay } from '../calendar/business-calendar';
import type { Feedback, Purpose } from '../codes/vocabulary';
import { confirmWithinDays } from '../consent/assert-consent';
import type { Consent, ConsentRecipient, Refusal } from '../consent/consent.schema';
import type { DataCategory } from '../member/data-category';
import { endangers, type Protection } from '../people/danger';

const dayMs = 86_400_000;

export interface ConsentQuestion extends Protection {
  readonly now: Date;
  readonly sender: Party;
  readonly recipient: Party;
  readonly purpose: Purpose;
}

/** A consent that counts now, with what a refusal has left of its categories. */
export interface EffectiveConsent {
  readonly consent: Consent;
  readonly categories: readonly DataCategory[];
}

/** Why this consent does not count for the question; `undefined` when it does. */
export function whyNot(consent: Consent, q: ConsentQuestion): HoldReason | undefined {
  if (consent.supersededBy || consent.givenTo !== q.sender.function) return 'CONSENT_MISSING';
  if (!isToward(consent.scope.recipients, q) || namesAnother(consent, q)) return 'CONSENT_OTHER_RECIPIENT';
  const noGiver = whyNotGiver(consent, q);
  if (noGiver) return noGiver;
  if (consent.status === 'withdrawn') return 'CONSENT_WITHDRAWN';
  if (consent.status === 'refused') return 'CONSENT_REFUSED';
  const today = japaneseDay(q.now);
  if (consent.status === 'expired' || today > consent.scope.until) return 'CONSENT_EXPIRED';
  if (today < consent.scope.from) return 'CONSENT_NOT_YET';
  if (consent.exclusions.includes(q.recipient.function)) return 'CONSENT_EXCLUDES_RECIPIENT';
  if (!consent.scope.purposes.includes(q.purpose)) return 'CONSENT_OTHER_PURPOSE';
  const confirmBy = mustBeConfirmedBefore(consent);
  return confirmBy !== undefined && q.now.getTime() >= confirmBy ? 'CONSENT_UNCONFIRMED' : undefined;
}

/**
 * Whoever cannot decide for the person, or endangers the person, neither consents nor refuses. Of a danger nobody is
 * told: who recorded it may be another function.
 */
function whyNotGiver(
  { person, giver, giverPerson, entitled }: Pick<Refusal, 'person' | 'giver' | 'giverPerson' | 'entitled'>,
  q: Protection,
): HoldReason | undefined {
  if (entitled === false) return 'GIVER_NOT_ENTITLED';
  return isByDanger({ person, giver, giverPerson }, q) ? 'ASK_ADMINISTRATOR' : undefined;
}

/**
 * Is it the word of somebody who endangers the person? A guardian whom nobody has named may be whoever does, known or of the
 * household.
 */
export function isByDanger(
  { person, giver, giverPerson }: Pick<Refusal, 'person' | 'giver' | 'giverPerson'>,
  protection: Protection,
): boolean {
  if (giverPerson !== undefined) return endangers(giverPerson, person, protection);
  return giver === 'legal_guardian' && protection.dangers?.some((d) => d.person === person) === true;
}

/** From this moment an assertion that nobody has confirmed permits nothing; `undefined` when nobody needs to. */
export function mustBeConfirmedBefore(consent: Consent): number | undefined {
  if (consent.manner !== 'asserted_by_system' || consent.confirmedAt) return undefined;
  return Date.parse(consent.grantedAt) + confirmWithinDays * dayMs;
}

/** What persons recorded against a disclosure to this recipient, at whichever function. */
export interface Objections {
  readonly refusals: readonly Pick<Refusal, 'recordedBy' | 'categories' | 'at'>[];
  /** Functions at which a consent toward this recipient was withdrawn. */
  readonly withdrawnAt: readonly string[];
}

/** A consent that was asked for and refused is a refusal of what it asked for. */
export function objectionsOf(
  consents: readonly Consent[],
  refusals: readonly Refusal[],
  q: ConsentQuestion,
): Objections {
  const refusedConsents = consents.filter(
    (c) =>
      c.status === 'refused' &&
      c.manner !== 'asserted_by_system' &&
      !c.supersededBy &&
      c.scope.purposes.includes(q.purpose) &&
      isToward(c.scope.recipients, q) &&
      !whyNotGiver(c, q),
  );
  return {
    refusals: [
      ...refusals.filter((r) => (!r.recipients || isToward(r.recipients, q)) && !whyNotGiver(r, q)),
      ...refusedConsents.map((c) => ({ recordedBy: c.givenTo, categories: c.scope.categories, at: c.grantedAt })),
    ],
    withdrawnAt: consents
      .filter((c) => c.status === 'withdrawn' && isToward(c.scope.recipients, q))
      .map((c) => c.givenTo),
  };
}

/** What objections leave of a consent, and at which functions they were recorded. */
export function whatRemains(
  consent: Consent,
  objections: Objections,
): { categories: DataCategory[]; refusedAt: ReadonlySet<string>[]; withdrawnAt: readonly string[] } {
  const asserted = consent.manner === 'asserted_by_system';
  if (asserted && objections.withdrawnAt.length > 0)
    return { categories: [], refusedAt: [], withdrawnAt: objections.withdrawnAt };
  const beating = objections.refusals.filter((r) => asserted || Date.parse(r.at) >= Date.parse(consent.grantedAt));
  const categories: DataCategory[] = [];
  const refusedAt: ReadonlySet<string>[] = [];
  for (const category of consent.scope.categories) {
    const by = beating.filter((r) => !r.categories || r.categories.includes(category)).map((r) => r.recordedBy);
    if (by.length === 0) categories.push(category);
    else refusedAt.push(new Set(by));
  }
  return { categories, refusedAt, withdrawnAt: [] };
}

/** The consents of one person that count, why others do not, and what speaks against them. */
export interface SaidOfConsent extends Pick<Objections, 'refusals'> {
  readonly effective: readonly EffectiveConsent[];
  readonly reasons: readonly HoldReason[];
}

/**
 * The consents of one person that count, strongest manner only: what a person recorded silences what a system asserts,
 * and an assertion never beats a refusal or a withdrawal recorded by a person, whatever the dates. A refusal beats
 * consents of older date. Reasons speak only of what was recorded at the sender: of others the sender learns nothing
 * but to ask.
 */
export function effectiveConsents(
  consents: readonly Consent[],
  refusals: readonly Refusal[],
  q: ConsentQuestion,
): SaidOfConsent {
  const reasons = new Set<HoldReason>();
  const standing: Consent[] = [];
  for (const consent of consents) {
    const because = whyNot(consent, q);
    if (!because) standing.push(consent);
    else if (because !== 'CONSENT_MISSING') reasons.add(because);
  }
  const objections = objectionsOf(consents, refusals, q);
  const recorded = standing.filter((c) => c.manner !== 'asserted_by_system');
  const effective: EffectiveConsent[] = [];
  for (const consent of recorded.length > 0 ? recorded : standing) {
    const { categories, refusedAt, withdrawnAt } = whatRemains(consent, objections);
    for (const by of refusedAt) reasons.add(by.has(q.sender.function) ? 'CONSENT_REFUSED' : 'ASK_ADMINISTRATOR');
    if (withdrawnAt.length > 0)
      reasons.add(withdrawnAt.includes(q.sender.function) ? 'CONSENT_WITHDRAWN' : 'ASK_ADMINISTRATOR');
    if (categories.length > 0) effective.push({ consent, categories });
  }
  return {
    effective,
    reasons: reasons.size > 0 ? [...reasons] : ['CONSENT_MISSING'],
    refusals: objections.refusals,
  };
}

/** What may flow back: the most that any consent which counts permits. A written word silences what a system asserts. */
export function feedbackOf(effective: readonly EffectiveConsent[]): Feedback {
  return (
    (['state+note', 'state'] as const).find((f) => effective.some((e) => e.consent.scope.feedback === f)) ?? 'none'
  );
}

/** Words that name the organization at a desk say nothing of the one that follows it there. */
const namesAnother = ({ namedOrganization }: Consent, { recipient }: ConsentQuestion) =>
  namedOrganization !== undefined && namedOrganization !== recipient.organization;

const isToward = (recipients: readonly ConsentRecipient[], q: ConsentQuestion) =>
  recipients.some((r) => isRecipient(r, q.recipient));
