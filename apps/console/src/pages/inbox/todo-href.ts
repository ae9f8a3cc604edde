// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Todos } from '@tsunagi/contracts';

type Todo = Todos['items'][number];

/** Where it is done. */
export function todoHref({ kind, referralId, conferenceId, plugin, incidentId, person }: Todo): string | undefined {
  if (kind === 'approve_write' && referralId) return `/proposals/${referralId}`;
  if (conferenceId) return `/conferences/${conferenceId}`;
  if (incidentId) return `/incidents/${incidentId}`;
  if (referralId) return `/referrals/${referralId}`;
  if (person) return `/persons/${person}`;
  return plugin ? `/plugins/${plugin}` : undefined;
}
