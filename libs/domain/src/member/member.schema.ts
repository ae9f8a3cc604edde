// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { code, day, line, prose } from '../codes/text.schema';
import { Concern } from '../codes/vocabulary';

/** A period of whole days; either end may be open. */
const period = { validFrom: day.optional(), validTo: day.optional() };
const note = prose(2000).optional();

/**
 * One object per data category, every field in exactly one: the shape is the redaction.
 * Texts are the words of the record; codes are those of the sending interface.
 */
export const memberItems = z.strictObject({
  identity: z
    .strictObject({
      name: line(100).optional(),
      kana: line(100).optional(),
      otherNames: z
        .array(z.strictObject({ name: line(100), ...period }))
        .max(10)
        .optional(),
      birthDate: day.optional(),
      /** 不詳日 text such as 「昭和10年頃」; a date is never invented for it. */
      birthDateText: line(40).optional(),
      sex: z.enum(['male', 'female', 'other', 'unknown']).optional(),
    })
    .optional(),
  contact: z
    .strictObject({
      postalCode: line(8).optional(),
      address: line(200).optional(),
      /** 居所, where the person stays when that is not the registered address. */
      residence: line(200).optional(),
      telephone: line(20).optional(),
      mobile: line(20).optional(),
      mail: line(200).optional(),
    })
    .optional(),
  contact_wishes: z
    .strictObject({
      number: line(20).optional(),
      when: line(200).optional(),
      leaveMessage: z.boolean().optional(),
      mustNotKnow: line(200).optional(),
      letters: z.boolean().optional(),
      language: line(40).optional(),
      interpreter: z.enum(['sign_language', 'writing', 'reading_aloud', 'spoken']).optional(),
    })
    .optional(),
  household_outline: z
    .strictObject({
      size: z.int().min(1).max(99).optional(),
      relations: z.array(line(20)).max(20).optional(),
      affected: line(200).optional(),
    })
    .optional(),
  concern: z
    .strictObject({
      boxes: z.array(Concern).max(12),
      /** ◎, the most pressing of the boxes. */
      mostPressing: z.array(Concern).max(12).optional(),
    })
    .optional(),
  wishes: z.strictObject({ wishes: note, strengths: note, avoid: note }).optional(),
  care_level: z
    .strictObject({
      level: code(2).optional(),
      application: code(1).optional(),
      ...period,
      physicalIndependence: code(1).optional(),
      dementiaIndependence: code(1).optional(),
    })
    .optional(),
  disability: z
    .strictObject({
      kinds: z.array(line(20)).max(10).optional(),
      physicalGrade: code(2).optional(),
      intellectualGrade: code(4).optional(),
      mentalGrade: code(2).optional(),
      supportLevel: code(2).optional(),
      ...period,
    })
    .optional(),
  health: z.strictObject({ illness: note, pregnancyDue: day.optional() }).optional(),
  income_debt: z.strictObject({ income: note, arrears: note, debts: note }).optional(),
  public_assistance: z.strictObject({ receiving: z.boolean().optional(), note }).optional(),
  employment: z.strictObject({ status: line(40).optional(), note }).optional(),
  housing: z.strictObject({ status: line(40).optional(), note }).optional(),
  education: z.strictObject({ school: line(100).optional(), note }).optional(),
  child_rearing: z.strictObject({ note }).optional(),
  service_use: z
    .strictObject({
      planKind: code(2).optional(),
      office: line(100).optional(),
      services: z.array(line(40)).max(30).optional(),
      note,
    })
    .optional(),
  abuse: z.strictObject({ note }).optional(),
  criminal: z.strictObject({ note }).optional(),
  /** Three texts kept apart. One written more than 14 days ago is left out until the sender confirms it. */
  narrative: z.strictObject({ fact: note, words: note, view: note, writtenOn: day.optional() }).optional(),
  origin: z.strictObject({ note }).optional(),
});
export type MemberItems = z.infer<typeof memberItems>;

/** A number by which one legacy system knows the person; it goes only to a function that uses the same system. */
export const memberIdentifier = z.strictObject({ system: code(40), value: line(40) });
export type MemberIdentifier = z.infer<typeof memberIdentifier>;

/** A person in a referral: 本人 or another member of the support unit. */
export const member = z.strictObject({
  ref: code(20),
  role: z.enum([
    'subject',
    'spouse',
    'child',
    'parent',
    'sibling',
    'grandparent',
    'grandchild',
    'relative',
    'cohabitant',
    'other',
  ]),
  relation: line(20).optional(),
  identifiers: z.array(memberIdentifier).max(10),
  items: memberItems,
});
export type Member = z.infer<typeof member>;
