// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** Who asks to be shown what was disclosed of a person. Whoever is not the person is answered by the 個人情報保護担当 alone. */
export const AskedBy = z.enum(['self', 'guardian', 'agent', 'household']);
export type AskedBy = z.infer<typeof AskedBy>;

/** How it was made sure who asks (個人情報保護法77条2項); of somebody else's papers also by what right. */
export const IdentityCheck = z.enum(['photo_document', 'two_documents', 'posted_copies', 'papers_of_agent', 'not_yet']);
export type IdentityCheck = z.infer<typeof IdentityCheck>;

export const DisclosureAnswer = z.enum(['given', 'partly', 'refused']);
export type DisclosureAnswer = z.infer<typeof DisclosureAnswer>;

/** Why not, or not all of it. */
export const DisclosureRefusal = z.enum([
  /** 78条1項1号: it would harm the person. */
  'harms_person',
  /** 78条1項2号: about somebody else. */
  'about_others',
  /** 78条1項7号: it would hinder the work. */
  'hinders_work',
  /** 81条: whether there is any is not told. */
  'not_told_whether',
  'nothing_held',
  /** 76条2項, 77条2項: no right to ask for that person, or no proof of who asks. */
  'not_entitled',
  'taken_back',
]);
export type DisclosureRefusal = z.infer<typeof DisclosureRefusal>;

/** A whole answer has no reason; everything less says why. */
export const saysWhy = ({
  outcome,
  reason,
}: {
  readonly outcome: DisclosureAnswer;
  readonly reason?: DisclosureRefusal | undefined;
}): boolean => (outcome === 'given') === (reason === undefined);
