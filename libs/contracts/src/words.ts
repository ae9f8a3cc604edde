// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// The words of the vocabulary and nothing else: what a browser takes along of the contracts (`@tsunagi/contracts/words`).
// Nothing here may bring zod or a schema with it.
export * from './codes/audit-names';
export * from './codes/conference-names';
export * from './codes/interface-codes';
export * from './codes/item-names';
export * from './codes/life-names';
export * from './codes/names';

/** The codes that these words belong to. */
export type {
  AuthorityBadge,
  AuthorityCode,
  Concern,
  ConferenceKind,
  ConferenceState,
  ConsentGiver,
  ConsentManner,
  DataCategory,
  DeliveryChannel,
  Domain,
  Feedback,
  FollowUpResult,
  FollowUpSeries,
  HowTheyMeet,
  MemberItems,
  OutcomeCode,
  Purpose,
  ReferralAction,
  ReferralKind,
  ReferralState,
  ReturnReason,
  Role,
  Urgency,
} from '@tsunagi/domain';
