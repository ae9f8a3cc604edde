// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralSubmission } from '@tsunagi/contracts';
import { saidIn } from '@tsunagi/domain';
import { hasMyNumberKey } from './unfit';
import { myNumberIn } from '../platform';

export { myNumberIn };

/**
 * Where a text of a submission may hold a マイナンバー, as a JSON pointer. Consent does not lift this (番号法19条), so the
 * submission is refused whole and nothing of it is stored.
 */
export function myNumberAt(submission: ReferralSubmission): string | undefined {
  const { subject, others, personInformed, notInformed, acting } = submission;
  if (hasMyNumberKey([subject, ...others])) return '/subject/identifiers';
  const textsOf = ({ items, relation }: ReferralSubmission['subject']) => ({ items, relation });
  return myNumberIn({
    subject: textsOf(subject),
    others: others.map(textsOf),
    ...saidIn(submission),
    personInformed,
    notInformed,
    acting,
  });
}
