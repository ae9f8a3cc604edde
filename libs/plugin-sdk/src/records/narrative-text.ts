// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberItems } from '@tsunagi/domain';

/** The three texts in one field, still told apart; 事実 alone stands as it is, as it does in a change record. */
export function narrativeText({ fact, words, view }: NonNullable<MemberItems['narrative']>): string | undefined {
  if (words === undefined && view === undefined) return fact;
  const parts = [fact && `【事実】${fact}`, words && `【本人の言葉】${words}`, view && `【支援者の見立て】${view}`];
  return parts.filter((part) => part !== undefined).join('');
}
