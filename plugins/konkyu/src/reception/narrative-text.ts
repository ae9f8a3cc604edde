// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberItems } from '@tsunagi/plugin-sdk';

type Narrative = NonNullable<MemberItems['narrative']>;

/** The three texts in one column, still told apart. */
export function narrativeText({ fact, words, view }: Narrative): string | null {
  const parts = [fact && `【事実】${fact}`, words && `【本人の言葉】${words}`, view && `【支援者の見立て】${view}`];
  const text = parts.filter((part) => part !== undefined).join('\n');
  return text === '' ? null : text;
}
