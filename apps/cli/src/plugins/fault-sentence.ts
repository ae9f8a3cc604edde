// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { recordCodes, type CodeText } from '@tsunagi/contracts';
import { findingTexts } from '../texts';

const known: Readonly<Record<string, CodeText>> = recordCodes;
const textOf = (code: string): CodeText | undefined => (Object.hasOwn(known, code) ? known[code] : undefined);

/** What a code of a legacy interface means. */
export const faultSentence = (code: string): string => textOf(code)?.says ?? findingTexts.unknown;

/** What the sender can do about it; nothing where the sentence itself says so. */
export function faultRemedy(code: string): string | undefined {
  const text = textOf(code);
  return text ? text.remedy : findingTexts.unknownRemedy;
}
