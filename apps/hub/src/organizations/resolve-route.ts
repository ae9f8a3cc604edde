// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Addressee } from '@tsunagi/contracts';
import type { ReferralKind } from '@tsunagi/domain';
import type { Route } from './organization.entities';

/** Whom a referral asks for, by whom, and of which kind. */
export interface RouteQuestion {
  readonly to: Addressee;
  readonly from: string;
  readonly kind: ReferralKind;
}

/**
 * The function a bare domain or 「つなぎ先不明」 leads to. What a route leaves open fits everything; the smallest priority
 * wins, and of two equal ones the narrower.
 */
export function resolveRoute(
  { to, from, kind }: RouteQuestion,
  routes: readonly Route[],
  inForce: (functionId: string) => boolean,
): string | undefined {
  if (to !== 'unknown' && 'function' in to) return inForce(to.function) ? to.function : undefined;
  const domain = to === 'unknown' ? to : to.domain;
  const area = to === 'unknown' ? undefined : to.area;
  const [best] = routes
    .filter(
      (r) =>
        r.domain === domain &&
        fits(r.fromFunction, from) &&
        fits(r.area, area) &&
        fits(r.kind, kind) &&
        inForce(r.function),
    )
    .sort((a, b) => a.priority - b.priority || narrowness(b) - narrowness(a));
  return best?.function;
}

const fits = (wanted: string | null, given: string | undefined) => wanted === null || wanted === given;
const narrowness = (r: Route) => [r.fromFunction, r.area, r.kind].filter((part) => part !== null).length;
