// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralView } from '@tsunagi/contracts';
import type { Names } from '../texts/names';

/** Beside what somebody is to the person, the name that the sender has written, when there is one. */
export function nameOf(
  { members }: ReferralView,
  ref: string,
  names: Readonly<Record<string, string>>,
  { relativeNames }: Names,
): string {
  const member = members?.find((m) => m.ref === ref);
  return [names[ref] ?? member?.relation ?? (member ? relativeNames[member.role] : ref), member?.items.identity?.name]
    .filter(Boolean)
    .join(' ');
}
