// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  AuthorityCode,
  code,
  day,
  DataCategory,
  HowTheyMeet,
  id,
  ItemOutcome,
  line,
  member,
  moment,
  Purpose,
  ReferralAction,
  ReferralKind,
  ReferralState,
  Role,
  Urgency,
} from '@tsunagi/domain';
import { z } from 'zod';
import { functionOutline } from '../disclosed-referral';
import { addressee, referralSubmission, submissionSource } from '../submission';

/** POST /referrals: the same submission that plugins send; channel and fingerprint are the hub's to say. */
export const submitBody = referralSubmission.extend({
  source: submissionSource.pick({ system: true, key: true, change: true, occurredAt: true, echo: true }),
});
export type SubmitBody = z.infer<typeof submitBody>;

export const submitted = z.strictObject({
  id: id.optional(),
  state: ReferralState.optional(),
  outcome: ItemOutcome,
  codes: z.array(code(40)),
  /** One plain Japanese sentence. */
  sentence: z.string(),
});
export type Submitted = z.infer<typeof submitted>;

const digits = (max: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(max));

/** GET /referrals. Times of states, never names: personal data is in the detail, for those who may see it. */
export const queueQuery = z.strictObject({
  state: ReferralState.optional(),
  from: id.optional(),
  to: id.optional(),
  kind: ReferralKind.optional(),
  /** Either side. */
  function: id.optional(),
  urgency: Urgency.optional(),
  overdue: z.enum(['true']).optional(),
  /** `me`: where the next step is my functions'. */
  waiting: z.enum(['me']).optional(),
  sort: z.enum(['newest', 'oldest']).optional(),
  cursor: id.optional(),
  limit: digits(200).optional(),
});
export type QueueQuery = z.infer<typeof queueQuery>;

export const queueItem = z.strictObject({
  id,
  journeyId: id,
  kind: ReferralKind,
  state: ReferralState,
  version: z.int(),
  from: functionOutline,
  /** Absent while no route knows the addressee. */
  to: functionOutline.optional(),
  urgency: Urgency,
  createdAt: moment,
  stateAt: moment,
  dueOn: day.optional(),
  overdue: z.boolean(),
});
export type QueueItem = z.infer<typeof queueItem>;

export const queuePage = z.strictObject({
  items: z.array(queueItem),
  next: id.optional(),
  /** By state, exact up to 1,000. */
  counters: z.array(z.strictObject({ state: ReferralState, count: z.int(), more: z.boolean() })),
});
export type QueuePage = z.infer<typeof queuePage>;

/** GET /referrals/{id}: what this caller may see. `members` is absent where nothing of the content may be shown. */
export const referralView = queueItem.extend({
  purpose: Purpose,
  howTheyMeet: HowTheyMeet.optional(),
  toAddress: addressee,
  /** The subject, for the sending function: the key of /persons/{id}/… */
  person: id.optional(),
  /** Everybody in it, the subject too, by `members[].ref`; for the sending function. */
  persons: z.array(z.strictObject({ ref: code(20), person: id })).optional(),
  members: z.array(member).optional(),
  worker: line(60).optional(),
  nextContactOn: day.optional(),
});
export type ReferralView = z.infer<typeof referralView>;

export const timelineEntry = z.strictObject({
  version: z.int(),
  at: moment,
  action: code(40),
  from: ReferralState.optional(),
  to: ReferralState,
  by: z.enum(['hub', 'staff', 'client', 'plugin']),
  function: functionOutline.optional(),
  reasons: z.array(code(40)),
  /** The texts of one's own function, and what the feedback scope lets through. */
  note: z.record(z.string(), z.json()).optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;
export const timeline = z.strictObject({ items: z.array(timelineEntry) });

export const possibleAction = z.strictObject({
  action: ReferralAction,
  possible: z.boolean(),
  because: code(40).optional(),
  sentence: z.string().optional(),
});
export const actions = z.strictObject({ version: z.int(), actions: z.array(possibleAction) });
export type Actions = z.infer<typeof actions>;

export const decisionView = z.strictObject({
  outcome: z.enum(['permit', 'hold', 'deny']),
  direction: z.enum(['referral', 'feedback']),
  authority: AuthorityCode.optional(),
  members: z.array(z.strictObject({ ref: code(20), categories: z.array(DataCategory), consents: z.array(id) })),
  feedback: z.enum(['none', 'state', 'state+note']).optional(),
  reasons: z.array(z.strictObject({ code: code(40), sentence: z.string() })),
  notAfter: moment.optional(),
  /** Ids and versions of everything it was decided on. */
  inputs: z.record(z.string(), z.json()),
  decidedAt: moment,
});
export type DecisionView = z.infer<typeof decisionView>;
export const decisions = z.strictObject({ items: z.array(decisionView) });

/** What a step leads to. */
export const stepped = z.strictObject({ id, state: ReferralState, version: z.int() });
export type Stepped = z.infer<typeof stepped>;

/** POST /todos/{id}/done: something was done beside the referral. What waits for the referral to move on cannot be ticked off. */
export const todoDone = z.strictObject({});

export const todo = z.strictObject({
  id,
  kind: code(40),
  sentence: z.string(),
  role: Role,
  function: functionOutline,
  referralId: id.optional(),
  /** It may be ticked off; absent, it is done when the referral moves on. */
  tickable: z.literal(true).optional(),
  createdAt: moment,
});
export const todos = z.strictObject({ items: z.array(todo) });
export type Todos = z.infer<typeof todos>;
