// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { ConsentGiver, SaidHow } from './giver.schema';
import { code, day, id, line, moment, prose } from '../codes/text.schema';
import { Domain, Feedback, Purpose } from '../codes/vocabulary';
import { dataCategories, DataCategory } from '../member/data-category';

/** To whom a consent permits: a desk function, every function of a type, or every function of a domain. */
export const consentRecipient = z.union([
  z.strictObject({ function: id.describe('窓口の id') }),
  z.strictObject({ functionType: code(40).describe('窓口の機能の種類') }),
  z.strictObject({ domain: Domain }),
]);
export type ConsentRecipient = z.infer<typeof consentRecipient>;

/** How it was given. `asserted_by_system`: a legacy system's code says so and a registered form stands behind it. */
export const ConsentManner = z.enum(['written', 'oral_recorded', 'electronic', 'asserted_by_system']);
export type ConsentManner = z.infer<typeof ConsentManner>;

/**
 * `withdrawn` and `refused` are words of the person, recorded by a person, and silence assertions. An assertion that a
 * later code of the same system ends is `expired`.
 */
export const ConsentStatus = z.enum(['active', 'withdrawn', 'expired', 'refused']);
export type ConsentStatus = z.infer<typeof ConsentStatus>;

/** Lists are bounded: every decision walks them. */
export const consentCategories = z.array(DataCategory).min(1).max(dataCategories.length);
export const consentRecipients = z.array(consentRecipient).min(1).max(50);
export const consentExclusions = z.array(id).max(200);

/** Scope = categories × recipients × purposes × period × feedback. */
export const consentScope = z.strictObject({
  categories: consentCategories,
  recipients: consentRecipients,
  purposes: z.array(Purpose).min(1).max(Purpose.options.length),
  from: day.describe('有効な最初の日'),
  until: day.describe('有効な最後の日'),
  feedback: Feedback,
});
export type ConsentScope = z.infer<typeof consentScope>;

/** 同意. Versions supersede one another; nothing is edited. */
export const consent = z.strictObject({
  id,
  person: id,
  /** The desk function that asked for it and keeps the paper. It is no authority for any other sender. */
  givenTo: id,
  giver: ConsentGiver,
  /** The hub's person who gave it, when that is somebody else whom the hub knows. */
  giverPerson: id.optional(),
  /** Judged when it was recorded: this giver could not decide for the person, so it permits nothing. */
  entitled: z.literal(false).optional(),
  /** On this day somebody else must be asked: the person comes of an age. The scope ends the day before. */
  entitledUntil: day.optional(),
  manner: ConsentManner,
  scope: consentScope,
  /** The organization that the person was told of by name; toward another one at the same desk it does not count. */
  namedOrganization: id.optional(),
  formVersion: code(40).optional(),
  evidence: z.strictObject({ reference: line(200), sha256: z.hex().length(64).optional() }).optional(),
  /** Desk functions that must not see it. */
  exclusions: consentExclusions,
  /** Members of staff who must not see it, wherever they work. */
  excludedStaff: consentExclusions.optional(),
  status: ConsentStatus,
  grantedAt: moment,
  withdrawnAt: moment.optional(),
  withdrawnBy: ConsentGiver.optional(),
  withdrawnHow: SaidHow.optional(),
  supersededBy: id.optional(),
  /** Only for `asserted_by_system`: a person has seen the paper. */
  confirmedAt: moment.optional(),
});
export type Consent = z.infer<typeof consent>;

/** 不同意: recorded by a person; names which items toward whom, absent = all. */
export const refusal = z.strictObject({
  id,
  person: id,
  recordedBy: id,
  /** Who said it; absent = the person, as before this was asked. */
  giver: ConsentGiver.optional(),
  how: SaidHow.optional(),
  /** The hub's person who said it, when that is somebody else whom the hub knows. */
  giverPerson: id.optional(),
  /** Judged when it was recorded: this person could not refuse in the other's name, so it stops nothing. */
  entitled: z.literal(false).optional(),
  categories: consentCategories.optional(),
  recipients: consentRecipients.optional(),
  at: moment,
  askAgainOn: day.optional(),
});
export type Refusal = z.infer<typeof refusal>;

/** One paper may hold both; either may be given without the other. */
export const FormPart = z.enum(['application', 'personal_data']);
export type FormPart = z.infer<typeof FormPart>;

/**
 * 同意書の様式: master data approved by the 個人情報保護担当. A version is never edited, another one follows it. A legacy code あり
 * stands for `profile`, never for more.
 */
export const consentForm = z.strictObject({
  id,
  function: id,
  version: code(40),
  title: line(100),
  profile: z.strictObject({
    categories: consentCategories,
    purposes: z.array(Purpose).min(1).max(Purpose.options.length),
    days: z.int().min(1).max(3660),
    feedback: Feedback,
  }),
  parts: z.array(FormPart).min(1).max(FormPart.options.length),
  /** What the person reads and signs. */
  wording: prose(8000).optional(),
  /** The same in plain Japanese (やさしい日本語). */
  plainWording: prose(8000).optional(),
  /** What is read out when it is asked for by telephone. Without one nobody consents to it by word of mouth. */
  script: prose(8000).optional(),
  /** By whom it may be given; absent = by anybody who may at all. */
  givers: z.array(ConsentGiver).min(1).max(ConsentGiver.options.length).optional(),
  /** The function keeps the signed paper, so that its system may assert by a code that there is one. */
  keepsPaper: z.boolean(),
  approvedOn: day.optional(),
  /** From this day on it is used no more. */
  retiredOn: day.optional(),
});
export type ConsentForm = z.infer<typeof consentForm>;
