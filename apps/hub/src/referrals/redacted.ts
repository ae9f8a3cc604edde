// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { redactMember, type Member, type MemberPermit } from '@tsunagi/domain';
import type { ReferralContent } from './referral.record';

/** The content with everything left out that is not permitted: the one redaction of message, screen and preview. */
export function redacted(
  content: ReferralContent,
  permitted: readonly Pick<MemberPermit, 'ref' | 'categories'>[],
  system: string | null,
): { subject: Member; others: Member[] } {
  const categories = new Map(permitted.map((m) => [m.ref, m.categories]));
  return {
    subject: redactMember(content.subject, categories.get(content.subject.ref) ?? [], system ?? undefined),
    others: content.others.flatMap((o) => {
      const theirs = categories.get(o.ref);
      return theirs ? [redactMember(o, theirs, system ?? undefined)] : [];
    }),
  };
}
