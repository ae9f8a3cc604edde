// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { BodyKind, Domain, Purpose, ReferralKind } from '../codes/vocabulary';
import type { ConsentRecipient } from '../consent/consent.schema';

/** A desk function as a decision sees it: who it is in law and what its data may be used for. */
export interface Party {
  readonly function: string;
  readonly functionType: string;
  readonly domain: Domain;
  readonly bodyKind: BodyKind;
  readonly purposes: readonly Purpose[];
  /** Kinds that go only to functions which are flagged for them, and to this one. */
  readonly receives?: readonly ReferralKind[] | undefined;
  /** Who operates the function now. */
  readonly organization?: string | undefined;
  /** The contract of this function runs no more, or not yet: nothing leaves it and nothing reaches it. */
  readonly closed?: boolean | undefined;
  /** A place of 地域づくり, or a desk that takes persons no more: it hears of needs, not of persons. */
  readonly takesNobody?: boolean | undefined;
}

export function isRecipient(scope: ConsentRecipient, party: Party): boolean {
  if ('function' in scope) return scope.function === party.function;
  if ('functionType' in scope) return scope.functionType === party.functionType;
  return scope.domain === party.domain;
}
