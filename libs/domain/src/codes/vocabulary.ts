// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** 分野. `takikan` = 多機関協働, `hogo` = 生活保護. */
export const Domain = z.enum(['kaigo', 'shogai', 'kosodate', 'konkyu', 'takikan', 'chiiki', 'hogo', 'other']);
export type Domain = z.infer<typeof Domain>;

/** 法的な区分 of either side; it decides which basis is possible at all. */
export const BodyKind = z.enum([
  'agency',
  'other_agency',
  'public_body',
  'contractor',
  'official_volunteer',
  'private',
]);
export type BodyKind = z.infer<typeof BodyKind>;

/** 種類 of a referral. */
export const ReferralKind = z.enum([
  'referral',
  'support_request',
  'handback',
  'inquiry',
  'prefecture',
  'notification',
  'protection',
  'advice',
]);
export type ReferralKind = z.infer<typeof ReferralKind>;

export const Urgency = z.enum(['normal', 'urgent', 'same_day']);
export type Urgency = z.infer<typeof Urgency>;

/** 利用目的. The codes are this product's own; a municipality publishes the purposes of its functions. */
export const Purpose = z.enum(['consultation', 'coordination', 'rights_protection', 'abuse_response', 'emergency']);
export type Purpose = z.infer<typeof Purpose>;

/** 会い方: how recipient and person will meet. A record that does not say stands for `through_sender`. */
export const HowTheyMeet = z.enum(['contact_permitted', 'accompanied', 'three_way', 'person_visits', 'through_sender']);
export type HowTheyMeet = z.infer<typeof HowTheyMeet>;

/** 連絡票の相談事由, in the order of the つなぐシート (岡山市 Ver.2019.11.1). */
export const Concern = z.enum([
  'illness',
  'mental_health',
  'care',
  'disability',
  'child_rearing',
  'income_work',
  'spending_debt',
  'housing',
  'violence',
  'rights',
  'health',
  'other',
]);
export type Concern = z.infer<typeof Concern>;

export const Role = z.enum([
  'caseworker',
  'supervisor',
  'approver',
  'coordinator',
  'it_admin',
  'privacy_officer',
  'auditor',
]);
export type Role = z.infer<typeof Role>;

/** Return reasons. 103 and 104 are no returns: the first waits, the second links a running case. */
export const ReturnReason = z.enum([
  '101',
  '102',
  '103',
  '104',
  '105',
  '201',
  '202',
  '203',
  '204',
  '205',
  '301',
  '901',
]);
export type ReturnReason = z.infer<typeof ReturnReason>;

/** 結果コード, obligatory at completion. */
export const OutcomeCode = z.enum(['011', '012', '013', '014', '021', '022', '023', '031', '032', '091']);
export type OutcomeCode = z.infer<typeof OutcomeCode>;

/** 後追い: when the sender looks whether it holds. */
export const FollowUpSeries = z.enum(['thirty_days', 'one_three_six_months']);
export type FollowUpSeries = z.infer<typeof FollowUpSeries>;

/** What one 後追い found. `broken` makes a new referral. */
export const FollowUpResult = z.enum(['holds', 'weak', 'broken', 'not_reached']);
export type FollowUpResult = z.infer<typeof FollowUpResult>;

/** 誤送付: what went wrong. */
export const Misdirection = z.enum(['wrong_person', 'wrong_desk', 'wrong_content']);
export type Misdirection = z.infer<typeof Misdirection>;

/** For what somebody has names shown that a list leaves out. */
export const RevealPurpose = z.enum([
  'asked_by_person',
  'assign',
  'contact',
  'consultation',
  'handover',
  'paperwork',
  'other',
]);
export type RevealPurpose = z.infer<typeof RevealPurpose>;

/** What the hub answers to one item that a plugin or client sent. */
export const ItemOutcome = z.enum([
  'accepted',
  'held',
  'denied',
  'duplicate',
  'conflict',
  'no_referral',
  'unrouted',
  'draft',
  'rejected',
]);
export type ItemOutcome = z.infer<typeof ItemOutcome>;

/** What may flow back to the sender: nothing, the state, or the state with worker, next date and text. */
export const Feedback = z.enum(['none', 'state', 'state+note']);
export type Feedback = z.infer<typeof Feedback>;
