// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isInForce, type Period } from './period';
import type { BodyKind } from '../codes/vocabulary';

/** An organization operates a desk function from one day to another. */
export interface Operator extends Period {
  readonly organization: string;
  readonly secrecyAcknowledgedAt?: Date | string | null | undefined;
}

/** The one that operates it on this day: of several the one that began last, so that a change needs no end written first. */
export function operatorOn<O extends Operator>(operators: readonly O[], day: string): O | undefined {
  return operators
    .filter((o) => isInForce(o, day))
    .reduce<O | undefined>((last, o) => (last && last.validFrom >= o.validFrom ? last : o), undefined);
}

/** Statute binds the staff of public bodies and 民生委員; whoever works by contract says so before seeing anything. */
const boundByStatute: ReadonlySet<BodyKind> = new Set(['agency', 'other_agency', 'public_body', 'official_volunteer']);

/**
 * What members and clients of an organization are to a function: they work there, they must acknowledge secrecy first,
 * or they are nobody there.
 */
export function standingOf(
  organization: string,
  operator: Operator | undefined,
  bodyKind: BodyKind,
): 'works' | 'must_acknowledge' | 'nobody' {
  if (operator?.organization !== organization) return 'nobody';
  const isBound = boundByStatute.has(bodyKind) || Boolean(operator.secrecyAcknowledgedAt);
  return isBound ? 'works' : 'must_acknowledge';
}
