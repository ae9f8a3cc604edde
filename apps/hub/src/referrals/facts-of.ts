// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionFacts, type ActionFacts, type ReferralAction } from '@tsunagi/domain';
import { InvalidInputError } from '../platform';

/** What is said with a step, as it came over HTTP. @throws {InvalidInputError} */
export function factsOf<A extends ReferralAction>(action: A, body: unknown): ActionFacts<A> {
  const parsed = actionFacts[action].safeParse(body);
  if (!parsed.success) throw new InvalidInputError(parsed.error.issues, body);
  return parsed.data as ActionFacts<A>;
}
