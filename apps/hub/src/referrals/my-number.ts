// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralSubmission } from '@tsunagi/contracts';
import { id, saidIn } from '@tsunagi/domain';
import { findMyNumber, isMyNumberKey } from '@tsunagi/text';

/**
 * Where a text of a submission may hold a マイナンバー, as a JSON pointer. Consent does not lift this (番号法19条), so the
 * submission is refused whole and nothing of it is stored.
 */
export function myNumberAt(submission: ReferralSubmission): string | undefined {
  const { subject, others, personInformed, notInformed, acting } = submission;
  const named = [subject, ...others].flatMap((m) => m.identifiers).find((i) => isMyNumberKey(i.system));
  if (named) return '/subject/identifiers';
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

/** The same for what people write at a step, in an answer or beside a consent. */
export const myNumberIn = (texts: unknown): string | undefined => search(texts, '');

/** Digits of any script and width; texts without are not looked at more closely. */
const hasDigit = /\p{Nd}/u;

/** One in some hundred of the hub's own ids has such digits; nobody writes a 個人番号 into one. */
const isId = (text: string) => id.safeParse(text).success;

function search(value: unknown, at: string): string | undefined {
  if (typeof value === 'string')
    return hasDigit.test(value) && !isId(value) && findMyNumber(value).length > 0 ? at : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = search(inner, `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
