// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The words plugins speak: codes, the common schema, and the helpers for legacy bytes and Japanese text. Plugins import
 * them from here and nothing else of the hub's.
 */
export * from '@tsunagi/legacy';
export * from '@tsunagi/text';
export {
  AuthorityCode,
  code,
  Concern,
  DataCategory,
  dataCategories,
  day,
  disclosureMask,
  Domain,
  DomainError,
  HowTheyMeet,
  id,
  ItemOutcome,
  line,
  member,
  memberIdentifier,
  memberItems,
  moment,
  OutcomeCode,
  presentCategories,
  prose,
  Purpose,
  ReferralKind,
  ResponseCode,
  ReturnReason,
  StatusCode,
  Urgency,
  type ItemCategory,
  type Member,
  type MemberIdentifier,
  type MemberItems,
} from '@tsunagi/domain';
export {
  addressee,
  authorityNumbers,
  disclosedReferral,
  domainDigits,
  fieldWarning,
  isRecordCode,
  kindNumbers,
  referralRecalled,
  referralResponse,
  referralStatus,
  referralSubmission,
  resultCodes,
  type Addressee,
  type CheckFinding,
  type DisclosedReferral,
  type FieldWarning,
  type FunctionOutline,
  type ItemAnswer,
  type QuarantinedRow,
  type RecallAcknowledgement,
  type ReferralRecalled,
  type ReferralResponse,
  type ReferralStatus,
  type RecordCode,
  type ReferralSubmission,
} from '@tsunagi/contracts';
