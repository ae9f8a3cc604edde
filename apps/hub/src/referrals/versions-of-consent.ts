// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consent } from '@tsunagi/domain';

/** The consent itself and all that it has replaced. */
export function versionsOf(id: string, consents: readonly Consent[]): string[] {
  const earlier = consents.filter((c) => c.supersededBy === id);
  return [id, ...earlier.flatMap((c) => versionsOf(c.id, consents))];
}
