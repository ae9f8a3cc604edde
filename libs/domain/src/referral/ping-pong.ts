// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralInLife } from './in-life';

/** A matter is redirected twice at the most; then the desks talk. */
export const maxHops = 2;

/** Every referral of one matter, as far as たらい回し is concerned. */
export interface Journey {
  /** Desk functions that have had the matter in their hands, its first sender included. */
  readonly visited: ReadonlySet<string>;
  /** Somebody has taken it, at some time. */
  readonly accepted: boolean;
}

/** A return for one of these ends the matter itself: nobody is passed on. */
const endsTheMatter: ReadonlySet<string> = new Set(['105', '201']);

/** たらい回し by returning: a second return, or the third desk in a row that does not take it. The desks talk instead. */
export function isReturnedTooOften(referral: ReferralInLife, { accepted }: Pick<Journey, 'accepted'>): boolean {
  if (referral.proposedReasons?.some((reason) => endsTheMatter.has(reason)) === true) return false;
  return referral.returnsInJourney > 0 || (referral.hops >= maxHops && !accepted);
}

/** たらい回し by passing on: the matter would come to a desk that has had it already. */
export const isVisitedTwice = ({ visited }: Pick<Journey, 'visited'>, target: string | undefined): boolean =>
  target !== undefined && visited.has(target);
