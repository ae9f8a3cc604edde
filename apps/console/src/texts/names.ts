// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import * as words from '@tsunagi/contracts/words';
import { useLanguage } from '.';
import { english } from './en/names';
import type { Names } from './vocabulary';

/** The words of the vocabulary: those of the contracts; in English as far as there are any, and else those. */
export function useNames(): Names {
  const { language } = useLanguage();
  return language === 'ja' ? words : { ...words, ...english };
}
