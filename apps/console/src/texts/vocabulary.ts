// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type * as words from '@tsunagi/contracts/words';

/** What of the vocabulary pages say. */
export type Names = Pick<
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
