// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralSubmission } from '@tsunagi/contracts';
import { keyOf } from '../people';

/** What is known of the persons in a submission. */
interface Known {
  /** The system by whose numbers its sender knows them. */
  readonly system: string | null | undefined;
  readonly byNumber: ReadonlyMap<string, string>;
  /** Whom it speaks of, where the subject has no number. */
  readonly subject: string | undefined;
}

/**
 * Where somebody stands in it a second time. One person is one member: otherwise what one says would cover the items that
 * are written for the other.
 */
export function memberTwice(
  { subject, others }: Pick<ReferralSubmission, 'subject' | 'others'>,
  known: Known,
): string | undefined {
  const seen = new Set<string>();
  for (const [n, { identifiers }] of [subject, ...others].entries()) {
    const numbers = identifiers
      .filter((i) => i.system === known.system)
      .map((i) => known.byNumber.get(keyOf(i)) ?? keyOf(i));
    const marks = n === 0 && numbers.length === 0 && known.subject !== undefined ? [known.subject] : numbers;
    if (marks.some((mark) => seen.has(mark))) return `/others/${n - 1}`;
    for (const mark of marks) seen.add(mark);
  }
  return undefined;
}
