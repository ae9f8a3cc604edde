// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralView } from '@tsunagi/contracts';

/** Beside the ref, the name that the sender has written, when there is one. */
export function nameOf({ members }: ReferralView, ref: string, names: Readonly<Record<string, string>>): string {
  const member = members?.find((m) => m.ref === ref);
  return [names[ref] ?? member?.relation ?? ref, member?.items.identity?.name].filter(Boolean).join(' ');
}
