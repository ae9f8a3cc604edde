// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError, nearer, type Actor } from '@tsunagi/domain';
import { ReferralUnknownError } from './referrals.errors';

/** The first of the caller's hats in which the step may be taken; when none may, the refusal that comes nearest says why. */
export function tryEach<T>(actors: readonly Actor[], step: (by: Actor) => T): { by: Actor; taken: T } {
  let refused: DomainError | undefined;
  for (const by of actors) {
    try {
      return { by, taken: step(by) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (refused === undefined || nearer(refused.code, error.code) !== refused.code) refused = error;
    }
  }
  throw refused ?? new ReferralUnknownError();
}
