// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DisclosureDecision } from '../src';

/** What of this member a decision lets leave; where it is no permit, what it is. */
export const fieldsOf = (decision: DisclosureDecision, ref = 'subject') =>
  decision.outcome === 'permit' ? decision.members.find((m) => m.ref === ref)?.categories : decision.outcome;
