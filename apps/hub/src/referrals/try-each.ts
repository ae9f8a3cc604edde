// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Actor } from '@tsunagi/domain';
import { ReferralUnknownError } from './referrals.errors';

/** The first of the caller's hats in which the step may be taken; when none may, the last refusal says why. */
export function tryEach<T>(actors: readonly Actor[], step: (by: Actor) => T): { by: Actor; taken: T } {
  let refused: unknown = new ReferralUnknownError();
  for (const by of actors) {
    try {
      return { by, taken: step(by) };
    } catch (error) {
      refused = error;
    }
  }
  throw refused;
}
