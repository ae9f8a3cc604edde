// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type * as words from '@tsunagi/contracts/words';
import type { Worded } from './texts';

/** What of the vocabulary pages say. */
type Shown =
  | 'actionNames'
  | 'approvalNames'
  | 'attendanceNames'
  | 'auditActionNames'
  | 'auditDetailNames'
  | 'auditKindNames'
  | 'authorityNames'
  | 'authorityOffNames'
  | 'authorityWayNames'
  | 'badgeNames'
  | 'besideStepsNames'
  | 'bodyKindNames'
  | 'careLevelNames'
  | 'categoryNames'
  | 'channelNames'
  | 'chosenChannelNames'
  | 'concernNames'
  | 'conferenceKindNames'
  | 'conferenceStateNames'
  | 'consentStatusNames'
  | 'coreStepNames'
  | 'domainNames'
  | 'feedbackNames'
  | 'followUpResultNames'
  | 'followUpSeriesNames'
  | 'formPartNames'
  | 'giverNames'
  | 'groundFactNames'
  | 'incidentKindNames'
  | 'interpreterNames'
  | 'itemNames'
  | 'kindNames'
  | 'lookedAtNames'
  | 'lookedIntoNames'
  | 'mannerNames'
  | 'meetingNames'
  | 'misdirectionNames'
  | 'modeNames'
  | 'outcomeNames'
  | 'overRefusalNames'
  | 'parentalNames'
  | 'purposeNames'
  | 'relativeNames'
  | 'returnReasonNames'
  | 'revealPurposeNames'
  | 'roleNames'
  | 'saidHowNames'
  | 'sexNames'
  | 'stateNames'
  | 'statuteNames'
  | 'urgencyNames';

/** The vocabulary of one language: a name that is missing does not compile. */
export type Names = { readonly [K in Shown]: Worded<(typeof words)[K]> };
