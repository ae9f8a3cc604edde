// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import * as words from '@tsunagi/contracts/words';
import { useLanguage } from '.';
import { english } from './en/names';
import type { Names } from './vocabulary';

export type { Names };

/** The words of the vocabulary, in the language of the screen; the Japanese ones are those of the contracts. */
export function useNames(): Names {
  const { language } = useLanguage();
  return language === 'ja' ? words : english;
}
