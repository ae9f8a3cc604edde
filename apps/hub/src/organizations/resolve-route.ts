// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Addressee, RouteMiss } from '@tsunagi/contracts';
import { isInForce, personlessKinds, type ReferralKind } from '@tsunagi/domain';
import type { Route } from './organization.entities';

/** Whom a referral asks for, by whom, and of which kind. */
export interface RouteQuestion {
  readonly to: Addressee;
  readonly from: string;
  readonly kind: ReferralKind;
}

interface Asked {
  readonly domain: Route['domain'];
  readonly area?: string | undefined;
  readonly functionType?: string | undefined;
}

/** What must be known of today and of the functions routes lead to. */
export interface Routing {
  readonly day: string;
  readonly inForce: (functionId: string) => boolean;
  readonly receives: (functionId: string) => boolean;
  readonly typeOf: (functionId: string) => string | undefined;
}

export interface JudgedRoute {
  readonly route: Route;
  /** Why it does not lead there; absent = it fits. */
  readonly because?: RouteMiss;
}

/**
 * The function a bare domain or 「つなぎ先不明」 leads to. What a route leaves open fits everything; the smallest priority
 * wins, and of two equal ones the narrower.
 */
export function resolveRoute(question: RouteQuestion, routes: readonly Route[], routing: Routing): string | undefined {
  const { to, kind } = question;
  if (to !== 'unknown' && 'function' in to)
    return routing.inForce(to.function) && mayTake(kind, to.function, routing) ? to.function : undefined;
  const [best] = judgeRoutes(question, routes, routing);
  return best && best.because === undefined ? best.route.function : undefined;
}

/** The routes of the domain asked for: those that fit first, in the order in which they count. */
export function judgeRoutes(
  { to, from, kind }: Omit<RouteQuestion, 'from'> & { readonly from?: string | undefined },
  routes: readonly Route[],
  routing: Routing,
): JudgedRoute[] {
  const { day, inForce, typeOf } = routing;
  if (to !== 'unknown' && 'function' in to) return [];
  const { domain, area, functionType }: Asked = to === 'unknown' ? { domain: to } : to;
  const missOf = (r: Route): RouteMiss | undefined => {
    if (!isInForce(r, day)) return 'ROUTE_NOT_IN_FORCE';
    if (!fits(r.fromFunction, from)) return 'OTHER_SENDER';
    if (!fits(r.area, area)) return 'OTHER_AREA';
    if (!fits(r.kind, kind)) return 'OTHER_KIND';
    if (!fits(r.functionType, functionType)) return 'OTHER_FUNCTION_TYPE';
    // Who asks for a type gets that type, also by a route that says nothing of it.
    if (functionType !== undefined && typeOf(r.function) !== functionType) return 'OTHER_FUNCTION_TYPE';
    if (!inForce(r.function)) return 'FUNCTION_NOT_IN_FORCE';
    return mayTake(kind, r.function, routing) ? undefined : 'FUNCTION_WITHOUT_PERSONS';
  };
  return routes
    .filter((r) => r.domain === domain)
    .map((route) => ({ route, because: missOf(route) }))
    .sort(
      (a, b) =>
        Number(a.because !== undefined) - Number(b.because !== undefined) ||
        a.route.priority - b.route.priority ||
        narrowness(b.route) - narrowness(a.route),
    )
    .map(({ route, because }) => ({ route, ...(because && { because }) }));
}

/** A place that takes in nobody takes what nobody is in. */
const mayTake = (kind: ReferralKind, desk: string, { receives }: Routing) =>
  receives(desk) || personlessKinds.includes(kind);

const fits = (wanted: string | null, given: string | undefined) => wanted === null || wanted === given;
const narrowness = (r: Route) =>
  [r.fromFunction, r.area, r.functionType, r.kind].filter((part) => part !== null).length;
