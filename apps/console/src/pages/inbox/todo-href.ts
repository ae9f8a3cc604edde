// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Todos } from '@tsunagi/contracts';

type Todo = Todos['items'][number];

/** Where it is done. */
export function todoHref({ kind, referralId, conferenceId, plugin, incidentId, person }: Todo): string | undefined {
  if (kind === 'approve_write' && referralId) return `/proposals/${referralId}`;
  // Of a person whom they judge or answer for, the municipality sees no page of a desk.
  if (person && (kind === 'judge_merge' || kind === 'judge_split')) return `/judgements/${person}`;
  if (person && kind === 'review_disclosures') return `/ledger?person=${person}`;
  if (conferenceId) return `/conferences/${conferenceId}`;
  if (incidentId) return `/incidents/${incidentId}`;
  if (referralId) return `/referrals/${referralId}`;
  if (person) return `/persons/${person}`;
  return plugin ? `/plugins/${plugin}` : undefined;
}
