// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import type { AuthorityCode } from './authority-row';
import { conferenceRules } from '../conference/conference-kinds';
import type { ReferralState } from '../referral/referral.states';

/** 根拠 in one word, for a line of a list. The decision itself says why. */
export const AuthorityBadge = z.enum([
  'consent_active',
  'consent_ending',
  'consent_ended',
  'consent_withdrawn',
  'law',
  'conference',
  'waiting',
]);
export type AuthorityBadge = z.infer<typeof AuthorityBadge>;

/** The last permit that a viewer knows of. */
export interface KnownPermit {
  readonly authority: AuthorityCode;
  /** The last moment at which it counts; absent = it has no end. */
  readonly until?: Date | undefined;
  /** It was lost afterwards, whatever the reason: which of them it was, the list does not say. */
  readonly lost: boolean;
}

const ofConferences: ReadonlySet<AuthorityCode> = new Set(
  Object.values(conferenceRules).flatMap(({ authority }) => authority ?? []),
);
const dayMs = 86_400_000;

/**
 * On what it stands now, as far as this viewer knows; absent where nothing was decided, or nobody is in it.
 *
 * @param on.renewalDays so long before its end a consent is to be renewed
 */
export function badgeOf(
  permit: KnownPermit | undefined,
  on: { readonly state: ReferralState; readonly renewalDays: number; readonly now: Date },
): AuthorityBadge | undefined {
  if (on.state === 'awaiting_authority') return 'waiting';
  if (!permit || permit.authority === 'person_free') return undefined;
  const left = permit.until === undefined ? Infinity : permit.until.getTime() - on.now.getTime();
  if (permit.authority === 'consent') {
    if (permit.lost) return 'consent_withdrawn';
    if (left < 0) return 'consent_ended';
    return left <= on.renewalDays * dayMs ? 'consent_ending' : 'consent_active';
  }
  // Nothing of it leaves any more until there is another basis.
  if (permit.lost || left < 0) return 'waiting';
  return ofConferences.has(permit.authority) ? 'conference' : 'law';
}
