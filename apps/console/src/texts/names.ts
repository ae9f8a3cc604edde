// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import * as words from '@tsunagi/contracts/words';
import { useLanguage } from '.';
import { english } from './en/names';

type Vocabulary = Pick<
  typeof words,
  | 'actionNames'
  | 'authorityNames'
  | 'badgeNames'
  | 'categoryNames'
  | 'channelNames'
  | 'concernNames'
  | 'domainNames'
  | 'feedbackNames'
  | 'followUpResultNames'
  | 'followUpSeriesNames'
  | 'giverNames'
  | 'kindNames'
  | 'mannerNames'
  | 'meetingNames'
  | 'misdirectionNames'
  | 'outcomeNames'
  | 'purposeNames'
  | 'returnReasonNames'
  | 'roleNames'
  | 'stateNames'
  | 'urgencyNames'
>;

/** The words of the vocabulary: those of the contracts; in English as far as there are any, and else those. */
export function useNames(): Vocabulary {
  const { language } = useLanguage();
  return language === 'ja' ? words : { ...words, ...english };
}
export type Names = Vocabulary;
