// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Basis } from './basis';
import type { HoldReason } from './decision';
import {
  effectiveConsents,
  feedbackOf,
  mustBeConfirmedBefore,
  type EffectiveConsent,
  type SaidOfConsent,
} from './effective-consents';
import type { MemberInIt, Question } from './question';
import { leaving, permitOf } from './what-leaves';
import { lastMomentOfDay } from '../calendar/business-calendar';
import type { Consent } from '../consent/consent.schema';
import type { DataCategory } from '../member/data-category';
import { kindRules } from '../referral/kinds';

/** What the consents of these persons let out: the subject's, and with its leave each other's own. */
export function onConsent(q: Question): Basis {
  const found = saidBy(q.subject, q);
  const categories = coveredOf(found, q.subject, q);
  const reliedOn = [...found.effective];
  const others = [];
  if (found.effective.some((e) => e.categories.includes('household'))) {
    for (const other of q.others) {
      const theirs = saidBy(other, q);
      const permitted = coveredOf(theirs, other, q);
      if (!permitted.includes('identity')) continue;
      others.push(permitOf(other, permitted, { consents: idsOf(theirs.effective) }));
      reliedOn.push(...theirs.effective);
    }
  }
  return {
    authority: 'consent',
    subject: permitOf(q.subject, categories, { consents: idsOf(found.effective) }),
    others,
    feedback: feedbackOf(found.effective),
    until: Math.min(...reliedOn.map((e) => lastMomentOf(e.consent))),
    rows: [],
    lacks: whyNobody(found),
    behind: found.effective.length > 0 ? found.reasons.filter((r) => r !== 'CONSENT_MISSING') : found.reasons,
  };
}

/** A consent that covered identity and lost it to a refusal does not lack it: the refusal is the true reason. */
function whyNobody({ effective, reasons }: SaidOfConsent): readonly HoldReason[] {
  if (effective.length === 0) return reasons;
  const given = effective.some((e) => e.consent.scope.categories.includes('identity'));
  const left = effective.some((e) => e.categories.includes('identity'));
  return given && !left ? reasons : ['CONSENT_LACKS_IDENTITY'];
}

const idsOf = (effective: readonly EffectiveConsent[]) => effective.map((e) => e.consent.id);

const unasked: SaidOfConsent = { effective: [], reasons: ['CONSENT_MISSING'], refusals: [] };

function saidBy({ person }: MemberInIt, q: Question): SaidOfConsent {
  if (person === undefined) return unasked;
  return effectiveConsents(
    q.consents.filter((c) => c.person === person),
    q.refusals.filter((r) => r.person === person),
    q,
  );
}

/**
 * 連絡上の注意 leaves with the contact it protects, 本人の希望 goes along: both unless the person refused just them
 * toward this recipient, and a newer consent that names them stands. Of a protected person a safe way is told instead of
 * the contact.
 */
function coveredOf({ effective, refusals }: SaidOfConsent, member: MemberInIt, q: Question): DataCategory[] {
  if (effective.length === 0) return [];
  const covered = new Set<DataCategory>();
  for (const { categories } of effective) for (const category of categories) covered.add(category);
  if (!covered.has('contact')) {
    if (member.sealed !== true) covered.delete('contact_wishes');
  } else if (!refusals.some((r) => r.categories?.includes('contact_wishes'))) covered.add('contact_wishes');
  if (!refusals.some((r) => !r.categories || r.categories.includes('wishes'))) covered.add('wishes');
  const needed = kindRules[q.kind].categories;
  const leaves = leaving(member, covered);
  return needed ? leaves.filter((c) => needed.includes(c)) : leaves;
}

/** The last moment at which this consent permits anything as it stands today. */
function lastMomentOf(consent: Consent): number {
  return Math.min(lastMomentOfDay(consent.scope.until), (mustBeConfirmedBefore(consent) ?? Infinity) - 1);
}
