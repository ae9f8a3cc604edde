// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { faultRemedies, faultSentences, findingTexts } from '../texts';

const of = (texts: Readonly<Record<string, string>>, code: string) =>
  Object.hasOwn(texts, code) ? texts[code] : undefined;

/** What a code of a legacy interface means. */
export const faultSentence = (code: string): string => of(faultSentences, code) ?? findingTexts.unknown;

/** What the sender can do about it; nothing where the sentence itself says so. */
export function faultRemedy(code: string): string | undefined {
  return of(faultSentences, code) === undefined ? findingTexts.unknownRemedy : of(faultRemedies, code);
}
