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
      name: line(100).describe('氏名').optional(),
      kana: line(100).describe('氏名の読み').optional(),
      otherNames: z
        .array(z.strictObject({ name: line(100), ...period }))
        .max(10)
        .describe('通称・旧姓など')
        .optional(),
      birthDate: day.describe('生年月日').optional(),
      /** A date is never invented for it. */
      birthDateText: line(40).describe('日付にならない生年月日(例 昭和10年頃)').optional(),
      sex: z.enum(['male', 'female', 'other', 'unknown']).optional(),
    })
    .optional(),
  contact: z
    .strictObject({
      postalCode: line(8).optional(),
      address: line(200).describe('住所').optional(),
      residence: line(200).describe('居所。住所と違うところにいるとき。').optional(),
      telephone: line(20).optional(),
      mobile: line(20).optional(),
      mail: line(200).optional(),
    })
    .optional(),
  contact_wishes: z
    .strictObject({
      number: line(20).describe('連絡してよい番号').optional(),
      when: line(200).describe('連絡してよい時').optional(),
      leaveMessage: z.boolean().describe('伝言を残してよいか').optional(),
      mustNotKnow: line(200).describe('知られてはいけない人').optional(),
      letters: z.boolean().describe('手紙を送ってよいか').optional(),
      language: line(40).describe('話す言葉').optional(),
      interpreter: z
        .enum(['sign_language', 'writing', 'reading_aloud', 'spoken'])
        .describe('sign_language=手話、writing=筆談、reading_aloud=代読、spoken=通訳')
        .optional(),
      safe: z.literal(true).describe('秘匿の方でも、このとおりに連絡して安全だと確かめたこと').optional(),
    })
    .optional(),
  household_outline: z
    .strictObject({
      size: z.int().min(1).max(99).describe('世帯人数').optional(),
      relations: z.array(line(20)).max(20).describe('続柄').optional(),
      affected: line(200).describe('困りごとに関わる方').optional(),
    })
    .optional(),
  concern: z
    .strictObject({
      boxes: z.array(Concern).max(12),
      mostPressing: z.array(Concern).max(12).describe('とくに困っていること(◎)').optional(),
    })
    .optional(),
  wishes: z
    .strictObject({ wishes: note, strengths: note, avoid: note })
    .describe('wishes=希望、strengths=強み、avoid=避けてほしいこと')
    .optional(),
  care_level: z
    .strictObject({
      level: code(2).describe('要介護状態区分コード(例 22=要介護2)').optional(),
      application: code(1).describe('認定申請区分 1=新規、2=更新、3=区分変更').optional(),
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
  narrative: z
    .strictObject({
      fact: note,
      words: note,
      view: note,
      writtenOn: day
        .describe(
          '書いた日。なければ、受け付けた日です。14日を過ぎると、送り元が確かめる(narrativeConfirmed)まで渡りません。',
        )
        .optional(),
    })
    .describe(
      'fact=事実、words=本人の言葉、view=支援者の見立て。〔〕で囲んだところ(第三者のこと)は、送り元の窓口のほかには渡りません。',
    )
    .optional(),
  origin: z.strictObject({ note }).optional(),
});
export type MemberItems = z.infer<typeof memberItems>;

/** A number by which one legacy system knows the person; it goes only to a function that uses the same system. */
export const memberIdentifier = z
  .strictObject({ system: code(40).describe('業務システムの名前'), value: line(40).describe('その中での番号') })
  .describe('業務システムの中での番号。同じシステムを使う窓口にだけ渡ります。');
export type MemberIdentifier = z.infer<typeof memberIdentifier>;

/** A person in a referral: 本人 or another member of the support unit. */
export const member = z.strictObject({
  ref: code(20).describe('このつなぎの中での呼び名。ハブが付け直します(ご本人は subject)。'),
  role: z
    .enum([
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
    ])
    .describe('ご本人(subject)、またはご本人から見た続柄'),
  relation: line(20).describe('続柄の言葉').optional(),
  identifiers: z.array(memberIdentifier).max(10),
  sealed: z
    .literal(true)
    .describe('秘匿(支援措置・不開示など)の方。住所などはハブに保存されず、受け手も秘匿として扱います。')
    .optional(),
  items: memberItems,
});
export type Member = z.infer<typeof member>;
