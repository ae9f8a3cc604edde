// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { line, prose } from '../codes/text.schema';

/** Who says it. A family's wish is recorded and permits nothing. */
export const ConsentGiver = z.enum([
  'self',
  'self_with_support',
  'authorized_agent',
  'legal_guardian',
  'adult_guardian',
  'curator_or_assistant',
  'voluntary_guardian',
  'family',
]);
export type ConsentGiver = z.infer<typeof ConsentGiver>;

/** How a refusal or a withdrawal was said. */
export const SaidHow = z.enum(['written', 'in_person', 'telephone', 'electronic']);
export type SaidHow = z.infer<typeof SaidHow>;

/** 単独親権, 共同親権, or an appointed guardian of a minor (未成年後見人). */
export const ParentalAuthority = z.enum(['sole', 'joint', 'appointed']);
export type ParentalAuthority = z.infer<typeof ParentalAuthority>;

/** What shows that the giver may decide. It holds what is known of the person, so it is kept sealed. */
export const capacity = z.strictObject({
  /** 委任状, 登記事項証明書, 任意後見監督人の選任, 戸籍: where it is kept. */
  document: line(200).describe('資格を示す書類の在りか(委任状、登記事項証明書など)').optional(),
  /** Of a curator or assistant: the list of acts (代理行為目録) names this one. */
  powerForThis: z.literal(true).describe('代理権がこの同意に及ぶ(保佐人・補助人)').optional(),
  parental: ParentalAuthority.describe('sole=単独親権、joint=共同親権、appointed=未成年後見人').optional(),
  /** 共同親権. Nobody is asked who is the danger. */
  otherParent: z
    .enum(['agreed', 'is_danger'])
    .describe('もう一方の親権者。agreed=同意している、is_danger=危険なので尋ねない')
    .optional(),
  childView: prose(400).describe('子どもの意見').optional(),
  childAgrees: z.literal(true).describe('子どもも同意している').optional(),
  understood: z.literal(true).describe('内容を理解していることを確かめた').optional(),
  /** 特定妊婦 decides for herself, whatever her age. */
  expectant: z.literal(true).describe('特定妊婦本人').optional(),
});
export type Capacity = z.infer<typeof capacity>;
